"""What each picture of links shows: its numbers, the words that stand for it, its caption."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

from testimonia.release.blocks import Picture
from testimonia.release.drawing import Draw
from testimonia.release.lines import to_json
from testimonia.release.links.words import Given, comparison, people, spread
from testimonia.release.wording import counted, sentence_case

__all__ = ["CHAPTER", "pictures"]

Wanted = tuple[Picture, Mapping[str, Any]] | None
CHAPTER = ("links-overlaps",)  # what the dossier shows
WIDEST = 15.0  # bits; what goes beyond ends there and says its number
Row = dict[str, Any]


def pictures(links: Given, draw: Draw, only: Sequence[str] = ()) -> dict[str, Picture]:
    """Draw every picture there are numbers for, in one call."""
    wanted = [_weights(links), _overlaps(links), _calibration(links)]
    asked = {p.name: (p, data) for p, data in filter(None, wanted) if not only or p.name in only}
    if not asked:
        return {}
    payload = to_json({name: data for name, (_, data) in asked.items()}).encode("utf-8", "replace")
    drawn = json.loads(draw("charts", payload))
    return {name: _titled(picture, drawn[name]) for name, (picture, _) in asked.items()}


def _titled(picture: Picture, svg: str) -> Picture:
    """The picture with its SVG, which carries its own title and description for a reader without eyes."""
    at = svg.index(">", svg.index("<svg"))
    head = svg[:at] + ' role="img" aria-labelledby="picture-title picture-description"'
    told = f'<title id="picture-title">{escape(picture.alt)}</title>'
    told += f'<desc id="picture-description">{escape(picture.caption)}</desc>'
    return replace(picture, svg=f"{head}>{told}{svg[at + 1 :]}")


def _weights(links: Given) -> Wanted:
    rows = list(_weight_rows(links["evidence"]))
    bits = [row["bits"] for row in rows if row["bits"] is not None]
    if not bits:
        return None
    picture = Picture(
        name="links-weights",
        svg="",
        alt="For each comparison the weight of each of its levels, in bits, for or against a link.",
        caption="What each outcome of a comparison is worth: to the right it speaks for one person, to the left for "
        "two. Each bit doubles or halves the odds.",
    )
    domain = [max(-WIDEST, math.floor(min(bits))), min(WIDEST, math.ceil(max(bits)))]
    shown = [_within(row, *domain) for row in rows]
    return picture, {"rows": shown, "axis": "weight in bits (log2 of m/u)", "domain": domain}


def _weight_rows(evidence: Sequence[Given]) -> Iterator[Row]:
    at = 0
    for one in evidence:
        if not one["levels"]:
            continue
        yield {"at": at, "label": comparison(one["comparison"])["name"], "bits": None, "bold": True, "text": ""}
        for level in reversed(one["levels"]):
            at += 1
            bits = round(level["bits"], 2)
            label = sentence_case(level["label"])
            yield {"at": at, "label": label, "bits": bits, "bold": False, "text": f"{bits:+.1f}"}
        at += 1


def _within(row: Row, low: float, high: float) -> Row:
    return row if row["bits"] is None else {**row, "bits": min(max(row["bits"], low), high)}


def _overlaps(links: Given) -> Wanted:
    told = [(one["name"], one["persons"]) for one in links["lists"]]
    told += [(" and ".join(one["lists"]), one["persons"]) for one in links["overlaps"]]
    if not told:
        return None
    rows = [
        {"at": at, "label": name, "text": spread(given), **{end: given[end] for end in ("best", "lower", "upper")}}
        for at, (name, given) in enumerate(told)
    ]
    most = max(row["upper"] for row in rows)
    picture = Picture(
        name="links-overlaps",
        svg="",
        alt=f"Persons on each of {counted(len(links['lists']), 'list')} and on each two of them, with intervals; the "
        "tables below give the numbers.",
        caption="Persons on each list, and on both of two lists. The bar is what the draws of who is the same allow.",
    )
    return picture, {"rows": rows, "axis": "persons", "domain": [0, most * 1.05 or 1]}


def _calibration(links: Given) -> Wanted:
    bins = links["calibration"]["bins"]
    if not bins:
        return None
    rows = [
        {"said": one["said"], "same": one["same"], "text": people(one["pairs"]), **_ends(one["same"], one["pairs"])}
        for one in bins
    ]
    picture = Picture(
        name="links-calibration",
        svg="",
        alt="What the probabilities said against the share of pairs that people found to be one person.",
        caption="Pairs drawn at random and decided by people. On the dashed line the probabilities are right; above it "
        "they are too low. The bars are 95 % intervals of the share (Wilson), the numbers count pairs.",
    )
    return picture, {"rows": rows, "x_axis": "probability that was said", "y_axis": "share found to be the same"}


def _ends(share: float, count: int) -> dict[str, float]:
    """Wilson's interval (1927) of a share."""
    z = 1.959964
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return {"low": max(0.0, middle - half), "high": min(1.0, middle + half)}
