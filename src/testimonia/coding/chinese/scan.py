"""One pass of the lexicon over a passage: places, bodies, laws, roles, speech words, triggers of acts and measures.

The automaton holds every form of vocabulary/zh once, in simplified characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from testimonia import vocabulary
from testimonia.coding.chinese.dates import When
from testimonia.coding.chinese.reading import Reading
from testimonia.coding.gazetteer import load_gazetteer, simplify
from testimonia.coding.lexicon import Hit, Lexicon

__all__ = ["Name", "Scan", "scan"]

Row = Mapping[str, str]
_SUFFIXED = ("省", "市", "县", "区", "州", "道", "郡", "旗", "海峡", "半岛")


class Name(NamedTuple):
    """A named thing at text[start:end] of a reading."""

    start: int
    end: int
    kind: str
    value: str | None
    attributes: Mapping[str, str]
    rule: str


@dataclass(slots=True)
class Scan:
    """A passage, its text as the rules see it, and what the lexicon and the date reader found in it.

    `names` is filled by the name rules.
    """

    reading: Reading
    text: str
    hits: dict[str, list[Hit]]
    dates: list[When] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)

    def of(self, kind: str) -> list[Name]:
        """Names of one kind, in text order."""
        return [name for name in self.names if name.kind == kind]


def _place_rows() -> Iterator[Row]:
    known = {simplify(row["form"]): row for row in load_gazetteer().rows("zh")}
    seen = set()
    for row in vocabulary.rows("zh/places"):
        seen.add(row["form"])
        value = row["value"] or known[row["form"]]["path"]
        yield {"form": row["form"], "value": value, "ptype": row["ptype"], "unless": row["unless"]}
    for form, row in known.items():
        if form not in seen and not row["ambiguous"] and len(form) >= 3 and form.endswith(_SUFFIXED):
            yield {"form": form, "value": row["path"], "ptype": row["ptype"], "unless": ""}
        elif form not in seen and row["path"].startswith("PRK/") and len(form) >= 2:
            yield {"form": form, "value": row["path"], "ptype": row["ptype"], "unless": "", "near": "1"}


@cache
def _classes() -> Mapping[str, str]:
    return {f"{{{row['name']}}}": row["forms"] for row in vocabulary.rows("zh/classes")}


def _expanded(cell: str) -> str:
    """A cell of a pattern table with its classes written out."""
    if "{" in cell:
        for name, forms in _classes().items():
            cell = cell.replace(name, forms)
    return cell


def _triggers(table: str) -> Iterator[Row]:
    for row in vocabulary.rows(f"zh/{table}"):
        full = {name: _expanded(cell) for name, cell in row.items()}
        for form in dict.fromkeys(full["trigger"].split("|")):
            yield {**full, "form": form}


@cache
def _lexicon() -> Lexicon:
    return Lexicon.merged(
        {
            "place": _place_rows(),
            "org": vocabulary.rows("zh/orgs"),
            "law": vocabulary.rows("zh/laws"),
            "role": vocabulary.rows("zh/roles"),
            "cue": vocabulary.rows("zh/cues"),
            "act": _triggers("acts"),
            "measure": _triggers("measures"),
        },
        fold=False,
        words=False,
    )


@cache
def _unless(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def scan(reading: Reading) -> Scan:
    """All hits of the lexicon, grouped by table; a hit followed by what its row forbids is dropped.

    Places, bodies, laws, roles and cues are the longest at their place; triggers may overlap.
    """
    hits: dict[str, list[Hit]] = {name: [] for name in ("place", "org", "law", "role", "cue", "act", "measure")}
    text = reading.text
    for hit in _lexicon().find_all(text):
        unless = hit.row.get("unless", "")
        if not unless or not _unless(unless).match(text, hit.end):
            hits[hit.group].append(hit)
    for group in ("place", "org", "law", "role", "cue"):
        hits[group] = _longest(hits[group])
    return Scan(reading, text, hits)


def _longest(hits: list[Hit]) -> list[Hit]:
    out: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not out or hit.start >= out[-1].end:
            out.append(hit)
    return out
