"""The graph of origins as a picture: documents on the left, who stands behind them on the right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr

__all__ = ["draw"]

FONT = "Noto Sans CJK KR, Noto Sans, sans-serif"
INK, SOFT, LINE, ACCENT = "#1d1b18", "#5d574e", "#b9ae9c", "#7a2e1d"
WIDTH, STEP, TOP, LEFT, RIGHT = 620, 24, 40, 230, 390
ENGLISH: Mapping[str, str] = MappingProxyType({})


def draw(data: Mapping[str, Sequence[Mapping[str, str]]], words: Mapping[str, str] = ENGLISH) -> str:
    """Draw `documents` and `origins` (id, label, certainty) and `links` (from, to, certainty) as SVG.

    What is undecided is dashed. Labels are cut at 34 letters, 20 in Korean and Chinese. `words` gives the picture's
    own words in another language, by their English.
    """
    left = {row["id"]: TOP + STEP * i for i, row in enumerate(data["documents"])}
    right = _spread(data["origins"], max(len(left), len(data["origins"])))
    height = TOP + STEP * (max(len(left), len(right), 1) + 1)
    pieces = [*_lines(data["links"], left, right), *_labels(data, left, right, words), *_legend(height - 14, words)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family={quoteattr(FONT)} font-size="11">'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>{"".join(pieces)}</svg>'
    )


def _spread(origins: Sequence[Mapping[str, str]], most: int) -> dict[str, float]:
    step = STEP * most / max(len(origins), 1)
    return {row["id"]: TOP + step * (i + 0.5) - STEP / 2 for i, row in enumerate(origins)}


def _lines(links: Sequence[Mapping[str, str]], left: Mapping[str, float], right: Mapping[str, float]) -> Iterator[str]:
    for link in links:
        dashed = ' stroke-dasharray="3 3"' if link["certainty"] == "undecided" else ""
        if link["from"] in left and link["to"] in right:
            a, b, bend = left[link["from"]], right[link["to"]], (LEFT + RIGHT) / 2
            path = f"M{LEFT + 8},{a:g} C{bend:g},{a:g} {bend:g},{b:g} {RIGHT - 8},{b:g}"
            yield f'<path d="{path}" fill="none" stroke="{LINE}" stroke-width="1.1"{dashed}/>'
        elif link["from"] in right and link["to"] in right:
            a, b, out = right[link["from"]], right[link["to"]], RIGHT - 60
            path = f"M{RIGHT - 8},{a:g} C{out},{a:g} {out},{b:g} {RIGHT - 8},{b:g}"
            yield f'<path d="{path}" fill="none" stroke="{ACCENT}" stroke-width="1.4"{dashed}/>'


def _labels(
    data: Mapping[str, Sequence[Mapping[str, str]]],
    left: Mapping[str, float],
    right: Mapping[str, float],
    words: Mapping[str, str],
) -> Iterator[str]:
    yield _text(LEFT, 16, _said("Documents", words), "end", SOFT)
    yield _text(RIGHT, 16, _said("Who stands behind them", words), "start", SOFT)
    for row in data["documents"]:
        yield f'<circle cx="{LEFT + 4}" cy="{left[row["id"]]:g}" r="3" fill="{INK}"/>'
        yield _text(LEFT - 6, left[row["id"]] + 4, row["label"], "end", INK)
    for row in data["origins"]:
        y, ring = right[row["id"]], f'stroke="{ACCENT}" stroke-width="1.3"'
        fill = "#ffffff" if row["certainty"] == "undecided" else ACCENT
        yield f'<circle cx="{RIGHT - 4}" cy="{y:g}" r="4" fill="{fill}" {ring}/>'
        yield _text(RIGHT + 6, y + 4, row["label"], "start", INK)


def _said(english: str, words: Mapping[str, str]) -> str:
    return words.get(english, english)


def _legend(y: float, words: Mapping[str, str]) -> Iterator[str]:
    """What lines and dots mean: drawn whole where a text says or shows it, dashed and hollow where none does."""
    for x, dash, fill, meaning in ((60, "", ACCENT, "said or shown"), (250, "3 3", "#ffffff", "undecided or unnamed")):
        yield f'<path d="M{x},{y:g} h34" stroke="{LINE}" stroke-width="1.1" stroke-dasharray="{dash or "none"}"/>'
        yield f'<circle cx="{x + 42}" cy="{y:g}" r="4" fill="{fill}" stroke="{ACCENT}" stroke-width="1.3"/>'
        yield _text(x + 54, y + 4, _said(meaning, words), "start", INK)


def _text(x: float, y: float, text: str, anchor: str, fill: str) -> str:
    words = escape(_cut("".join(c if c.isprintable() else " " for c in text)))
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="11px" fill="{fill}">{words}</text>'


def _cut(text: str) -> str:
    room = 34.0
    for at, letter in enumerate(text):
        room -= 1.7 if ord(letter) > 0x2E7F else 1
        if room < 0:
            return text[:at] + "…"
    return text
