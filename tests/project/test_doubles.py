"""Coding twice: nobody picks, nobody sees what she should not, and what is not decided counts nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from testimonia import project
from testimonia.casebook import Arrival, Casebook, Kdf
from testimonia.errors import NoSuchCoding, NotKept, Overtaken
from testimonia.model import Coding, Passage, Reading
from testimonia.project import adjudicating, comparing, doubles, judging

SECRET = "an invented passphrase"
CHEAP = Kdf(memory_kib=8, passes=1, lanes=1)
LINES = [f"On day {day} the guards arrested {day} people near Tumen." for day in range(11, 41)]
TEXT = "\n".join(LINES)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A casebook with one text of thirty passages, in which the rules suggest an arrest and a place in each."""
    with Casebook.create(tmp_path / "book", SECRET, kdf=CHEAP, who="owner") as book:
        fill(book, TEXT, "a.txt")
    return tmp_path / "book"


def fill(book: Casebook, text: str, path: str, language: str = "en") -> None:
    with book.act("intake") as write:
        file_sha256 = write.preserve(text.encode())
        passages, start = [], 0
        for line in text.splitlines(keepends=True):
            passages.append(Passage(start, start + len(line), line, language=language))
            start += len(line)
        rendering = write.reading(file_sha256, Reading("text/plain", "read", text=text, passages=tuple(passages)))
        write.arrive(Arrival(path=path, file_sha256=file_sha256, outcome="read"))
        write.codings(rendering, "rules", [coding for passage in passages for coding in proposed(text, passage)])


def proposed(text: str, passage: Passage) -> Iterator[Coding]:
    for kind, word, code in (("act", "arrested", "state.arrest"), ("place", "Tumen", None)):
        at = passage.text.find(word)
        if at >= 0:
            start = passage.start + at
            yield Coding(kind=kind, start=start, end=start + len(word), quote=word, code=code, coder="rules")  # type: ignore[arg-type]


@contextmanager
def hands(place: Path, who: str) -> Iterator[Casebook]:
    """The casebook in somebody's hands."""
    with Casebook.open(place, SECRET, who=who) as book:
        yield book


def document(book: Casebook) -> Any:
    return next(one for one in book.documents() if "a.txt" in one.paths)


def shown(book: Casebook) -> list[dict[str, Any]]:
    return judging.sheet_codings(book, document(book).rendering_sha256, 0, len(TEXT), book.who)


def judge_all(book: Casebook, *, rejecting: int = 0) -> None:
    """Judge every suggestion, the first acts rejected."""
    acts = [one for one in shown(book) if one["kind"] == "act" and one["coder"] == "rules"]
    for at, one in enumerate(acts):
        judging.judge(book, one["id"], "rejected" if at < rejecting else "accepted", seen=one["review"])
    places = [one for one in shown(book) if one["kind"] == "place" and one["coder"] == "rules"]
    judging.judge_many(book, [(one["id"], one["review"]) for one in places], "accepted")


def code_blind(book: Casebook, lines: range) -> None:
    """Code the arrests and places of some lines by oneself."""
    rendering = document(book).rendering_sha256
    start = 0
    for at, line in enumerate(LINES):
        for kind, word, code in (("act", "arrested", "state.arrest"), ("place", "Tumen", None)):
            if at in lines:
                spot = start + line.index(word)
                told = {"kind": kind, "code": code, "start": spot, "end": spot + len(word)}
                judging.own(book, rendering, told, seconds=2)
        start += len(line) + 1


@pytest.fixture
def twice(place: Path) -> Path:
    """One document that heron has judged, with three arrests rejected, and owl has coded blind, two lines left out."""
    with hands(place, "heron") as book:
        doubles.plan(book)
        judge_all(book, rejecting=3)
    with hands(place, "owl") as book:
        doubles.begin(book, document(book).file_sha256)
        code_blind(book, range(28))
        doubles.finish(book, document(book).file_sha256)
    return place


# Which documents ----------------------------------------------------------------------------------------------


def test_documents_are_drawn_by_language_and_nobody_draws_again(place: Path) -> None:
    """At least ten of each language, all where there are fewer; a later document changes nothing for earlier ones."""
    with hands(place, "heron") as book:
        assert doubles.offers(book, "heron") == []
        for number in range(24):
            fill(book, f"강가의 {number}번 초소에서 두 사람이 체포되었다.", f"ko/{number:02}.txt", "ko")
        doubles.plan(book, share=0.2, least=10)
        with pytest.raises(NotKept, match="would let somebody pick"):
            doubles.plan(book, share=0.5)
        first = doubles.offers(book, "owl")
        assert [one.language for one in first].count("en") == 1
        korean = {one.path for one in first if one.language == "ko"}
        assert 10 <= len(korean) < 20
        fill(book, "강 건너편에서 온 편지.", "ko/later.txt", "ko")
        after = {one.path for one in doubles.offers(book, "owl")}
        assert len(korean - after) <= 1  # the least number is filled by rank, in which the new one may stand higher


def test_a_document_is_refused_to_those_who_know_it_and_to_a_second_of_the_kind(place: Path) -> None:
    """And where it was not drawn. Each refusal says why."""
    with hands(place, "heron") as book:
        file = document(book).file_sha256
        with pytest.raises(NotKept, match="was not drawn"):
            doubles.begin(book, file)
        doubles.plan(book)
        judging.judge(book, shown(book)[0]["id"], "accepted", seen=0)
        assert [one.standing for one in doubles.offers(book, "heron")] == ["known"]
        with pytest.raises(NotKept, match="You have judged suggestions"):
            doubles.begin(book, file)
    with hands(place, "owl") as book:
        doubles.begin(book, file)
        assert [one.standing for one in doubles.offers(book, "owl")] == ["yours"]
    with hands(place, "crane") as book:
        assert [one.standing for one in doubles.offers(book, "crane")] == ["taken"]
        with pytest.raises(NotKept, match="owl has taken this document already"):
            doubles.begin(book, file)
        with pytest.raises(NotKept, match="You are not coding"):
            doubles.finish(book, file)


# Who sees what ------------------------------------------------------------------------------------------------


def test_the_second_sees_only_her_own_and_nobody_sees_hers(place: Path) -> None:
    """Not in the sheet, not by its id, not in counts, exports, documents; what she cannot see she cannot judge."""
    with hands(place, "heron") as book:
        doubles.plan(book)
        suggestions = shown(book)
    with hands(place, "owl") as book:
        doubles.begin(book, document(book).file_sha256)
        assert judging.mode(book, document(book).rendering_sha256, "owl") == "blind"
        assert shown(book) == []
        code_blind(book, range(1))
        assert [(one["kind"], one["coder"]) for one in shown(book)] == [("act", "owl"), ("place", "owl")]
        with pytest.raises(NoSuchCoding):
            judging.judge(book, suggestions[0]["id"], "accepted", seen=0)
        mine = shown(book)[0]["id"]
        assert book.reviews(mine)[0].blind
        assert len(document(book).codings) == len(suggestions)
        assert book.kinds() == {"act": 30, "place": 30}
        assert book.summary()["codings"] == 60
        assert not any('"owl' in line for line in project.export(book, "codings", "jsonl"))
        assert list(book.verify()) == []
    with hands(place, "heron") as book:
        assert {one["coder"] for one in shown(book)} == {"rules"}
        with pytest.raises(NoSuchCoding):
            judging.judge(book, mine, "rejected", seen=1)


def test_what_she_takes_back_while_blind_stays_between_her_and_the_casebook(place: Path) -> None:
    """Her own undo works as everywhere."""
    with hands(place, "owl") as book:
        doubles.plan(book)
        doubles.begin(book, document(book).file_sha256)
        code_blind(book, range(1))
        act = shown(book)[0]
        assert judging.undo(book, act["id"]) is None
        assert [one["state"] for one in shown(book)] == ["rejected", "accepted"]
        assert all(review.blind for review in book.reviews(act["id"]))


def test_after_she_is_done_she_sees_the_others_and_still_counts_nowhere(twice: Path) -> None:
    """The dossier knows one arrest a line, not two."""
    with hands(twice, "owl") as book:
        assert judging.mode(book, document(book).rendering_sha256, "owl") == "review"
        assert {one["coder"] for one in shown(book)} == {"rules"}
        assert book.kinds() == {"act": 30, "place": 30}


def test_who_has_judged_a_coding_sees_that_the_second_found_it_too(twice: Path) -> None:
    """Who has not is not led by it. The vote that counts stays the last."""
    with hands(twice, "heron") as book:
        acts = [one for one in shown(book) if one["kind"] == "act"]
        assert [vote["who"] for vote in acts[5]["votes"]] == ["owl", "heron"]
        assert [vote["who"] for vote in acts[29]["votes"]] == ["heron"]
        assert acts[0]["state"] == "rejected"
    with hands(twice, "crane") as book:
        assert [vote["who"] for vote in shown(book)[10]["votes"]] == ["heron"]


# How far they agree -------------------------------------------------------------------------------------------


def test_two_pseudonyms_are_compared_by_spans_and_by_code(twice: Path) -> None:
    """Counted by hand: heron 27 arrests and 30 places, owl 28 and 28, of them 25 and 28 the same."""
    with hands(twice, "crane") as book:
        found = comparing.results(*comparing.comparisons(book))
    assert (found.documents, found.coders, found.waiting) == (1, (("heron", "owl", 1),), ())
    spans = dict(found.spans)
    assert (spans["act"].first, spans["act"].second, spans["act"].exact) == (27, 28, 25)
    assert spans["place"].exact_f1 == pytest.approx(2 * 28 / 58)
    alphas = {one.code: one for one in found.alphas}
    arrest = alphas["act:state.arrest"]
    # 30 passages: 25 both, 3 owl alone, 2 heron alone, 0 neither. Of 60 values 55 are present, 5 absent.
    assert (arrest.passages, arrest.coded, arrest.language) == (30, 30, "en")
    assert arrest.value == pytest.approx(1 - (5 / 30) / (2 * 55 * 5 / (60 * 59)))
    assert arrest.why == "few-documents"


def test_a_first_who_has_not_judged_everything_is_waited_for(place: Path) -> None:
    """What she has not looked at is no disagreement."""
    with hands(place, "owl") as book:
        doubles.plan(book)
        doubles.begin(book, document(book).file_sha256)
        code_blind(book, range(30))
        doubles.finish(book, document(book).file_sha256)
    with hands(place, "heron") as book:
        judging.judge(book, shown(book)[0]["id"], "accepted", seen=0)
        done, waiting = comparing.comparisons(book)
        assert (done, waiting) == ([], [document(book).file_sha256])


def test_two_who_judged_a_text_together_are_one_first(place: Path) -> None:
    """Neither has judged all, both together have: what stands after both is compared."""
    with hands(place, "heron") as book:
        doubles.plan(book)
        for one in [one for one in shown(book) if one["kind"] == "act"]:
            judging.judge(book, one["id"], "accepted", seen=0)
    with hands(place, "crane") as book:
        places = [(one["id"], one["review"]) for one in shown(book) if one["kind"] == "place"]
        judging.judge_many(book, places, "accepted")
    with hands(place, "owl") as book:
        doubles.begin(book, document(book).file_sha256)
        code_blind(book, range(30))
        doubles.finish(book, document(book).file_sha256)
        (found,), _ = comparing.comparisons(book)
    assert (found.first, len(found.firsts), len(found.seconds)) == ("crane + heron", 60, 60)


# Who is right -------------------------------------------------------------------------------------------------


def open_items(book: Casebook) -> list[adjudicating.Item]:
    return [one for one in adjudicating.items(book, comparing.comparisons(book)[0]) if one.kept is None]


def side_of(item: adjudicating.Item, whose: str) -> str:
    return {"first": "right", "second": "left"}[whose] if item.swapped else {"first": "left", "second": "right"}[whose]


def test_a_third_decides_and_only_then_it_counts(twice: Path) -> None:
    """Three arrests heron rejected and owl coded, two arrests and two places owl left out: seven in dispute."""
    with hands(twice, "crane") as book:
        found = open_items(book)
        assert len(found) == 7
        arrests = [one for one in found if one.kind == "act" and "second" in one.ids]
        assert len(arrests) == 3
        done = adjudicating.adjudicate(book, list(arrests[0].ids.values()), side_of(arrests[0], "second"))  # type: ignore[arg-type]
        assert (done.by, len(open_items(book))) == ("crane", 6)
        stands = [one for _, one in book.codings(kind="act") if one.state == "accepted"]
        assert len(stands) == 28
        assert [one.coder for one in stands if one.start == arrests[0].start] == ["crane"]
        places = [one for one in found if one.kind == "place"]
        adjudicating.adjudicate(book, list(places[0].ids.values()), "neither")
        assert len([one for _, one in book.codings(kind="place") if one.state == "accepted"]) == 29
        before = comparing.results(*comparing.comparisons(book))
        assert dict(before.spans)["act"].first == 27, "what is decided does not change what was measured"
        assert list(book.verify()) == []


def test_a_place_is_decided_once_and_not_by_one_of_the_two(twice: Path) -> None:
    """Whoever is late is told who was quicker; a side on which nothing stands cannot be kept."""
    with hands(twice, "crane") as book:
        item = open_items(book)[0]
        nothing = "left" if item.left is None else "right"
        with pytest.raises(NotKept, match="nothing there"):
            adjudicating.adjudicate(book, list(item.ids.values()), nothing)  # type: ignore[arg-type]
        adjudicating.adjudicate(book, list(item.ids.values()), "neither")
    with hands(twice, "rail") as book:
        with pytest.raises(Overtaken, match="crane"):
            adjudicating.adjudicate(book, list(item.ids.values()), "neither")
        other = open_items(book)[0]
    for who in ("heron", "owl"):
        with hands(twice, who) as book, pytest.raises(NotKept, match="one of the two"):
            adjudicating.adjudicate(book, list(other.ids.values()), "neither")


def test_what_the_third_lets_stand_of_the_first_stands_though_another_rejected_it(twice: Path) -> None:
    """The decision between the two is the last word; both sides can stand where both have something."""
    with hands(twice, "rail") as book:
        lonely = next(one for one in open_items(book) if one.kind == "act" and "first" in one.ids)
        judging.judge(book, lonely.ids["first"], "rejected", seen=book.reviews(lonely.ids["first"])[-1].review)
    with hands(twice, "crane") as book:
        adjudicating.adjudicate(book, list(lonely.ids.values()), side_of(lonely, "first"))  # type: ignore[arg-type]
        judged = book.judged(lonely.ids["first"])
        assert judged is not None
        assert (judged.coding.state, judged.votes[-1].who) == ("accepted", "crane")
        with pytest.raises(NotKept, match="do not differ there"):
            adjudicating.adjudicate(book, ["0" * 16], "neither")
        with pytest.raises(NotKept, match="Choose one of the two"):
            adjudicating.adjudicate(book, list(lonely.ids.values()), "above")  # type: ignore[arg-type]


def test_two_who_see_another_act_in_the_same_words_are_in_dispute(place: Path) -> None:
    """Other bounds alone are none: overlapping words with the same meaning agree."""
    with hands(place, "heron") as book:
        doubles.plan(book)
        judge_all(book)
        rendering = document(book).rendering_sha256
    with hands(place, "owl") as book:
        doubles.begin(book, document(book).file_sha256)
        at = TEXT.index("arrested")
        judging.own(book, rendering, {"kind": "act", "code": "state.detention", "start": at, "end": at + 8})
        after = TEXT.index("arrested", at + 8)
        judging.own(book, rendering, {"kind": "act", "code": "state.arrest", "start": after, "end": after + 11})
        doubles.finish(book, document(book).file_sha256)
    with hands(place, "crane") as book:
        (both,) = [one for one in open_items(book) if len(one.ids) == 2]
        assert (both.start, both.end) == (at, at + 8)
        assert not any(one.start == after for one in open_items(book) if one.kind == "act")
        adjudicating.adjudicate(book, list(both.ids.values()), "both")
        codes = {one.code for _, one in book.codings(kind="act") if one.start == at and one.state == "accepted"}
        assert codes == {"state.arrest", "state.detention"}
