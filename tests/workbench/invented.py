"""A small invented casebook that has something for every page: documents, codings, origins, lists, pairs, draws."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from testimonia import project, sample
from testimonia.casebook import Casebook, Kdf
from testimonia.project.lists import take_in_lists
from testimonia.sandbox import Sandbox

PASSPHRASE = "일곱 개의 우산 seven umbrellas"
CHEAP = Kdf(memory_kib=8, passes=1, lanes=1)
WHO = "reader-1"
# One file of each kind: read in three languages, a page with furniture, mail, a sheet, pages, damage, a picture.
FILES = (
    "interviews/A01.txt",
    "interviews/B01.txt",
    "interviews/C01.md",
    "notices/statement.txt",
    "notices/边境通告.txt",
    "press/morning-courier.html",
    "press/강변일보.html",
    "press/한결통신.txt",
    "cases/case-list.xlsx",
    "reports/report-final-FINAL.pdf",
    "damaged/stripped.txt",
    "damaged/truncated.docx",
    "damaged/photo-of-notice.png",
)
# The same, but only the first lines of each: for what takes long on long pages.
FEW = (
    "interviews/A01.txt",
    "interviews/B01.txt",
    "notices/边境通告.txt",
    "press/한결통신.txt",
    "damaged/truncated.docx",
)
LINES = 9
ROWS = 12  # of each list, the headings not counted


def make(folder: Path, *, files: Sequence[str] = FILES, lines: int | None = None) -> Path:
    """Make the casebook in a folder that exists; gives its path. Takes a few seconds.

    With `lines`, text files are cut after that many.
    """
    place, taken = folder / "casebook", folder / "documents"
    for name in files:
        (taken / name).parent.mkdir(parents=True, exist_ok=True)
        data = (sample.path() / name).read_bytes()
        kept = b"".join(data.splitlines(keepends=True)[:lines]) if name.endswith(".txt") else data
        (taken / name).write_bytes(kept)
    with Sandbox.start() as sandbox, Casebook.create(place, PASSPHRASE, kdf=CHEAP, who="owner") as book:
        project.take_in(book, [taken], sandbox=sandbox)
        project.code(book)
        project.trace(book)
        take_in_lists(book, _short_lists(folder))
        fake_linkage(book)
    return place


def _short_lists(folder: Path) -> list[Path]:
    (folder / "lists").mkdir()
    short = []
    for path in sample.lists():
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)[: ROWS + 1]
        short.append(folder / "lists" / path.name)
        short[-1].write_text("".join(lines), encoding="utf-8")
    return short


def fake_linkage(book: Casebook) -> None:
    """Put down what a linkage might have come to; to link in earnest would take longer than all other tests here."""
    listed = book.listed()
    names = [one.name for one in book.collections()]
    of = {name: [one for one in listed if one.collection == name] for name in names}
    first, second = of[names[0]], of[names[1]]
    pairs = [(a.record, b.record, chance) for a, b, chance in zip(first, second, CHANCES, strict=False)]
    queue = [
        [a.record_id, b.record_id, change, "change", chance]
        for a, b, chance, change in zip(first, second, CHANCES, CHANGES, strict=False)
    ]
    counts = {1: 9, 2: 9, 3: 3, 4: 10, 5: 1, 8: 11, 12: 1}
    draws = [{**counts, 3: 3 + at % 3, 1: 9 - at % 3} for at in range(8)]
    with book.act("link", why="linked") as write:
        write.matches(pairs)
        write.linkage(names, _told(names, queue), counts, draws)


CHANCES = (0.97, 0.91, 0.72, 0.5, 0.34, 0.12, 0.04)
CHANGES = (0.2, 0.6, 1.9, 2.4, 1.3, 0.5, 0.1)


def _told(names: Sequence[str], queue: list[list[Any]]) -> dict[str, Any]:
    """A summary of the shape that `link` keeps; the numbers are made up."""
    one = {"best": 44.0, "lower": 42.0, "upper": 46.0, "clusters": 44.0}
    return {
        "level": 0.95,
        "records": ROWS * len(names),
        "persons": one,
        "several": {"best": 5.0, "lower": 4.0, "upper": 7.0, "clusters": 5.0},
        "lists": [{"name": name, "records": ROWS, "persons": one, "alone": one} for name in names],
        "overlaps": [{"lists": list(names[:2]), "persons": one}],
        "draws": 8,
        "pairs": {"candidates": len(CHANCES), "expected": sum(CHANCES), "doubtful": 5, "bands": []},
        "rules": [],
        "evidence": [{"comparison": "name", "carried": 31.0, "missing": 0.1, "levels": [], "share": 1.0}],
        "calibration": {"labels": 0, "audited": 0, "bins": []},
        "review": {"decisions": 0, "people": 0, "pairs": 0, "same": 0, "different": 0, "unsure": 0, "disputed": 0,
                   "twice": 0, "observed": None, "kappa": None, "alpha": None},
        "certain": {"persons": 45.0, "several": 3.0},
        "totals": {"method": "loglinear-bic", "drawn": 120.0, "certain": 131.0, "spread": 60.0, "why": ""},
        "copied": 0.0,
        "missed": {"share": 0.03},
        "refusal": "",
        "notes": [],
        "queue": queue,
        "collections": [{"name": name, "records": ROWS, "dependence": None} for name in names],
        "row_errors": [],
        "refused_rows": 0,
        "unread_lists": [],
        "truth": None,
        "parameters": {"seed": 1, "draws": 8, "engine": "duckdb"},
        "version": "0",
        "versions": {},
    }  # fmt: skip
