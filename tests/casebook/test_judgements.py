"""Codings with what people said of them, and what is kept beside them to measure how well people judge."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testimonia.casebook import BLIND, PERSON, Casebook
from testimonia.casebook.values import Adjudicated, Seeded
from testimonia.errors import CasebookError
from testimonia.model import Coding

if TYPE_CHECKING:
    from tests.casebook.conftest import Invented

TEXT = "About 40 people crossed the bridge. 약 40명이 다리를 건넜다. 大约40人过桥。" * 4


@pytest.fixture
def rendering(book: Casebook, invented: Invented) -> str:
    with book.act("intake") as writer:
        _, rendering = invented.store(writer, "a.txt", TEXT)
        places = range(0, len(TEXT) - 6, 6)
        writer.codings(rendering, "rules", [invented.coding(TEXT, at, at + 5 + at % 3) for at in places])
    return rendering


def first(book: Casebook, rendering: str) -> Coding:
    return book.judged_codings(rendering)[0].coding


def act_of_all(book: Casebook, rendering: str) -> None:
    """Something in each of the tables."""
    coding = first(book, rendering)
    with book.act("doubles") as writer:
        writer.double_plan(0.2, 10, seeded=0.03)
        writer.begin_double(rendering)
        writer.own(replace(coding, identity="", start=1, end=5, quote=TEXT[1:5]), blind=True)
        writer.finish_double(rendering)
        wrong = replace(coding, identity="f" * 16, value=400.0)
        writer.seeded(rendering, [Seeded(coding=wrong, wrong="value")])
        writer.review_seeded("f" * 16, "corrected", changes={"value": 4.0}, own="e" * 16, seconds=2)
        writer.adjudicate(
            Adjudicated(
                rendering=rendering, kind="figure", start=0, end=5, first="owl", second="heron",
                codings={"first": coding.id}, kept="neither", who="",
            )
        )  # fmt: skip


# By id and by place -------------------------------------------------------------------------------------------


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 60))
def test_a_stretch_has_the_codings_that_reach_into_it(book: Casebook, rendering: str, start: int, length: int) -> None:
    """As looking through all of them finds, also where they only begin or end there; touching is not reaching."""
    wanted = [
        one.coding.id
        for one in book.judged_codings(rendering)
        if one.coding.start < start + length and one.coding.end > start
    ]
    assert [one.coding.id for one in book.judged_between(rendering, start, start + length)] == wanted


def test_a_coding_is_found_by_its_id_with_every_vote(book: Casebook, rendering: str) -> None:
    """The last vote of each, the last of all counting; and all reviews in their order."""
    coding = first(book, rendering)
    with book.act("review") as writer:
        writer.review(coding, "accepted", seconds=1.5)
        writer.review(coding, "corrected", changes={"value": 41.0}, blind=True)
    found = book.judged(coding.id)
    assert found is not None
    assert (found.coding.value, found.coding.state, found.proposed) == (41.0, "corrected", coding)
    assert [(one.state, one.blind) for one in found.votes] == [("corrected", True)]
    assert [(one.state, one.seconds) for one in book.reviews(coding.id)] == [("accepted", 1.5), ("corrected", None)]
    assert found.by("owner") == replace(coding, value=41.0, state="corrected")
    assert (found.by("nobody"), book.judged("0" * 16), book.reviews("0" * 16)) == (None, None, [])


def test_the_id_of_a_coding_is_the_one_it_was_stored_under(book: Casebook, rendering: str, invented: Invented) -> None:
    """A correction of the code leaves it what it is; a coding that nobody has stored is known by what it says."""
    coding = first(book, rendering)
    assert replace(coding, code="other").id == coding.id
    bare = invented.coding(TEXT, 0, 5)
    assert replace(bare, code="other").id != bare.id


def test_own_codings_have_ids_of_their_own_and_say_how_they_were_made(book: Casebook, rendering: str) -> None:
    """The same words, the same meaning, three codings: that of the rules, and two of hers, the second made blind."""
    coding = first(book, rendering)
    with book.act("own") as writer:
        open_, _ = writer.own(coding)
        blind, _ = writer.own(coding, blind=True)
    assert len({coding.id, open_.id, blind.id}) == 3
    assert (open_.coder_version, blind.coder_version) == (PERSON, BLIND)
    assert [one.coder for one in next(book.documents()).codings if one.start == 0] == ["owner", "rules"]
    assert {one.coding.id for one in book.judged_codings(rendering)} >= {open_.id, blind.id}
    assert list(book.verify()) == []


def test_a_quote_that_does_not_stand_there_is_no_coding_of_a_person_either(book: Casebook, rendering: str) -> None:
    """And nothing of the act is kept."""
    coding = first(book, rendering)
    before = book.summary()
    with pytest.raises(ValueError, match="does not quote"), book.act("own") as writer:
        writer.own(replace(coding, quote="other"))
    assert book.summary() == before


# What is kept beside ------------------------------------------------------------------------------------------


def test_a_lot_is_the_same_every_time_and_another_in_another_casebook(
    book: Casebook, path: Path, invented: Invented, tmp_path: Path
) -> None:
    """Between 0 and 1, and spread over it."""
    lots = [book.lot(f"file {number}") for number in range(400)]
    assert all(0 <= lot < 1 for lot in lots)
    assert 0.15 < sum(lot < 0.2 for lot in lots) / 400 < 0.25
    book.close()
    with invented.open(path) as again, invented.create(tmp_path / "other") as other:
        assert [again.lot(f"file {number}") for number in range(400)] == lots
        assert other.lot("file 0") != lots[0]


def test_all_of_it_comes_back_as_it_was_kept(book: Casebook, rendering: str) -> None:
    """And is clean when it is verified."""
    act_of_all(book, rendering)
    plan, (double,), (told,), (seeded,) = book.double_plan(), book.doubles(), book.adjudications(), book.seeded()
    assert plan is not None
    assert (plan.share, plan.least, plan.seeded, plan.revealed_at) == (0.2, 10, 0.03, None)
    assert (double.coder, double.finished_at is not None) == ("owner", True)
    assert (told.who, told.kept, dict(told.codings)) == ("owner", "neither", {"first": first(book, rendering).id})
    assert (seeded.coding.value, seeded.wrong, seeded.votes[0].changes) == (400.0, "value", {"value": 4.0})
    assert book.made_instead_of_seeded() == {f"{'f' * 16} owner": ["e" * 16]}
    assert book.seeded_one("f" * 16) == book.seeded_between(rendering, 0, 5)[0]
    assert list(book.verify()) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE double_plan SET share = 0.5",
        "UPDATE double_plan SET revealed_at = 'x'",
        "DELETE FROM double_plan",
        "UPDATE double_coding SET finished_at = NULL",
        "DELETE FROM double_coding",
        "UPDATE seeded SET wrong = 'code'",
        "INSERT INTO seeded SELECT 'a', rendering, start, \"end\", looks, wrong FROM seeded",
        'INSERT INTO adjudication SELECT 9, rendering, kind, start, "end", first, second, codings, kept, who, at, '
        "seconds FROM adjudication",
        "INSERT INTO seeded_judgement SELECT 9, seeded, who, at, state, changes, seconds FROM seeded_judgement",
        "UPDATE coding SET coder_version = 'person' WHERE coder_version = 'blind'",
    ],
)
def test_whatever_of_it_is_changed_behind_the_log_is_found(book: Casebook, rendering: str, change: str) -> None:
    """Each of these tables is sealed."""
    act_of_all(book, rendering)
    book._db.run(change)
    assert {damage.what for damage in book.verify()} == {"content"}


@pytest.mark.parametrize("table", ["adjudication", "seeded_judgement", "review"])
def test_what_people_decided_is_never_changed_or_removed(book: Casebook, rendering: str, table: str) -> None:
    """Not even by one who writes SQL."""
    act_of_all(book, rendering)
    for change in (f"UPDATE {table} SET who = 'x'", f"DELETE FROM {table}"):  # noqa: S608 - the names above
        with pytest.raises((apsw.Error, CasebookError), match="append-only"):
            book._db.run(change)


def test_nobody_decides_between_herself_and_another(book: Casebook, rendering: str) -> None:
    """The table itself refuses it."""
    told = Adjudicated(
        rendering=rendering, kind="act", start=0, end=5, first="owner", second="owl", codings={}, kept="first", who="",
    )  # fmt: skip
    with pytest.raises((apsw.Error, CasebookError), match="CHECK"), book.act("adjudicate") as writer:
        writer.adjudicate(told)
