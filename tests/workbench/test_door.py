"""The way in: a token that works once."""

from __future__ import annotations

from testimonia.workbench.door import Door


def test_the_token_lets_one_in_once() -> None:
    """The second who shows it is turned away, and the first keeps the cookie."""
    door = Door(8000)
    cookie = door.enter(door.token)
    assert cookie is not None and door.knows(cookie)
    assert door.enter(door.token) is None
    assert door.knows(cookie)


def test_nobody_is_known_before_the_token_was_used() -> None:
    """Neither an empty cookie nor the token itself is the cookie."""
    door = Door(8000)
    assert not any(map(door.knows, (None, "", door.token, "é")))
    assert door.enter("") is None and door.enter("é") is None
    assert door.enter(door.token) is not None
    assert not any(map(door.knows, (None, "", door.token, "é")))


def test_two_workbenches_share_nothing() -> None:
    """Cookies are not kept apart by port, so their names are."""
    one, other = Door(8000), Door(8001)
    assert one.cookie != other.cookie and one.token != other.token
    assert one.address.startswith("http://127.0.0.1:8000/?token=")
