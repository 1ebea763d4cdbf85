"""Boilerplate labelled in the development gold: recall and precision by characters, and body text lost.

Run: python evals/boilerplate.py [--show] [--pages] [FOLDER]. FOLDER holds *_dev.jsonl and the texts
(../shared/gold). With --pages: the invented pages of evals/pages instead, each line after its
label (b boilerplate, t title, x body).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from testimonia.intake.split import passages

PAGES = Path(__file__).resolve().parent / "pages"
SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "gold"


def main() -> None:
    """Print one line a document with boilerplate or lost body text, and the sums."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, default=SHARED)
    arguments.add_argument("--show", action="store_true", help="print what was missed and what was lost")
    arguments.add_argument("--pages", action="store_true", help="measure on evals/pages")
    options = arguments.parse_args()
    if options.pages:
        on_pages(options.show)
        return
    if not options.folder.exists():
        sys.exit(f"{options.folder} is missing: nothing to measure")
    totals = [0, 0, 0, 0]
    for language in ("en", "ko", "zh"):
        for document, gold, text in documents(options.folder, language):
            totals = [a + b for a, b in zip(totals, measure(document, gold, text, options.show), strict=True)]
    expected, hit, labelled, lost = totals
    print(f"all: recall {hit / max(1, expected):.3f}, precision {hit / max(1, labelled):.3f}, body lost {lost}")


def on_pages(show: bool) -> None:
    """Print recall of boilerplate and body or titles lost, by page and in all, counted in characters."""
    totals = [0, 0, 0, 0]
    for path in sorted(PAGES.glob("*.tsv")):
        marks, text = page(path)
        found = labelled(text)
        by_mark = {m: {i for i, own in marks.items() if own == m} for m in "btx"}
        row = [
            len(by_mark["b"]),
            len(by_mark["b"] & found),
            len(by_mark["t"] & found),
            len(by_mark["x"] & found),
        ]
        totals = [a + b for a, b in zip(totals, row, strict=True)]
        print(f"{path.stem}: recall {row[1] / row[0]:.3f}, title lost {row[2]}, body lost {row[3]}")
        if show:
            _show(text, by_mark["b"] - found, "missed")
            _show(text, (by_mark["t"] | by_mark["x"]) & found, "lost")
    print(f"all: recall {totals[1] / totals[0]:.3f}, title lost {totals[2]}, body lost {totals[3]}")


def page(path: Path) -> tuple[dict[int, str], str]:
    """The label of each character that is not white space, and the text, of a labelled page."""
    marks: dict[int, str] = {}
    lines: list[str] = []
    offset = 0
    for row in path.read_text(encoding="utf-8").splitlines():
        mark, _, line = row.partition("\t")
        marks.update({offset + i: mark for i, c in enumerate(line) if not c.isspace()})
        lines.append(line)
        offset += len(line) + 1
    return marks, "\n".join(lines)


def labelled(text: str) -> set[int]:
    """Offsets of the characters, white space aside, that are labelled boilerplate."""
    spans = [(p.start, p.end) for p in passages(text) if p.role == "boilerplate"]
    return {i for start, end in spans for i in range(start, end) if not text[i].isspace()}


def documents(folder: Path, language: str) -> list[tuple[str, list[dict[str, object]], str]]:
    """(document, its gold annotations, its text) for one language."""
    by_document: dict[str, list[dict[str, object]]] = {}
    for line in (folder / f"{language}_dev.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        by_document.setdefault(record["file"], []).append(record)
    return [(name, gold, _text(folder, language, name)) for name, gold in sorted(by_document.items())]


def _text(folder: Path, language: str, name: str) -> str:
    path = folder / name if (folder / name).exists() else folder / language / Path(name).name
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def measure(document: str, gold: list[dict[str, object]], text: str, show: bool) -> list[int]:
    """Characters expected, found, labelled, and annotated statements that were labelled boilerplate."""
    expected = _characters(gold, text, "boilerplate")
    said = [g for g in gold if g["kind"] in ("figure", "act", "measure", "attribution") and not g.get("optional")]
    found = labelled(text)
    lost = [g for g in said if int(str(g["start"])) in found]
    if expected or found or lost:
        hit = len(expected & found)
        print(f"{document}: expected {len(expected)}, found {hit}, wrong {len(found - expected)}, lost {len(lost)}")
    if show:
        _show(text, expected - found, "missed")
        _show(text, found - expected, "wrong")
    return [len(expected), len(expected & found), len(found), len(lost)]


def _characters(gold: list[dict[str, object]], text: str, kind: str) -> set[int]:
    spans = [(int(str(g["start"])), int(str(g["end"]))) for g in gold if g["kind"] == kind]
    return {i for start, end in spans for i in range(start, end) if not text[i].isspace()}


def _show(text: str, characters: set[int], what: str) -> None:
    lines = sorted({text.rfind("\n", 0, i) + 1 for i in characters})
    for start in lines:
        end = text.find("\n", start)
        print(f"    {what}: {text[start : end if end > 0 else len(text)][:110]!r}")


if __name__ == "__main__":
    main()
