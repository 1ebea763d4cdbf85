"""Files on a page: what became of each is said, nothing lies beside the casebook, and a life is told whole."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.casebook import Casebook, Kdf
from testimonia.errors import NotTakenIn
from testimonia.project import filing
from testimonia.project.lists import take_in_lists
from testimonia.sandbox import Sandbox

TEXT = "2021년 겨울 공안에 체포된 여성 12명이 강제북송되었다고 이웃이 말했다.\n"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox.start() as started:
        yield started


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook.create(tmp_path / "book", "invented", kdf=Kdf(8, 1, 1), who="owl") as made:
        yield made


def zipped(**files: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.txt", text)
    return packed.getvalue()


def test_bytes_are_taken_in_and_written_nowhere_else(book: Casebook, sandbox: Sandbox, tmp_path: Path) -> None:
    found = filing.take(book, "letters/한 통.txt", TEXT.encode(), sandbox=sandbox)
    assert [(one.path, one.outcome) for one in found] == [("letters/한 통.txt", "read")]
    assert [hit.path for hit in book.search("북송")] == ["letters/한 통.txt"]
    words = ("체포".encode(), "북송".encode("utf-16-le"))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files and not any(word in path.read_bytes() for path in files for word in words)
    assert list(book.verify()) == []


def test_a_file_inside_a_file_has_its_own_row(book: Casebook, sandbox: Sandbox) -> None:
    found = filing.take(book, "bundle.zip", zipped(inner=TEXT), sandbox=sandbox)
    assert [one.path for one in found] == ["bundle.zip", "bundle.zip!/inner.txt"]
    inner = filing.life(book, found[1].file_sha256 or "")
    assert inner.within == ((found[0].file_sha256, "bundle.zip"),)
    outer = filing.life(book, found[0].file_sha256 or "")
    assert outer.holds == ((found[1].file_sha256, "bundle.zip!/inner.txt"),)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04nothing", b"\x89PNG\r\n\x1a\n"])
def test_what_cannot_be_read_is_kept_and_says_why(book: Casebook, sandbox: Sandbox, data: bytes) -> None:
    (found,) = filing.take(book, "broken.docx", data, sandbox=sandbox)
    assert found.outcome == "unread" and found.reason and found.remedy
    assert book.item_bytes(found.file_sha256 or "") == data


def test_too_large_is_refused_before_anything_is_kept(
    book: Casebook, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "LIMIT", 10)
    with pytest.raises(NotTakenIn, match="Split it"):
        filing.take(book, "a.txt", b"12345678901", sandbox=sandbox)
    assert filing.rows_of(book) == []


def test_a_list_of_people_does_not_become_a_document(book: Casebook, sandbox: Sandbox, tmp_path: Path) -> None:
    """Its names would be words to be searched for."""
    data = "record_id,name,birth_year\na-1,금다올,1970\n".encode()
    (tmp_path / "alpha.csv").write_bytes(data)
    take_in_lists(book, [tmp_path / "alpha.csv"])
    with pytest.raises(NotTakenIn, match="list of people"):
        filing.take(book, "other name.csv", data, sandbox=sandbox)
    (row,) = filing.rows_of(book)
    assert row.is_list and not row.again
    with pytest.raises(NotTakenIn, match="list of people"):
        filing.again(book, row.arrival.file_sha256 or "", sandbox=sandbox)
    assert book.search("금다올") == []
    assert list(book.verify()) == []


def test_a_failure_is_read_again_from_the_bytes_that_were_kept(
    book: Casebook, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that got better finds the text, under every path the file came by."""
    from testimonia import intake
    from testimonia.model import Reading

    with monkeypatch.context() as patch:
        failed = Reading(media_type="text/plain", outcome="unread", reason="it was too hard.", remedy="Try again.")
        patch.setattr(intake, "read", lambda *_: failed)
        for name in ("a.txt", "b.txt"):
            (found,) = filing.take(book, name, TEXT.encode(), sandbox=sandbox)
    assert [row.again for row in filing.rows_of(book)] == [True, True]
    filing.again(book, found.file_sha256 or "", sandbox=sandbox)
    assert {row.arrival.outcome for row in filing.rows_of(book)} == {"read"}
    assert len(book.search("북송")) == 1
    assert list(book.verify()) == []


def test_what_people_judged_is_not_read_again(book: Casebook, sandbox: Sandbox) -> None:
    (found,) = filing.take(book, "a.txt", TEXT.encode(), sandbox=sandbox)
    file = found.file_sha256 or ""
    assert sum(filing.code_files(book, [file]).proposals.values()) > 0
    coding = next(one for _, one in book.codings())
    with book.act("review") as write:
        write.review(coding, "accepted")
    with pytest.raises(NotTakenIn, match="people have judged"):
        filing.again(book, file, sandbox=sandbox)


def test_only_the_files_named_are_coded(book: Casebook, sandbox: Sandbox) -> None:
    files = [
        filing.take(book, f"{name}.txt", f"{name}. {TEXT}".encode(), sandbox=sandbox)[0].file_sha256 or ""
        for name in ("one", "two")
    ]
    filing.code_files(book, files[:1])
    assert {file for file, _ in book.codings()} == {files[0]}
    assert filing.trace_again(book) >= 1


def test_the_life_of_a_file(book: Casebook, sandbox: Sandbox) -> None:
    """When and from whom it came, what read it, what was found, judged and opened, and every entry of the log."""
    filing.take(book, "other.txt", b"something else\n", sandbox=sandbox)
    (found,) = filing.take(book, "a.txt", TEXT.encode(), sandbox=sandbox)
    file = found.file_sha256 or ""
    filing.take(book, "again.txt", TEXT.encode(), sandbox=sandbox)
    filing.code_files(book, [file])
    coding = next(one for _, one in book.codings())
    with book.act("review", why="judged") as write:
        write.review(coding, "rejected")
    with book.act("seen") as write:
        write.seen(file)
    life = filing.life(book, file)
    assert life.paths == ("a.txt", "again.txt")
    assert (life.item.received_by, life.read is not None and life.read.characters) == ("owl", len(TEXT))
    assert life.codings[coding.kind, "rejected"] == 1
    assert [(who, count) for who, count, _ in life.reviews] == [("owl", 1)]
    assert [who for who, _ in life.seen] == ["owl"]
    assert [(one.action, one.why) for one in life.log] == [
        ("intake", "taken"), ("intake", "taken"), ("code", "rules"), ("review", "judged"),
    ]  # fmt: skip
    assert not life.is_list
    with pytest.raises(KeyError):
        filing.life(book, "0" * 64)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a.txt", "a.txt"),
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\secret.txt", "secret.txt"),
        ("folder/./../a.txt", "folder/a.txt"),
        ("mail.eml!/a.pdf", "mail.eml/a.pdf"),
        ("a\x00b\u202etxt.exe", "abtxt.exe"),
        ("  한 통.txt ", "한 통.txt"),
    ],
)
def test_paths_of_uploads(name: str, path: str) -> None:
    assert filing.clean_path(name) == path


@pytest.mark.parametrize("name", ["", "/", "..", " / ", "\x00"])
def test_a_file_without_a_name_is_refused(name: str) -> None:
    with pytest.raises(NotTakenIn, match="no name"):
        filing.clean_path(name)


@given(st.text(st.sampled_from("ab/\\.!\x00\u202e 한\ud800"), min_size=1, max_size=30) | st.text(max_size=2000))
def test_no_path_leads_upwards_or_looks_like_one_inside_a_file(name: str) -> None:
    try:
        path = filing.clean_path(name)
    except NotTakenIn:
        return
    assert path == path.strip("/") and "!/" not in path and "\x00" not in path
    assert not {"", ".", ".."} & set(path.split("/"))
    assert len(path) <= filing.LONGEST
    assert filing.clean_path(path) == path


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["a.txt", "b.html", "c/d.txt"]),
        ({"outcome": ["read"]}, ["a.txt", "c/d.txt"]),
        ({"not-outcome": ["read"]}, ["b.html"]),
        ({"outcome": ["read", "partly"], "type": ["text/plain"]}, ["a.txt", "c/d.txt"]),
        ({"language": ["zh"]}, ["c/d.txt"]),
        ({"not-language": ["zh", "ko"]}, ["b.html"]),
        ({"flag": ["damaged_text"]}, ["b.html"]),
        ({"folder": ["c/"]}, ["c/d.txt"]),
        ({"words": ["HTML"]}, ["b.html"]),
        ({"not-words": ["d"]}, ["a.txt", "b.html"]),
    ],
)
def test_filters_of_the_ledger(filters: dict[str, list[str]], expected: list[str]) -> None:
    arrivals = [
        filing.Arrival(path="a.txt", media_type="text/plain", outcome="read", languages=("ko",)),
        filing.Arrival(path="b.html", media_type="text/html", outcome="unread", flags=("damaged_text",)),
        filing.Arrival(path="c/d.txt", media_type="text/plain", outcome="read", languages=("zh-Hans",)),
    ]
    rows = [filing.Row(one, is_list=False, again=False) for one in arrivals]
    found = filing.ledger(rows, filters)
    assert [row.arrival.path for row in found.rows] == expected
    assert (found.total, found.outcomes) == (3, {"read": 2, "unread": 1})
