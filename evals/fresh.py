#!/usr/bin/env python3
"""How far the scores fall on texts written after the rules, by another hand, and not tuned on.

    python evals/fresh.py [--lang en] [--misses act]

The texts in evals/fresh/ are invented and carry their annotations in line: ⟦P|Yanji⟧ is a place, T a date,
A an act with its codes and @modality, F a figure with value (a..b a range, - none), unit, comparator, status and
modality, C and S a cue and its source; a question mark makes an annotation optional. A text that the rules were
changed for is spent: replace it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evals import gold as accuracy

TEXTS = Path(__file__).resolve().parent / "fresh"
_MARK = re.compile(r"⟦(?P<head>[^|⟦⟧]*)\||(?P<close>⟧)")
Row = dict[str, Any]


def unmarked(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text without marks, and each mark's head with its span; marks may be nested."""
    plain, last = "", 0
    found: list[tuple[str, int, int]] = []
    opened: list[tuple[str, int]] = []
    for match in _MARK.finditer(marked):
        plain += marked[last : match.start()]
        last = match.end()
        if match["close"]:
            head, start = opened.pop()
            found.append((head, start, len(plain)))
        else:
            opened.append((match["head"], len(plain)))
    return plain + marked[last:], sorted(found, key=lambda mark: mark[1:])


def figure(words: Sequence[str]) -> Row:
    """value unit comparator [status] [modality]."""
    low, _, high = words[0].partition("..")
    numbers: Row = {"min": float(low), "max": float(high)} if high else {}
    if not high and low != "-":
        numbers = {"value": float(low)}
    status = words[3] if len(words) > 3 else "present"
    modality = words[4] if len(words) > 4 else "reported"
    return {"kind": "figure", **numbers, "unit": words[1], "comparator": words[2], "value_status": status,
            "modality": modality}  # fmt: skip


def act(words: Sequence[str]) -> Row:
    codes = words[0].split(",")
    modality = words[1].removeprefix("@") if len(words) > 1 else "reported"
    return {"kind": "act", "code": codes[0], "also": codes[1:], "modality": modality}


def rows(path: Path) -> tuple[str, list[Row]]:
    """The text and its annotations in the form of the gold."""
    text, marks = unmarked(path.read_text(encoding="utf-8"))
    sha, found, sources = hashlib.sha256(text.encode()).hexdigest(), [], {}
    for head, start, end in marks:
        span = {"start": start, "end": end, "quote": text[start:end]}
        name, *words = head.split(" ")
        free, name = name.endswith("?"), name.removesuffix("?")
        if name[0] == "S":
            sources[name[1:]] = span
            continue
        kinds: dict[str, Row] = {"P": {"kind": "place"}, "T": {"kind": "date"}, "C": {"kind": "attribution"}}
        row = figure(words) if name == "F" else act(words) if name == "A" else kinds[name[0]]
        row = {**row, **span, "doc": path.stem, "lang": path.stem[:2], "file_sha256": sha}
        if free:
            row["optional"] = True
        if name == "F":
            row["number"] = span
        if name[0] == "C":
            row |= {"cue": span, "id": name[1:]}
        found.append(row)
    for row in found:
        if row["kind"] == "attribution":
            row["source"] = sources.get(row.pop("id"))
    return text, found


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--lang", default="en,ko,zh")
    cli.add_argument("--misses", metavar="KIND")
    args = cli.parse_args()
    if not accuracy.GOLD.is_dir():
        print("the scorer is not here (../shared/gold beside the project): nothing was measured")
        return 0
    for language in args.lang.split(","):
        with tempfile.TemporaryDirectory() as folder:
            gold: list[Row] = []
            for path in sorted(TEXTS.glob(f"{language}_*.txt")):
                text, found = rows(path)
                Path(folder, path.name).write_text(text, encoding="utf-8")
                gold += found
            where = Path(folder, "gold.jsonl")
            where.write_text("\n".join(json.dumps(row) for row in gold), encoding="utf-8")
            options = ["--lang", language, "--gold", str(where), "--texts", folder]
            options += ["--kinds", "figure,act,place,date,attribution,targets,fabrications:,quotes"]
            accuracy.main([*options, *(["--misses", args.misses] if args.misses else [])])
    return 0


if __name__ == "__main__":
    sys.exit(main())
