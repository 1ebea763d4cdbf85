"""Persons and pairs: what people decide holds at once in what is shown, is kept in one act, and never overwrites."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from testimonia.casebook import Casebook, Kdf
from testimonia.errors import ChangedMeanwhile, NotDecided
from testimonia.project import pairing, persons
from testimonia.project.agreements import agreements
from testimonia.project.lists import take_in_lists

HEAD = "record_id,name,birth_year,origin_place\n"
ALPHA = HEAD + "a-1,금다올,1970,무산군\na-2,봄누리,1981,온성군\na-3,은새벽,1990,\n"
BETA = HEAD + "b-1,Kum Da-ol,1970,Musan\nb-2,Pom Nu-ri,1980,Onsong\n"
GAMMA = HEAD + "c-1,琴多兀,1970,茂山\n"
SAID = {("a-1", "b-1"): 0.9, ("a-1", "c-1"): 0.8, ("b-1", "c-1"): 0.7, ("a-2", "b-2"): 0.6, ("a-3", "b-2"): 0.1}
QUEUE = [["a-2", "b-2", 2.0, "queue", 0.6], ["a-3", "b-2", 1.0, "audit", 0.1], ["a-3", "c-1", 0.5, "audit", 0.004]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A casebook with three invented lists, linked as SAID, closed."""
    for name, text in (("alpha", ALPHA), ("beta", BETA), ("gamma", GAMMA)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    place = tmp_path / "book"
    with Casebook.create(place, "invented", kdf=Kdf(8, 1, 1)) as book:
        take_in_lists(book, sorted(tmp_path.glob("*.csv")))
        number = {one.record_id: one.record for one in book.listed()}
        with book.act("link") as write:
            write.matches((number[a], number[b], chance) for (a, b), chance in SAID.items())
            summary = {"queue": QUEUE, "totals": {"spread": 10.0}, "evidence": []}
            write.linkage(("alpha", "beta", "gamma"), summary, {1: 6}, [{1: 6}])
    return place


@pytest.fixture
def book(path: Path) -> Iterator[Casebook]:
    with Casebook.open(path, "invented", who="owl") as opened:
        yield opened


def other(path: Path, who: str = "heron") -> Casebook:
    """The same casebook in the hands of somebody else."""
    return Casebook.open(path, "invented", who=who)


def now(book: Casebook, record: str) -> set[frozenset[str]]:
    found = persons.people(book)
    assert found is not None
    return {frozenset(group) for group in found.of(record).now}


def asked(book: Casebook, *, adjudicate: bool = False) -> pairing.Table:
    found = pairing.table(book, book.who, pairing.records_of(book), adjudicate=adjudicate)
    assert found is not None
    return found


# Persons -------------------------------------------------------------------------------------------------


def test_persons_of_the_last_linkage(book: Casebook) -> None:
    """Groups of several records, the most doubtful first, each with the link without which it falls apart."""
    found = persons.people(book)
    assert found is not None
    assert [(one.records, one.weakest, one.changed) for one in found.persons] == [
        (("a-2", "b-2"), 0.6, False),
        (("a-1", "b-1", "c-1"), 0.8, False),
    ]
    assert [(bond.a, bond.b, bond.probability) for bond in found.bonds(("a-1", "b-1", "c-1"))] == [
        ("a-1", "b-1", 0.9), ("a-1", "c-1", 0.8), ("b-1", "c-1", 0.7),
    ]  # fmt: skip
    assert [(group, bond.probability) for group, bond in found.neighbours(("a-3",))] == [(("a-2", "b-2"), 0.1)]


def test_a_split_is_one_act_and_shown_at_once(book: Casebook) -> None:
    entries = book.head()[0]
    pairs = persons.split(book, ["c-1"], ["a-1", "b-1", "c-1"])
    assert book.head()[0] == entries + 1
    assert pairs == [("a-1", "c-1"), ("b-1", "c-1")]
    assert now(book, "c-1") == {frozenset({"a-1", "b-1"}), frozenset({"c-1"})}
    assert {(one.verdict, one.chosen, one.probability) for one in book.decisions()} == {
        ("different", "split", 0.8), ("different", "split", 0.7),
    }  # fmt: skip
    assert list(book.verify()) == []


def test_a_merge_is_one_act_and_shown_at_once(book: Casebook) -> None:
    persons.merge(book, ["a-3"], ["a-2", "b-2"])
    assert now(book, "a-3") == {frozenset({"a-3", "a-2", "b-2"})}
    assert [one.verdict for one in book.decisions()] == ["same", "same"]


def test_what_was_said_before_a_split_comes_back(book: Casebook) -> None:
    """Undoing gives back one's own word before, or none; both stay on record."""
    pairs = persons.split(book, ["a-2"], ["a-2", "b-2"])
    persons.merge(book, ["a-2"], ["b-2"])
    persons.withdraw(book, pairs, restore=True)
    assert now(book, "a-2") == {frozenset({"a-2"}), frozenset({"b-2"})}
    persons.withdraw(book, pairs)
    assert now(book, "a-2") == {frozenset({"a-2", "b-2"})}
    assert [one.verdict for one in book.decisions()] == ["different", "same", "different", "unsure"]


def test_nobody_takes_back_what_others_decided(path: Path) -> None:
    with other(path) as book:
        pairs = persons.split(book, ["a-2"], ["a-2", "b-2"])
    with other(path, "owl") as book, pytest.raises(NotDecided, match="only one's own"):
        persons.withdraw(book, pairs)


def test_two_who_disagree_bind_nothing(path: Path) -> None:
    with other(path) as book:
        persons.split(book, ["a-2"], ["a-2", "b-2"])
    with other(path, "owl") as book:
        persons.merge(book, ["a-2"], ["b-2"])
        found = persons.people(book)
        assert found is not None
        (bond,) = found.bonds(("a-2", "b-2"))
        assert (bond.verdict, bond.by) == ("disputed", {"heron": "different", "owl": "same"})
        assert now(book, "a-2") == {frozenset({"a-2", "b-2"})}  # as the linkage had it


def test_who_comes_second_is_told_and_nothing_is_kept(path: Path) -> None:
    with other(path) as book:
        persons.split(book, ["c-1"], ["a-1", "b-1", "c-1"])
    with other(path, "owl") as book:
        before = book.decisions()
        with pytest.raises(ChangedMeanwhile, match="heron has decided") as told:
            persons.split(book, ["b-1"], ["a-1", "b-1", "c-1"])
        assert (told.value.who, told.value.what) == ("heron", "different")
        assert book.decisions() == before


@pytest.mark.parametrize("out", [[], ["a-2", "b-2"], ["z-9"]])
def test_a_split_parts_some_from_others(book: Casebook, out: list[str]) -> None:
    with pytest.raises(NotDecided, match="at least one"):
        persons.split(book, out, ["a-2", "b-2"])
    assert book.decisions() == []


def test_records_that_are_not_here(book: Casebook) -> None:
    with pytest.raises(NotDecided):
        persons.split(book, ["z-1"], ["z-1", "z-2"])
    with pytest.raises(NotDecided, match="together already"):
        persons.merge(book, ["a-2", "b-2"], ["a-2", "b-2"])


def test_nothing_is_linked(tmp_path: Path) -> None:
    with Casebook.create(tmp_path / "empty", "invented", kdf=Kdf(8, 1, 1)) as book:
        assert persons.people(book) is None
        assert pairing.table(book, "owl", {}) is None
        with pytest.raises(NotDecided):
            persons.split(book, ["a"], ["a", "b"])


def test_what_a_link_rests_on_is_said_in_words(book: Casebook) -> None:
    found = agreements(pairing.records_of(book), [("a-1", "b-1"), ("a-2", "b-2")])
    said = {one.comparison: one for one in found["a-1", "b-1"]}
    assert said["birth"].share == 1.0 and said["origin"].meaning == "the same county"
    assert said["name"].share > 0.5
    assert next(one for one in found["a-2", "b-2"] if one.comparison == "birth").share < 1.0


# Pairs ---------------------------------------------------------------------------------------------------


def test_a_pair_is_shown_without_anybodys_opinion(path: Path) -> None:
    """Neither the linkage's word, nor others' verdicts, nor that it is a second look, is in what the page gets."""
    with other(path) as book:
        pairing.decide(book, asked(book), ("a-2", "b-2"), "same", known=None)
    with other(path, "owl") as book:
        found = asked(book)
        shown = pairing.shown(found, pairing.records_of(book), ("a-2", "b-2"))
        assert shown is not None
        told = pairing.plain(shown)
    assert set(told) == {"a", "b", "lists", "lines", "chosen", "own"}
    assert (told["chosen"], told["own"]) == ("", None)
    assert "0.6" not in str(told) and "same" not in str(told)


def test_what_was_held_back_is_told_afterwards(path: Path) -> None:
    with other(path) as book:
        pairing.decide(book, asked(book), ("a-2", "b-2"), "same", known=None)
    with other(path, "owl") as book:
        after = pairing.decide(book, asked(book), ("b-2", "a-2"), "different", known=None, seconds=2.5)
        assert (after.probability, after.others, after.stands) == (0.6, {"heron": "same"}, "disputed")
        assert book.decisions()[-1].seconds == 2.5


def test_she_goes_on_where_she_left_off(path: Path) -> None:
    with other(path, "owl") as book:
        first = asked(book).asked[0]
        pairing.decide(book, asked(book), first.pair, "unsure", known=None)
    with other(path, "owl") as book:
        found = asked(book)
        assert first.pair not in [one.pair for one in found.asked]
        assert (found.own[0].a, found.own[0].b, found.own[0].chosen) == (*first.pair, first.chosen)


def test_the_same_person_in_two_windows_is_told(book: Casebook) -> None:
    """The second window did not know of the verdict; nothing is kept, and she may judge again knowing it."""
    pairing.decide(book, asked(book), ("a-2", "b-2"), "same", known=None)
    with pytest.raises(ChangedMeanwhile, match="owl has decided"):
        pairing.decide(book, asked(book), ("a-2", "b-2"), "different", known=None)
    pairing.decide(book, asked(book), ("a-2", "b-2"), "different", known="same")
    assert [one.verdict for one in book.decisions()] == ["same", "different"]
    assert {one.chosen for one in book.decisions()} == {"queue"}


def test_nobody_settles_a_quarrel_of_her_own(path: Path) -> None:
    for who, verdict in (("heron", "same"), ("owl", "different")):
        with other(path, who) as book:
            pairing.decide(book, asked(book), ("a-2", "b-2"), verdict, known=None)
    with other(path, "owl") as book:
        assert asked(book, adjudicate=True).asked == ()
    with other(path, "wren") as book:
        found = asked(book, adjudicate=True)
        assert [one.pair for one in found.asked] == [("a-2", "b-2")]
        after = pairing.decide(book, found, ("a-2", "b-2"), "different", known=None)
        assert after.stands == "different"
        assert book.decisions()[-1].chosen == "adjudication"


def test_progress_says_whether_looking_on_pays(book: Casebook) -> None:
    """2.0 of an interval of 10 wide is .2, more than .02; after that pair only the audit is left."""
    before = pairing.progress(asked(book))
    assert (before.waiting, before.ahead, before.moved, before.enough) == (3, 1, 0.2, False)
    pairing.decide(book, asked(book), ("a-2", "b-2"), "same", known=None)
    after = pairing.progress(asked(book))
    assert (after.waiting, after.own, after.ahead, after.enough) == (2, 1, 0, True)


def test_what_the_linkage_said_of_the_unlikely_is_kept_too(book: Casebook) -> None:
    """Pairs drawn at random test its probabilities, the lowest as well, which stand nowhere but in the queue."""
    assert book.chance("a-3", "c-1") is None
    assert pairing.decide(book, asked(book), ("c-1", "a-3"), "different", known=None).probability == 0.004
    assert pairing.decide(book, asked(book), ("b-1", "c-1"), "same", known=None).probability == 0.7
    assert [one.probability for one in book.decisions()] == [0.004, 0.7]


def test_what_is_no_verdict_is_refused(book: Casebook) -> None:
    with pytest.raises(NotDecided):
        pairing.decide(book, asked(book), ("a-2", "b-2"), "perhaps", known=None)
    with pytest.raises(NotDecided):
        pairing.shown(asked(book), pairing.records_of(book), ("a-2", "z-9"))
