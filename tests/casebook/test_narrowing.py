"""Conditions on passages: each lets through what it says, inverted all the rest, and people's judgements count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testimonia.casebook import Arrival, Casebook, ListFile, narrowing
from testimonia.casebook.narrowing import Condition
from testimonia.casebook.values import BLIND
from testimonia.model import Coding, Page, Passage, Reading

if TYPE_CHECKING:
    from tests.casebook.conftest import Invented

LINES = (
    ("다리는 삼월에 닫혔다.\n", "ko", "body", False),
    ("The bridge was closed in March.\n", "en", "body", False),
    ("桥在三月关闭。\n", "zh-Hans", "quote", False),
    ("The bridge: home, contact, search.\n", "en", "boilerplate", False),
    ("The br  ge was clo ed.\n", "en", "body", True),
)
TEXT = "".join(line for line, *_ in LINES)
STARTS = [TEXT.index(line) for line, *_ in LINES]
FIELDS = ("language", "role", "damage", "kind", "code", "year")


def reading(pages: Sequence[Page] = ()) -> Reading:
    passages = tuple(
        Passage(at, at + len(line), line, role, language, frozenset({"damaged_text"} if damaged else ()))  # type: ignore[arg-type]
        for at, (line, language, role, damaged) in zip(STARTS, LINES, strict=True)
    )
    return Reading(media_type="text/plain", outcome="read", text=TEXT, pages=tuple(pages), passages=passages)


def few_are(patch: pytest.MonkeyPatch, share: int) -> None:
    """Hold passages against their codings (0), or look up those of the codings first."""
    patch.setattr(narrowing, "FEW", dict.fromkeys(narrowing.FEW, share))
    patch.setattr(narrowing, "FEWER", 1)


def coding(line: int, kind: str = "figure", **more: Any) -> Coding:
    start = STARTS[line]
    return Coding(kind=kind, start=start, end=start + 3, quote=TEXT[start : start + 3], coder="rules", **more)  # type: ignore[arg-type]


@pytest.fixture
def filled(book: Casebook) -> Iterator[tuple[Casebook, str]]:
    """A casebook with one file of five lines; gives also the SHA-256 of its rendering."""
    with book.act("intake") as write:
        file = write.preserve(TEXT.encode(), media_type="text/plain")
        rendering = write.reading(file, reading([Page(STARTS[4], len(TEXT), "2", "page", "partial", "torn")]))
        write.arrive(Arrival(path="folder/a.txt", file_sha256=file, outcome="read", languages=("ko", "en")))
    yield book, rendering


def lines(book: Casebook, *conditions: Condition, query: str = "") -> list[int]:
    """The numbers of the lines that answer."""
    found = book.find(query, conditions, limit=100)
    return [STARTS.index(one.start) for one in found.passages]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Condition("language", ("en",)), [1, 3, 4]),
        (Condition("language", ("en", "ko")), [0, 1, 3, 4]),
        (Condition("language", ("en",), inverted=True), [0, 2]),
        (Condition("role", ("boilerplate",), inverted=True), [0, 1, 2, 4]),
        (Condition("damage", ("text",)), [4]),
        (Condition("damage", ("page",)), [4]),
        (Condition("damage", ("text", "page"), inverted=True), [0, 1, 2, 3]),
        (Condition("kind", ("figure",)), [0, 3]),
        (Condition("kind", ("figure",), inverted=True), [1, 2, 4]),
        (Condition("code", ("act.state.arrest",)), [2]),
        (Condition("code", ("measure.state.arrest",)), []),
        (Condition("year", ("2003-2003",)), [1]),
        (Condition("year", ("1992-2002",)), []),
        (Condition("year", ("1985-1991",)), [4]),
        (Condition("year", ("2003-2003",), inverted=True), [0, 2, 3, 4]),
        (Condition("file", ()), []),
        (Condition("file", (), inverted=True), [0, 1, 2, 3, 4]),
    ],
)
@pytest.mark.parametrize("few", [0, 10_000])
def test_a_condition_lets_through_what_it_says(
    filled: tuple[Casebook, str], monkeypatch: pytest.MonkeyPatch, condition: Condition, expected: list[int], few: int
) -> None:
    """Whether passages are held against their codings, or those of few codings are looked up first."""
    few_are(monkeypatch, few)
    book, rendering = filled
    with book.act("code") as write:
        dates = [coding(1, "date", value="2003-05"), coding(4, "date", value="198X/1991")]
        arrest = coding(2, "act", code="state.arrest")
        write.codings(rendering, "rules", [coding(0), coding(3), arrest, *dates])
    assert lines(book, condition) == expected


def test_conditions_add_up_and_hold_beside_words(filled: tuple[Casebook, str]) -> None:
    book, _ = filled
    english, no_furniture = Condition("language", ("en",)), Condition("role", ("boilerplate",), inverted=True)
    assert lines(book, english, no_furniture, query="bridge") == [1]
    assert lines(book, english, query="bridge -march") == [3]
    assert lines(book, english, query="-march") == [3, 4]


@pytest.mark.parametrize("few", [0, 10_000])
def test_what_people_judged_counts(filled: tuple[Casebook, str], monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    """A rejected coding is none; a corrected one has the code it was corrected to; the last judgement counts."""
    few_are(monkeypatch, few)
    book, rendering = filled
    wrong, right = coding(0, "act", code="state.arrest"), coding(1, "act", code="state.arrest")
    with book.act("code") as write:
        write.codings(rendering, "rules", [wrong, right])
    first, second = (one for _, one in book.codings())
    with book.act("review") as write:
        write.review(first, "rejected")
        write.review(second, "corrected", changes={"code": "state.detention"})
    assert lines(book, Condition("kind", ("act",))) == [1]
    assert lines(book, Condition("code", ("act.state.arrest",))) == []
    assert lines(book, Condition("code", ("act.state.detention",))) == [1]
    with book.act("review") as write:
        write.review(first, "accepted")
    assert lines(book, Condition("code", ("act.state.arrest",))) == [0]


def test_what_somebody_codes_blind_is_not_found(filled: tuple[Casebook, str]) -> None:
    book, rendering = filled
    with book.act("code") as write:
        write.codings(rendering, "owl", [coding(0, coder_version=BLIND)])
    assert lines(book, Condition("kind", ("figure",))) == []


def test_lists_of_people_are_not_found_by_conditions_alone(filled: tuple[Casebook, str]) -> None:
    book, _ = filled
    file = book.filed()[0].file_sha256
    with book.act("link") as write:
        write.listed(ListFile(file_sha256=file, name="a", columns={}, headings=(), reader="list 1"), [])
    assert lines(book, Condition("language", ("en",))) == []
    assert book.filed() == []


def test_answers_are_counted_so_far_and_no_further(filled: tuple[Casebook, str]) -> None:
    book, _ = filled
    found = book.find("bridge", limit=1, most=1)
    assert (len(found.passages), found.number, found.more) == (1, 1, True)
    found = book.find("bridge", limit=1, offset=1, most=5)
    assert (len(found.passages), found.number, found.more) == (1, 2, False)


SPANS = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(("figure", "act", "date")), st.sampled_from((None, "x.y", "z"))),
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12, deadline=None)
@given(spans=SPANS, judged=st.lists(st.sampled_from(("accepted", "rejected", "corrected")), max_size=8))
def test_both_ways_of_looking_agree_and_a_condition_and_its_inverse_share_all_passages(
    filled: tuple[Casebook, str], spans: list[tuple[int, str, str | None]], judged: list[str]
) -> None:
    book, rendering = filled
    wanted = {coding(line, kind, code=code).id: coding(line, kind, code=code) for line, kind, code in spans}
    with book.act("code") as write:
        write.codings(rendering, "rules", wanted.values())
    for (_, one), state in zip(list(book.codings()), judged, strict=False):
        changes = {"code": "x.y"} if state == "corrected" else None
        with book.act("review") as write:
            write.review(one, state, changes=changes)  # type: ignore[arg-type]
    for condition in (Condition("kind", ("act",)), Condition("code", ("act.x.y", "figure.z")), Condition("kind", ())):
        ways = []
        for few in (0, 10_000):
            with pytest.MonkeyPatch.context() as patch:
                few_are(patch, few)
                ways.append(lines(book, condition))
                other = lines(book, Condition(condition.field, condition.values, inverted=True))
            assert sorted([*ways[-1], *other]) == [0, 1, 2, 3, 4]
        assert ways[0] == ways[1]


def test_files_come_in_order_with_what_is_known_of_them(book: Casebook, invented: Invented) -> None:
    with book.act("intake") as write:
        invented.store(write, "z/one.txt", "하나\n")
        invented.store(write, "a/two.txt", "둘\n")
        invented.store(write, "b/one again.txt", "하나\n")
    found = book.filed()
    assert [one.paths for one in found] == [("z/one.txt", "b/one again.txt"), ("a/two.txt",)]
    assert found[0].media_type == "text/plain"


def test_what_was_opened_is_kept_with_its_first_time_and_verified(
    book: Casebook, path: Path, invented: Invented
) -> None:
    with book.act("intake") as write:
        file, _ = invented.store(write, "a.txt", "하나\n")
    with book.act("seen") as write:
        write.seen(file)
    first = book.seen("owner")
    with book.act("seen") as write:
        write.seen(file)
    assert book.seen("owner") == first and list(first) == [file]
    assert book.seen("heron") == {}
    assert list(book.verify()) == []
