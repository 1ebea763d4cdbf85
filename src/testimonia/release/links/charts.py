"""Pictures of links, as Vega-Lite. Runs in the key-less process; every number comes in the data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import altair as alt

from testimonia.release.look import ACCENT, FONT, INK, LINE, SOFT

__all__ = ["DRAWERS"]

Data = Mapping[str, Any]
LABELS, PLOT, NUMBERS, STEP, GAP = 290, 270, 120, 19, 10


def _values(rows: Sequence[Mapping[str, Any]]) -> Any:
    return alt.InlineData(values=[dict(row) for row in rows])


def _words(rows: Sequence[Mapping[str, Any]], **look: Any) -> Any:
    return alt.Chart(_values(rows)).mark_text(**{"font": FONT, "fontSize": 11, "color": INK, **look})


def _margins(order: Any) -> list[Any]:
    """Two marks nobody sees, at the ends of all words: otherwise the picture is cut where they begin."""
    unseen = alt.Chart(_values([{"at": 0}])).mark_point(opacity=0, size=1)
    return [unseen.encode(x=alt.value(at), y=order) for at in (-GAP - LABELS, PLOT + GAP + NUMBERS)]


def _order(rows: Sequence[Mapping[str, Any]]) -> Any:
    return alt.Y("at:O", sort=[row["at"] for row in rows], axis=None, scale=alt.Scale(paddingOuter=0.3))


def weights(data: Data) -> Any:
    """Bars to the right for what speaks for a link, to the left for what speaks against; headings between them."""
    rows = data["rows"]
    order = _order(rows)
    x = alt.X("bits:Q", title=data["axis"], scale=alt.Scale(domain=data["domain"], nice=False))
    bars = [row for row in rows if row["bits"] is not None]
    layers = [
        alt.Chart(_values([{"bits": 0}])).mark_rule(color=LINE).encode(x=x),
        *(
            alt.Chart(_values([row for row in bars if (row["bits"] > 0) is speaks]))
            .mark_bar(size=11, color=ACCENT if speaks else SOFT)
            .encode(x=x, x2=alt.datum(0), y=order)
            for speaks in (True, False)
        ),
    ]
    for bold in (True, False):
        own = [row for row in rows if row["bold"] is bold]
        names = _words(own, align="right", fontWeight="bold" if bold else "normal", limit=LABELS)
        layers.append(names.encode(x=alt.value(-GAP), y=order, text="label:N"))
    numbers = _words(bars, align="left", limit=NUMBERS)
    layers.append(numbers.encode(x=alt.value(PLOT + GAP), y=order, text="text:N"))
    return alt.layer(*layers, *_margins(order)).properties(width=PLOT, height=alt.Step(STEP))


def overlaps(data: Data) -> Any:
    """Dots with intervals, a row each."""
    rows = data["rows"]
    order = _order(rows)
    x = alt.X("best:Q", title=data["axis"], scale=alt.Scale(domain=data["domain"], nice=False))
    dots = alt.Chart(_values(rows)).mark_point(filled=True, size=62, opacity=1, color=ACCENT)
    bars = alt.Chart(_values([{**row, "best": row["lower"]} for row in rows])).mark_rule(color=INK, strokeWidth=1.8)
    layers = [
        bars.encode(x=x, x2="upper:Q", y=order),
        dots.encode(x=x, y=order),
        _words(rows, align="right", limit=LABELS).encode(x=alt.value(-GAP), y=order, text="label:N"),
        _words(rows, align="left", limit=NUMBERS).encode(x=alt.value(PLOT + GAP), y=order, text="text:N"),
        *_margins(order),
    ]
    return alt.layer(*layers).properties(width=PLOT, height=alt.Step(STEP + 3))


def calibration(data: Data) -> Any:
    """What was said against what was found, with the line on which both agree."""
    axis = alt.Axis(format=".0%", tickCount=6)
    scale = alt.Scale(domain=[0, 1])
    x = alt.X("said:Q", title=data["x_axis"], scale=scale, axis=axis)
    y = alt.Y("same:Q", title=data["y_axis"], scale=scale, axis=axis)
    ideal = alt.Chart(_values([{"said": 0, "same": 0}, {"said": 1, "same": 1}])).mark_line(
        color=SOFT, strokeDash=[4, 3], strokeWidth=1.1
    )
    rows = data["rows"]
    bars = alt.Chart(_values([{**row, "same": row["low"]} for row in rows])).mark_rule(color=INK, strokeWidth=1.8)
    dots = alt.Chart(_values(rows)).mark_point(filled=True, size=80, opacity=1, color=ACCENT)
    names = _words(rows, align="left", dx=9, dy=-9, fontSize=10)
    layers = [
        ideal.encode(x=x, y=y),
        bars.encode(x=x, y=y, y2="high:Q"),
        dots.encode(x=x, y=y),
        names.encode(x=x, y=y, text="text:N"),
    ]
    return alt.layer(*layers).properties(width=360, height=300)


DRAWERS: Mapping[str, Callable[[Data], Any]] = {
    "links-weights": weights,
    "links-overlaps": overlaps,
    "links-calibration": calibration,
}
