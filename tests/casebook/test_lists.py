"""Lists of people: kept with their rows, out of the search and of the documents, and decisions that outlive all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import apsw
import pytest

from testimonia.casebook import Arrival, Casebook, Collection, Linkage, ListFile, ListProblem
from testimonia.model import Coding, Passage, Reading

if TYPE_CHECKING:
    from tests.casebook.conftest import Invented

TEXT = "id\tname\n1\t금다올\n2\t은다올\n"
IDS = (("a-1", "alpha", 2), ("a-2", "alpha", 3))


def keep(book: Casebook, text: str = TEXT, ids: tuple[tuple[str, str, int], ...] = IDS, name: str = "alpha") -> str:
    """One list with a coding for each name; gives the hash of its file."""
    at = [text.index(word) for word in ("금다올", "은다올") if word in text]
    cells = tuple(Passage(start, start + 3, text[start : start + 3], "table") for start in at)
    with book.act("link", why="list") as write:
        sha256 = write.preserve(text.encode(), media_type="text/csv")
        rendering = write.reading(sha256, Reading("text/csv", "read", text=text, passages=cells), searchable=False)
        file = ListFile(file_sha256=sha256, name=name, columns={"name": 1}, headings=("id", "name"), reader="test 1")
        write.listed(file, ids, [ListProblem(3, "age", "nobody is 300 years old.", "Correct the cell.")])
        write.codings(rendering, "list", [Coding(kind="person", start=c.start, end=c.end, quote=c.text) for c in cells])
        write.arrive(Arrival(path=f"{name}.csv", file_sha256=sha256, outcome="read"))
    return sha256


def test_a_list_is_no_document_and_no_search_finds_its_people(book: Casebook) -> None:
    """What is written out of documents cannot hold the names; the cells are passages that codings cite."""
    sha256 = keep(book)
    assert list(book.documents()) == [] and list(book.codings()) == [] and book.readable() == [] and book.kinds() == {}
    assert book.search("금다올") == []
    (file,) = book.list_files()
    assert [coding.quote for coding in book.list_codings(file)] == ["금다올", "은다올"]
    assert [p.text for p in book.document(sha256).passages] == ["금다올", "은다올"]
    assert [row.path for row in book.arrivals()] == ["alpha.csv"]
    assert list(book.verify()) == []


def test_a_file_that_was_searchable_before_is_so_no_longer(book: Casebook, invented: Invented) -> None:
    """A list taken in as a document first: once it is a list, its words leave the index."""
    with book.act("intake") as write:
        invented.store(write, "alpha.csv", TEXT)
    assert book.search("금다올")
    keep(book)
    assert book.search("금다올") == [] and list(book.verify()) == []


def test_rows_are_records_of_a_collection(book: Casebook) -> None:
    """Ids, rows, what was wrong with them, and what is told of the list later."""
    sha256 = keep(book)
    with book.act("link") as write:
        write.collection(Collection(name="alpha", dependence="copies from beta"))
    assert [(row.record_id, row.collection, row.row) for row in book.listed()] == [*IDS]
    assert book.collections() == [Collection(name="alpha", dependence="copies from beta", records=2)]
    assert [problem.row for problem in book.list_problems(sha256)] == [3]


def test_the_same_list_twice_changes_nothing_and_a_later_version_keeps_the_numbers(book: Casebook) -> None:
    """A record that is gone from the list has no row any more; one that stayed is the same record."""
    keep(book)
    before = book.listed()
    keep(book)
    assert book.listed() == before
    keep(book, TEXT.replace("1\t금다올\n", ""), (("a-2", "alpha", 2), ("a-3", "alpha", 3)))
    assert [(row.record_id, row.record) for row in book.listed()] == [
        ("a-2", before[1].record),
        ("a-3", before[1].record + 1),
    ]
    assert len(book.list_files()) == 1 and list(book.verify()) == []


def test_decisions_are_append_only_and_outlive_links_and_lists(book: Casebook) -> None:
    """A second linkage replaces what the machine said, never what a person decided."""
    keep(book)
    one, two = (row.record for row in book.listed())
    with book.act("link") as write:
        write.matches([(one, two, 0.75)])
    with book.act("review") as write:
        write.decide("a-2", "a-1", "unsure", seconds=4.5, chosen="queue")
        write.decide("a-1", "a-2", "same", chosen="second", probability=0.75)
    with book.act("link") as write:
        write.matches([(two, one, 0.25)])
    keep(book, TEXT + "3\t\n", (*IDS, ("a-3", "alpha", 4)))
    assert book.matches() == [("a-1", "a-2", 0.25)]
    assert [(d.verdict, d.who, d.seconds, d.chosen, d.probability) for d in book.decisions()] == [
        ("unsure", "owner", 4.5, "queue", None),
        ("same", "owner", None, "second", 0.75),
    ]
    for sql in ("DELETE FROM match", "UPDATE match SET verdict = 'same'"):
        with pytest.raises(apsw.ConstraintError, match="append-only"):
            book._db.run(sql)
    assert list(book.verify()) == []


def test_a_pair_that_is_not_here_cannot_be_decided(book: Casebook) -> None:
    """Nor a record with itself."""
    keep(book)
    with pytest.raises(KeyError, match="nobody"), book.act("review") as write:
        write.decide("a-1", "nobody", "same")
    with pytest.raises(ValueError, match="itself"), book.act("review") as write:
        write.decide("a-1", "a-1", "same")
    assert book.decisions() == []


def test_a_linkage_is_kept_with_its_draws(book: Casebook, path: Path, invented: Invented) -> None:
    """Counts by pattern come back as they went in; the next linkage takes their place."""
    keep(book)
    assert book.linkage() is None
    for persons in (9, 7):
        with book.act("link") as write:
            write.linkage(("alpha", "beta"), {"persons": persons}, {1: 5, 3: 2}, [{1: 6, 3: 1}, {1: 4, 3: 3}])
    found = book.linkage()
    assert isinstance(found, Linkage)
    assert (found.lists, found.summary) == (("alpha", "beta"), {"persons": 7})
    assert (found.counts, list(found.draws)) == ({1: 5, 3: 2}, [{1: 6, 3: 1}, {1: 4, 3: 3}])
    assert list(book.verify()) == []


def test_a_changed_row_is_found_out(book: Casebook) -> None:
    """The log speaks of lists, matches and linkages as of everything else."""
    keep(book)
    book._db.run("UPDATE listed SET row = 7 WHERE record_id = 'a-1'")
    assert any("list" in damage.sentence for damage in book.verify())
