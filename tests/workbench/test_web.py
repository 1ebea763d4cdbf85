"""What a page is told of a request."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from testimonia.workbench.pages.home import _inside
from testimonia.workbench.web import Asked, Refused


def asked(query: str = "", body: bytes = b"") -> Asked:
    """A request with a query and a body."""
    scope = {"type": "http", "method": "GET", "path": "/x", "query_string": query.encode(), "headers": []}
    return Asked(path={}, request=Request(scope), locale="en", body=body)


def test_a_number_of_the_address_is_a_whole_one_or_refused() -> None:
    """Nothing else becomes an offset."""
    assert asked("page=12").number("page", 1) == 12
    assert asked("").number("page", 1) == 1
    for wrong in ("-1", "1.5", "x", "９", "1" * 30):
        with pytest.raises(Refused):
            asked(f"page={wrong}").number("page", 1)


def test_values_of_a_key_come_in_their_order_without_empty_ones() -> None:
    """A form sends empty fields too."""
    assert asked("kind=act&kind=&kind=figure").words("kind") == ["act", "figure"]


@pytest.mark.parametrize("body", [b"", b"[]", b"nope", b"\xff", b"1"])
def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    """With a sentence, not with a traceback."""
    with pytest.raises(Refused):
        asked(body=body).json()


@pytest.mark.parametrize("address", ["//elsewhere.invalid", "https://elsewhere.invalid", "/\\elsewhere", "", "/a\nb"])
def test_the_way_back_leads_nowhere_else(address: str) -> None:
    """An address given by the query is followed inside the workbench only."""
    assert _inside(address) == "/"
    assert _inside("/search?q=a") == "/search?q=a"
