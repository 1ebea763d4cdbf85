"""The sample project is invented, small, complete, and made from its texts."""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections import Counter
from pathlib import Path

import pytest

from testimonia import sample
from testimonia.intake import worker
from testimonia.model import Reading

ROOT = Path(__file__).resolve().parents[2]
INVENTED = re.compile("invented|지어낸|虚构|虛構", re.IGNORECASE)
UNREAD = {"damaged/truncated.docx", "damaged/photo-of-notice.png"}


def readings() -> dict[str, Reading]:
    """Every document, and every document inside one, as intake reads it."""
    found: dict[str, Reading] = {}
    for name, _, _ in sample.manifest():
        reading = worker.read((sample.path() / name).read_bytes(), name)
        found[name] = reading
        found.update({f"{name}!/{c.name}": worker.read(c.data, c.name) for c in reading.children})
    return found


def test_the_manifest_lists_exactly_the_documents() -> None:
    """Nothing stands in the folder that is not said to be there, and nothing is missing."""
    files = {p.relative_to(sample.path()).as_posix() for p in sample.path().rglob("*") if p.is_file()}
    assert files == {name for name, _, _ in sample.manifest()}
    assert len(files) >= 24
    assert all(purpose for _, _, purpose in sample.manifest())


def test_the_manifest_is_no_evidence() -> None:
    """The manifest lies outside the folder that is taken in."""
    assert not (sample.path() / "manifest.tsv").exists()
    assert (sample.path().parent / "manifest.tsv").exists()


def test_every_document_says_that_it_is_invented() -> None:
    """Also the files inside a mail or an archive; the two that hold no text cannot."""
    for name, reading in readings().items():
        if name not in UNREAD and not name.endswith(".zip"):
            assert INVENTED.search(reading.text), name


def test_all_but_the_broken_and_the_picture_are_read() -> None:
    """The outcome of every document is as the manifest says."""
    unread = {name for name, reading in readings().items() if reading.outcome != "read"}
    assert unread == UNREAD


def test_three_languages_and_every_format() -> None:
    """English, Korean and both Chinese scripts; text in six encodings; all the formats that are read."""
    found = readings()
    languages = {p.language for reading in found.values() for p in reading.passages}
    assert {"en", "ko", "zh-Hans", "zh-Hant"} <= languages
    assert {Path(name).suffix for name in found} >= {
        ".csv", ".docx", ".eml", ".html", ".md", ".ods", ".odt", ".pdf", ".txt", ".xlsx", ".zip",
    }  # fmt: skip


def test_one_document_is_there_twice() -> None:
    """Two names have the same bytes, and no others do."""
    hashes = Counter(hashlib.sha256((sample.path() / n).read_bytes()).hexdigest() for n, _, _ in sample.manifest())
    assert sorted(hashes.values())[-2:] == [1, 2]


def test_only_the_damaged_texts_are_flagged() -> None:
    """Damage is seen in the two damaged texts and in no other."""
    flagged = {name for name, r in readings().items() if any(p.flags for p in r.passages)}
    assert flagged == {"damaged/stripped.txt", "damaged/판독본.txt"}


def test_the_sample_is_small() -> None:
    """Less than a megabyte and a half."""
    assert sum(p.stat().st_size for p in sample.path().rglob("*") if p.is_file()) < 1_500_000


def test_the_documents_are_made_from_the_texts() -> None:
    """Making them again gives the same bytes (PDFs, which need fonts, aside)."""
    script = ROOT / "scripts" / "make_sample.py"
    if not script.exists():
        pytest.skip("scripts/make_sample.py is missing: not a checkout")
    spec = importlib.util.spec_from_file_location("make_sample", script)
    assert spec is not None and spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    rows = (ROOT / "scripts" / "sample" / "manifest.tsv").read_text(encoding="utf-8").splitlines()
    columns = rows[0].split("\t")
    for line in rows[1:]:
        row = dict(zip(columns, line.split("\t"), strict=True))
        if row["format"] != "pdf":
            assert maker.made(row) == (sample.path() / row["path"]).read_bytes(), row["path"]
