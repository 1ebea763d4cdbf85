"""Whatever a file does to its reader, there is an outcome with a reason."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.intake import samples

from testimonia import intake
from testimonia.intake import reading as module
from testimonia.model import Reading
from testimonia.sandbox import Sandbox

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"


def is_sound(reading: Reading) -> bool:
    """What every reading keeps, whatever the file was."""
    told = bool(reading.reason and reading.remedy) == (reading.outcome != "read")
    held = bool(reading.text.strip()) == (reading.outcome != "unread")
    cut = all(reading.text[p.start : p.end] == p.text for p in reading.passages)
    ordered = all(a.end <= b.start for a, b in zip(reading.passages, reading.passages[1:], strict=False))
    placed = all(0 <= page.start <= page.end <= len(reading.text) for page in reading.pages) or not reading.text
    return told and held and cut and ordered and placed and bool(reading.media_type)


def covered(reading: Reading) -> bool:
    """Whether every character that can be seen lies in a passage and comes from a page."""
    return all(
        not reading.text[a:b].strip()
        for spans in (reading.passages, reading.pages)
        for a, b in zip([0, *(s.end for s in spans)], [*(s.start for s in spans), len(reading.text)], strict=True)
    )


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_every_format_is_read_whole(sandbox: Sandbox, name: str) -> None:
    reading = intake.read(sandbox, samples.SAMPLES[name], name)
    assert (reading.outcome, reading.reason) == ("read", None)
    assert is_sound(reading) and covered(reading)
    assert reading.tool.startswith("testimonia/") and reading.tool_version


def laughs() -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE d [<!ENTITY l0 "lol">{entities}]>'


def huge_picture() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100_000)))


def stray_cell() -> bytes:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    data = samples.xlsx([["a"]])
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        members: dict[str, bytes | str] = {name: book.read(name) for name in book.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"]
    assert isinstance(sheet, bytes)
    members["xl/worksheets/sheet1.xml"] = sheet.split(b"<sheetData>")[0] + f"<sheetData>{cells}".encode()
    members["xl/worksheets/sheet1.xml"] += b"</sheetData></worksheet>"  # type: ignore[operator]
    return samples.packed(members)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb.zip": lambda: samples.packed({"zeros": bytes(64 << 20)}),
    "bomb.docx": lambda: samples.packed({"[Content_Types].xml": "", "word/document.xml": bytes(100 << 20)}),
    "laughs.docx": lambda: samples.packed(
        {"[Content_Types].xml": "", "word/document.xml": f"{laughs()}<document><body>&l9;</body></document>"}
    ),
    "laughs.xml": lambda: f"{laughs()}<d>&l9;</d>".encode(),
    "nested.html": lambda: b"<div>" * 100_000 + b"words" + b"</div>" * 100_000,
    "tables.html": lambda: b"<table><tr><td>" * 33_000 + b"words",
    "nested.docx": lambda: samples.docx("<w:smartTag>" * 100_000),
    "picture.png": huge_picture,
    "cyclic.pdf": lambda: samples.pdf_objects(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 3 0 R]>>", b"<</Type/Pages/Kids[2 0 R]>>"]
    ),
    "endless.pdf": lambda: samples.pdf_objects(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 99999999/Kids[3 0 R]>>", b"<</Type/Page>>"]
    ),
    "none.pdf": lambda: samples.pdf([]),
    "cut.pdf": lambda: samples.SAMPLES["report.pdf"][:300],
    "stray.xlsx": stray_cell,
    "nested.eml": lambda: (
        b"From: a\r\nTo: b\r\nSubject: c\r\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000))
    ),
    "header.eml": lambda: b"From: a\r\nTo: b\r\nDate: x\r\nSubject: " + b"=?utf-8?q?" * 100_000 + b"\r\n\r\nbody",
    "empty.pdf": bytes,
    "mislabelled.pdf": lambda: b"only words",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_an_outcome(sandbox: Sandbox, name: str) -> None:
    reading = intake.read(sandbox, HOSTILE[name](), name)
    assert is_sound(reading), reading.reason
    assert len(reading.text) < 2_000_000


def test_a_crash_of_the_reader_is_an_outcome(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_JOB", "testimonia.sandbox.proofs:abort")
    monkeypatch.setattr(module, "_read", lambda s, d, n, m, t: s.call(module._JOB, d, seconds=t))
    reading = intake.read(sandbox, samples.SAMPLES["report.pdf"], "report.pdf")
    assert (reading.outcome, reading.media_type) == ("unread", "application/pdf")
    assert "SIGSEGV" in (reading.reason or "") and reading.remedy


@pytest.mark.parametrize(("job", "said"), [("sleep", "longer than 0.3 seconds"), ("fill_memory", "1024 MB of memory")])
def test_time_and_memory_that_run_out_are_outcomes(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, job: str, said: str
) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.3 if job == "sleep" else 30)
    monkeypatch.setattr(module, "_read", lambda s, d, n, m, t: s.call(f"testimonia.sandbox.proofs:{job}", d, seconds=t))
    reading = intake.read(sandbox, b"words", "note.txt")
    assert reading.outcome == "unread" and said in (reading.reason or "")


def test_a_long_text_is_cut_off_and_said(sandbox: Sandbox) -> None:
    reading = intake.read(sandbox, b"word " * 1_000_000, "long.txt")
    assert (reading.outcome, len(reading.text)) == ("partly", 4_000_000)
    assert reading.reason == "only the first 4,000,000 characters were read." and is_sound(reading)


def test_a_file_that_is_too_large_is_not_even_sent(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 1 << 20)
    reading = intake.read(sandbox, bytes(2 << 20), "film.mkv")
    assert (reading.outcome, reading.reason) == ("unread", "it is larger than 1 MB.")


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_corrupted_files_are_outcomes(sandbox: Sandbox, name: str) -> None:
    dice = random.Random(name)
    for _ in range(4):
        data = bytearray(samples.SAMPLES[name])
        for _ in range(dice.randint(1, 12)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        assert is_sound(intake.read(sandbox, bytes(data[: dice.randint(1, len(data))]), name))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of public documents is not beside the project")
def test_the_corpus_has_59_outcomes_and_no_silent_empties(sandbox: Sandbox) -> None:
    outcomes = {}
    for found in intake.walk([CORPUS]):
        if found.path != "MANIFEST.tsv":
            assert found.error is None
            reading = intake.read(sandbox, found.source.read_bytes(), found.source.name)
            assert is_sound(reading) and (covered(reading) or reading.outcome == "unread"), found.path
            outcomes[found.path] = reading.outcome
    assert len(outcomes) == 59
    unread = {path for path, outcome in outcomes.items() if outcome == "unread"}
    kinds = {path.rpartition(".")[2] for path in unread if not path.startswith("formats/")}
    assert kinds == {"hwp", "hwpx", "msg"}
    assert {path for path in unread if path.startswith("formats/")} == {
        f"formats/{name}"
        for name in (
            "empty.pdf", "pdf-header-only.pdf", "pdf-password.pdf", "scan-huckleberry-p22.pdf", "web-archive.warc",
            "word-97.doc", "word-password.docx", "word-truncated.docx",
        )
    }  # fmt: skip
