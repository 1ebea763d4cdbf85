"""Who was recorded by which combination of lists, as a matrix of dots under bars (after Lex et al. 2014, UpSet)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from testimonia.release.hidden.view import Lists, Pattern
from testimonia.release.hidden.words import cut
from testimonia.release.look import ACCENT, FONT, INK, LINE, PALE, SOFT

__all__ = ["MOST", "chosen", "draw"]

MOST = 34  # patterns drawn
WIDTH, TOP, BARS, STEP, LEFT = 702, 34, 132, 22, 306
NAME, SIZE, SIZES = 186, 234, 58  # where names and sizes of lists end, and how long the longest bar of a list is


def chosen(lists: Lists, most: int = MOST) -> tuple[Pattern, ...]:
    """The patterns that are drawn, the most frequent ones: by number of lists, then by people."""
    kept = sorted(lists.patterns, key=lambda p: -p.count)[:most]
    return tuple(sorted(kept, key=lambda p: (len(p.on), -p.count, p.on)))


def draw(lists: Lists) -> str:
    """Draw the patterns of a table as SVG: a column each, with the people as a bar and its lists as joined dots."""
    patterns = chosen(lists)
    column = min(26.0, (WIDTH - LEFT - 8) / max(len(patterns), 1))
    height = TOP + BARS + STEP * len(lists.names) + 22
    pieces = [*_stripes(lists), *_names(lists), *_groups(patterns, column), *_columns(lists, patterns, column)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family={quoteattr(FONT)} font-size="11">'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>{"".join(pieces)}</svg>'
    )


def _row(at: int) -> float:
    return TOP + BARS + 14 + STEP * (at + 0.5)


def _stripes(lists: Lists) -> Iterator[str]:
    for at in range(0, len(lists.names), 2):
        yield _rect(0, _row(at) - STEP / 2, WIDTH, STEP, "#f7f3ea")


def _names(lists: Lists) -> Iterator[str]:
    """Name and size of each list, with a bar as long as it is large."""
    largest = max((lists.size(i) for i in range(len(lists.names))), default=1) or 1
    yield _text(NAME, _row(0) - STEP / 2 - 6, "list", "end", SOFT, 10)
    yield _text(SIZE, _row(0) - STEP / 2 - 6, "people", "end", SOFT, 10)
    for at, name in enumerate(lists.names):
        yield _text(NAME, _row(at) + 4, cut(name, 27), "end", INK)
        yield _text(SIZE, _row(at) + 4, f"{lists.size(at):,}", "end", INK)
        yield _rect(SIZE + 6, _row(at) - 5, max(SIZES * lists.size(at) / largest, 1), 10, SOFT)


def _groups(patterns: Sequence[Pattern], column: float) -> Iterator[str]:
    """Over the bars: on how many lists the people below are."""
    at = 0
    for on, group in groupby(patterns, key=lambda p: len(p.on)):
        width = len(list(group))
        left = LEFT + column * at
        if at:
            yield f'<path d="M{left:g},{TOP - 14} V{TOP + BARS + 6}" stroke="{LINE}" stroke-width="1"/>'
        yield _text(left + 2, 14, _group_name(on, column * width), "start", SOFT, 10)
        at += width


def _group_name(on: int, room: float) -> str:
    long = "on one list" if on == 1 else f"on {on} lists"
    return long if room >= 56 else f"{on}"


def _columns(lists: Lists, patterns: Sequence[Pattern], column: float) -> Iterator[str]:
    most = max((p.count for p in patterns), default=1)
    floor = TOP + BARS
    for at, pattern in enumerate(patterns):
        x = LEFT + column * (at + 0.5)
        tall = max((BARS - 26) * pattern.count / most, 1)
        censored = pattern.on in lists.censored
        look = f'fill="{PALE if censored else ACCENT if len(pattern.on) > 1 else INK}"' + (
            f' stroke="{INK}" stroke-dasharray="2 2"' if censored else ""
        )
        width = column * 0.62
        yield f'<rect x="{x - width / 2:g}" y="{floor - tall:g}" width="{width:g}" height="{tall:g}" {look}/>'
        yield _count(x, floor - tall - 4, f"{pattern.count:,}", column)
        yield from _dots(pattern, x, column, len(lists.names))


def _count(x: float, y: float, text: str, column: float) -> str:
    """A count over its bar; upright where the column is narrower than the number."""
    if 6.4 * len(text) <= column:
        return _text(x, y, text, "middle", INK, 10)
    turned = f' transform="rotate(-90 {x + 3.5:g} {y:g})"'
    return _text(x + 3.5, y, text, "start", INK, 10, turned)


def _dots(pattern: Pattern, x: float, column: float, k: int) -> Iterator[str]:
    radius = min(5.0, column * 0.28)
    if len(pattern.on) > 1:
        ends = f"M{x:g},{_row(pattern.on[0]):g} V{_row(pattern.on[-1]):g}"
        yield f'<path d="{ends}" stroke="{ACCENT}" stroke-width="2"/>'
    fill = ACCENT if len(pattern.on) > 1 else INK
    for at in range(k):
        held = at in pattern.on
        look = f'fill="{fill}"' if held else f'fill="#ffffff" stroke="{LINE}" stroke-width="1"'
        yield f'<circle cx="{x:g}" cy="{_row(at):g}" r="{radius if held else radius * 0.62:g}" {look}/>'


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"/>'


def _text(x: float, y: float, text: str, anchor: str, fill: str, size: float = 11, more: str = "") -> str:
    words = escape("".join(c if c.isprintable() else " " for c in text))
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="{size:g}px" fill="{fill}"{more}>{words}</text>'
