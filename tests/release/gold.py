"""Documents made of the hand-annotated development texts, as if a coder had found every annotation."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from testimonia.model import Coding, Document, Page, Part, Passage

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
PARTS = ("number", "claimant", "source", "cue", "content", "via")
ATTRIBUTES = ("counted", "population", "period", "norm", "ptype", "metonym", "status", "actor", "age_system")
CODES = {"act": "code", "measure": "mtype", "attribution": "stance"}
KINDS = frozenset(
    ["figure", "attribution", "measure", "act", "place", "org", "law", "date", "person", "role", "demonym"]
)


def documents(language: str) -> tuple[Document, ...]:
    """All development texts of one language, with their annotations as codings, in order of name."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with (GOLD / f"{language}_dev.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            rows[row["file"].rpartition("/")[2]].append(row)
    return tuple(_document(language, name, found) for name, found in sorted(rows.items()))


def _document(language: str, name: str, rows: list[dict[str, Any]]) -> Document:
    data = (GOLD / language / name).read_bytes()
    text = data.decode("utf-8")
    sha = hashlib.sha256(data).hexdigest()
    rendering = hashlib.sha256(text.encode()).hexdigest()
    boilerplate = [(r["start"], r["end"]) for r in rows if r["kind"] == "boilerplate"]
    codings = [_coding(row, rendering) for row in rows if row["kind"] in KINDS]
    return Document(
        file_sha256=sha,
        rendering_sha256=rendering,
        paths=(f"{language}/{name}",),
        media_type="text/plain",
        outcome="read",
        text=text,
        pages=(Page(0, len(text), "1", "file"),),
        passages=tuple(_passages(text, language, boilerplate)),
        codings=tuple(sorted(codings, key=lambda c: (c.start, c.end, c.kind))),
    )


def _passages(text: str, language: str, boilerplate: list[tuple[int, int]]) -> list[Passage]:
    found = []
    for match in re.finditer(r"[^\n]+", text):
        inside = any(start <= match.start() < end for start, end in boilerplate)
        role = "boilerplate" if inside else "body"
        found.append(Passage(match.start(), match.end(), match.group(), role, language))  # type: ignore[arg-type]
    return found


def _coding(row: dict[str, Any], rendering: str) -> Coding:
    parts = {name: _part(row[name]) for name in PARTS if isinstance(row.get(name), dict)}
    return Coding(
        kind=row["kind"],
        start=row["start"],
        end=row["end"],
        quote=row["quote"],
        code=row.get(CODES.get(row["kind"], "")),
        value=_value(row),
        min=row.get("min"),
        max=row.get("max"),
        unit=row.get("unit"),
        comparator=row.get("comparator"),
        value_status=row.get("value_status"),
        modality=row.get("modality") or "reported",
        polarity=row.get("polarity") or "positive",
        parts=parts,
        attributes=_attributes(row),
        rendering_sha256=rendering,
        coder="gold",
        coder_version="1",
    )


def _part(span: dict[str, Any]) -> Part:
    return Part(span["start"], span["end"], span["quote"], span.get("value"))


def _value(row: dict[str, Any]) -> float | str | None:
    if row["kind"] == "place":
        return str(row.get("gaz") or row.get("norm") or "") or None
    return row.get("norm") if row["kind"] == "date" else row.get("value")


def _attributes(row: dict[str, Any]) -> dict[str, str]:
    found = {name: str(row[name]) for name in ATTRIBUTES if row.get(name)}
    place = row.get("place")
    if place:
        found["place"] = "; ".join(place) if isinstance(place, list) else str(place)
    for flag in ("in_org", "in_law"):
        if row.get(flag):
            found[flag] = "yes"
    return found
