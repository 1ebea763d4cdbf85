"""Wrong suggestions on purpose: they look like others, are nowhere else, and say how many a reviewer lets through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import binomtest

from testimonia import project
from testimonia.casebook import Arrival, Casebook, Kdf
from testimonia.casebook.values import Seeded, Vote
from testimonia.errors import NoSuchCoding, NotKept
from testimonia.model import Coding, Passage, Reading
from testimonia.project import judging, seeding

SECRET = "an invented passphrase"
CHEAP = Kdf(memory_kib=8, passes=1, lanes=1)
LINE = "In May 2019 guards near Tumen arrested 40 people and a broker in Hunchun sold two.\n"
LINES = 60
TEXT = LINE * LINES
SAID: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("date", "May 2019", {"value": "2019-05", "rule": "en.date.month"}),
    ("place", "Tumen", {"value": "CHN/220000/222402", "rule": "en.place.gazetteer"}),
    ("act", "arrested", {"code": "state.arrest", "rule": "en.act.lexicon"}),
    ("figure", "40 people", {"value": 40.0, "unit": "persons", "value_status": "present", "rule": "en.figure.plain"}),
    ("place", "Hunchun", {"value": "CHN/220000/222404", "rule": "en.place.gazetteer"}),
    ("act", "sold", {"code": "tip.act.sale", "rule": "en.act.lexicon"}),
)


def suggestions() -> Iterator[Coding]:
    for start in range(0, len(TEXT), len(LINE)):
        for kind, word, more in SAID:
            at = start + LINE.index(word)
            yield Coding(kind=kind, start=at, end=at + len(word), quote=word, coder="rules", cue=word, **more)  # type: ignore[arg-type]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook.create(tmp_path / "book", SECRET, kdf=CHEAP, who="owl") as made:
        with made.act("intake") as write:
            file_sha256 = write.preserve(TEXT.encode())
            passages = tuple(Passage(at, at + len(LINE), LINE, language="en") for at in range(0, len(TEXT), len(LINE)))
            rendering = write.reading(file_sha256, Reading("text/plain", "read", text=TEXT, passages=passages))
            write.arrive(Arrival(path="a.txt", file_sha256=file_sha256, outcome="read"))
            write.codings(rendering, "rules", suggestions())
        yield made


@pytest.fixture
def rendering(book: Casebook) -> str:
    return next(iter(book.documents())).rendering_sha256


def shown(book: Casebook, rendering: str) -> list[dict[str, Any]]:
    return judging.sheet_codings(book, rendering, 0, len(TEXT), book.who)


def test_they_are_mixed_in_and_look_like_the_others(book: Casebook, rendering: str) -> None:
    """Five in a hundred of 360; the same fields, filled with what true suggestions are filled with; in text order."""
    before = shown(book, rendering)
    number = seeding.seed(book, 0.05)
    after = shown(book, rendering)
    assert number in (18, 19)
    assert len(after) == len(before) + number
    true = {one["id"] for one in before}
    wrong = [one for one in after if one["id"] not in true]
    for one in wrong:
        assert set(one) == set(before[0])
        assert (one["state"], one["coder"], one["review"], one["votes"]) == ("suggested", "rules", 0, [])
        assert one["rule"] in {suggestion["rule"] for suggestion in before}
        assert TEXT[one["start"] : one["end"]] == one["quote"]
    assert [(one["start"], one["end"]) for one in after] == sorted((one["start"], one["end"]) for one in after)
    shared = [list(group) for _, group in groupby(after, key=lambda one: (one["start"], one["end"]))]
    orders = {group[0]["id"] in true for group in shared if len(group) > 1}
    assert orders == {True, False}, "where two stand on the same words, the wrong one is now before, now after"


def test_every_one_is_wrong_and_passes_the_gate(book: Casebook) -> None:
    """Another act than the words say, a place of another name, a year taken for a number of people."""
    seeding.seed(book, 0.05)
    truth = {word: more.get("code") or more.get("value") for _, word, more in SAID}
    found = book.seeded()
    assert {one.wrong for one in found} == {"code", "value", "number"}
    for one in found:
        if one.wrong == "number":
            assert (one.coding.kind, one.coding.quote, one.coding.value) == ("figure", "2019", 2019.0)
        else:
            assert (one.coding.code or one.coding.value) != truth[one.coding.quote]


def test_they_are_in_no_export_no_count_no_document_and_no_origin(book: Casebook, rendering: str) -> None:
    """Nor when a person has accepted them."""
    before = (book.kinds(), book.summary(), list(project.export(book, "codings", "jsonl")))
    seeding.seed(book, 0.02)
    (first, *_) = book.seeded()
    judging.judge(book, first.coding.id, "accepted", seen=0)
    kinds, summary, lines = book.kinds(), book.summary(), list(project.export(book, "codings", "jsonl"))
    assert (kinds, {**summary, "log": 0}, lines) == (before[0], {**before[1], "log": 0}, before[2])
    assert first.coding.id not in {coding.id for _, coding in book.codings()}
    assert list(book.verify()) == []


def test_they_are_judged_as_the_others_are(book: Casebook, rendering: str) -> None:
    """Accept, correct, take back, in bulk, overtaken: nothing in the answers gives them away."""
    seeding.seed(book, 0.05)
    place = next(one for one in book.seeded() if one.coding.kind == "place").coding
    act = next(one for one in book.seeded() if one.coding.kind == "act").coding
    kept = judging.judge(book, act.id, "corrected", seen=0, changes={"modality": "alleged"}, seconds=2)
    now = next(one for one in shown(book, rendering) if one["id"] == act.id)
    assert (now["state"], now["modality"], now["by"], now["review"]) == ("corrected", "alleged", "owl", kept.review)
    with pytest.raises(NotKept, match="owl has changed this coding"):
        judging.judge(book, act.id, "accepted", seen=0)
    judging.judge(book, act.id, "suggested", seen=kept.review)
    true = next(one for one in shown(book, rendering) if one["kind"] == "place" and one["id"] != place.id)
    both = judging.judge_many(book, [(true["id"], 0), (place.id, 0)], "accepted")
    assert [one.state for one in both] == ["accepted", "accepted"]


def test_a_coding_made_in_place_of_one_is_hers_and_is_remembered(book: Casebook, rendering: str) -> None:
    """It stands, for she made it; at the end it is named, so that somebody looks at it."""
    seeding.seed(book, 0.05)
    act = next(one for one in book.seeded() if one.coding.kind == "act").coding
    made = judging.respan(book, act.id, act.start, act.end + 4, seen=0)
    assert made.coding.coder == "owl"
    seeding.reveal(book)
    (told,) = seeding.missed(book.seeded(), book.made_instead_of_seeded())
    assert (told.judged, told.accepted, told.corrected, told.own) == (1, 0, 1, (made.coding.id,))


def test_after_they_are_revealed_nobody_sees_or_judges_them(book: Casebook, rendering: str) -> None:
    """And they are not mixed in twice, nor in other shares than were announced."""
    with pytest.raises(NotKept, match="No wrong suggestions"):
        seeding.reveal(book)
    for share in (0.0, 0.01, 0.06):
        with pytest.raises(NotKept, match="Between two and five"):
            seeding.seed(book, share)
    seeding.seed(book, 0.03)
    with pytest.raises(NotKept, match="already"):
        seeding.seed(book, 0.03)
    seeding.reveal(book)
    assert len(shown(book, rendering)) == 360
    with pytest.raises(NoSuchCoding):
        judging.judge(book, book.seeded()[0].coding.id, "accepted", seen=0)
    with pytest.raises(NotKept, match="owl has revealed them already"):
        seeding.reveal(book)


@pytest.mark.parametrize(("accepted", "judged"), [(0, 10), (3, 10), (10, 10), (7, 40), (1, 200)])
def test_the_miss_rate_has_its_exact_interval(accepted: int, judged: int) -> None:
    """Held against SciPy's exact interval of Clopper and Pearson."""
    one = next(suggestions())
    found = [
        Seeded(coding=replace(one, identity=f"{at:016x}"), wrong="code", votes=(vote(at, at < accepted),))
        for at in range(judged)
    ]
    (told,) = seeding.missed(found, {})
    exact = binomtest(accepted, judged).proportion_ci(0.95, "exact")
    assert (told.judged, told.accepted, told.rate) == (judged, accepted, accepted / judged)
    assert told.low == pytest.approx(exact.low, abs=1e-9)
    assert told.high == pytest.approx(exact.high, abs=1e-9)


def vote(at: int, accepted: bool) -> Vote:
    state: Any = "accepted" if accepted else "rejected"
    return Vote(review=at + 1, who="owl", at="2026-11-22T10:00:00Z", state=state, changes={})


def test_a_rate_from_few_is_refused() -> None:
    """Nine are too few; what was taken back is not judged."""
    one = next(suggestions())
    found = [Seeded(coding=one, wrong="code", votes=(vote(at, True),)) for at in range(9)]
    taken_back: Any = replace(vote(9, True), state="suggested")
    found.append(Seeded(coding=one, wrong="code", votes=(taken_back,)))
    (told,) = seeding.missed(found, {})
    assert (told.judged, told.rate, told.low) == (9, None, None)
