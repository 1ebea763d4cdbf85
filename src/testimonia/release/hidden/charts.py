"""Pictures of hidden totals, as Vega-Lite. Runs in the key-less process; every number comes in the data.

What has no number is a layer of its own: Vega-Lite drops a row without a number and says nothing. Nothing is told by
colour alone: kinds differ by shape, the headline by weight, and every row carries its numbers as text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import altair as alt

from testimonia.release.look import ACCENT, FONT, INK, LINE, PALE, SOFT

__all__ = ["DRAWERS"]

Data = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]
LABELS, PLOT, NUMBERS = 214, 300, 168  # pixels: the names on the left, the plot, the numbers on the right
WIDE, ASIDE = 505, 110  # the plot of the band, and the words on its right
GAP = 10  # between the plot and the words beside it
STEP = 23
_SHAPES = {"confidence interval": "circle", "credible interval": "diamond", "lower bound": "triangle-right"}
_HALO: dict[str, Any] = {"stroke": "#ffffff", "strokeWidth": 3}


def _values(rows: Rows) -> Any:
    return alt.InlineData(values=[dict(row) for row in rows])


def _words(rows: Rows, **look: Any) -> Any:
    return alt.Chart(_values(rows)).mark_text(**{"font": FONT, "fontSize": 11, "color": INK, **look})


def _margins(order: Any, left: int = LABELS, right: int = PLOT + GAP + NUMBERS) -> list[Any]:
    """Two marks nobody sees, at the ends of all words: every picture is then as wide as the others."""
    unseen = alt.Chart(_values([{"at": 0}])).mark_point(opacity=0, size=1)
    return [unseen.encode(x=alt.value(at), y=order) for at in (-GAP - left, right)]


def intervals(data: Data) -> Any:
    """Dots and intervals, a row each, on one logarithmic axis; who gives no number has a row that says so."""
    rows, room = data["rows"], data["room"]
    plot = LABELS + PLOT - room
    order = alt.Y("at:O", sort=[row["at"] for row in rows], axis=None, scale=alt.Scale(paddingOuter=0.3))
    x = alt.X(
        "total:Q",
        title=data["axis"],
        scale=alt.Scale(type="log", domain=data["domain"], nice=False),
        axis=alt.Axis(values=data["ticks"], format=",~r", grid=True),
    )
    layers = [*_band(data, x), *_lines(data, x), *_bars(rows, x, order), *_ends(rows, x, order)]
    layers += [*_points(rows, data["kinds"], x, order), *_known(rows, x, order), *_texts(rows, order, room, plot)]
    layers += _margins(order, room, plot + GAP + NUMBERS)
    return alt.layer(*layers).properties(width=plot, height=alt.Step(STEP))


def _band(data: Data, x: Any) -> list[Any]:
    if not data["band"]:
        return []
    low, high = data["band"]
    area = alt.Chart(_values([{"total": low, "high": high}])).mark_rect(color=PALE, opacity=0.85)
    return [area.encode(x=x, x2="high:Q")]


def _lines(data: Data, x: Any) -> list[Any]:
    """Totals to compare with, as upright lines with their names above the plot."""
    layers: list[Any] = []
    for line in data["lines"]:
        own = [{"total": line["value"], "text": line["text"]}]
        layers.append(
            alt.Chart(_values(own)).mark_rule(color=SOFT, strokeWidth=1.1, strokeDash=line["dash"]).encode(x=x)
        )
        layers.append(
            _words(own, color=SOFT, fontSize=10, align=line["side"], baseline="bottom").encode(
                x=x, y=alt.value(-3), text="text:N"
            )
        )
    return layers


def _bars(rows: Rows, x: Any, order: Any) -> list[Any]:
    """The intervals; those of the headline are thicker."""
    layers = []
    for bold, width in ((True, 3.6), (False, 1.8)):
        own = [row for row in rows if row["bold"] is bold and row["lower"] is not None and row["end"] is not None]
        bars = alt.Chart(_values([{**row, "total": row["lower"]} for row in own]))
        layers.append(bars.mark_rule(color=ACCENT if bold else INK, strokeWidth=width).encode(x=x, x2="end:Q", y=order))
    return layers


def _ends(rows: Rows, x: Any, order: Any) -> list[Any]:
    """Arrows where an interval goes on beyond the plot, or has no upper end."""
    own = [{**row, "total": row["end"]} for row in rows if row["open"] and row["end"] is not None]
    arrows = alt.Chart(_values(own)).mark_point(shape="triangle-right", filled=True, size=75, color=INK, opacity=1)
    return [arrows.encode(x=x, y=order)] if own else []


def _points(rows: Rows, kinds: Sequence[str], x: Any, order: Any) -> list[Any]:
    told = [row for row in rows if row["total"] is not None]
    shape = alt.Shape(
        "kind:N",
        title=None,
        scale=alt.Scale(domain=list(kinds), range=[_SHAPES.get(kind, "square") for kind in kinds]),
        legend=alt.Legend(symbolFillColor=INK, symbolStrokeColor=INK) if len(kinds) > 1 else None,
    )
    layers = []
    for bold in (False, True):
        own = [row for row in told if row["bold"] is bold]
        dots = alt.Chart(_values(own)).mark_point(
            filled=True, size=120 if bold else 62, opacity=1, color=ACCENT if bold else INK
        )
        layers.append(dots.encode(x=x, y=order, shape=shape))
    return layers


def _known(rows: Rows, x: Any, order: Any) -> list[Any]:
    """What is known to be true, as an upright stroke."""
    own = [{**row, "total": row["known"]} for row in rows if row.get("known") is not None]
    strokes = alt.Chart(_values(own)).mark_tick(color=ACCENT, thickness=3, size=18, orient="vertical")
    return [strokes.encode(x=x, y=order)] if own else []


def _texts(rows: Rows, order: Any, room: int, plot: int) -> list[Any]:
    layers = []
    for bold in (True, False):
        own, weight = [row for row in rows if row["bold"] is bold], "bold" if bold else "normal"
        left = _words(own, align="right", fontWeight=weight, limit=room)
        right = _words(own, align="left", fontWeight=weight, limit=NUMBERS)
        layers.append(left.encode(x=alt.value(-GAP), y=order, text="label:N"))
        layers.append(right.encode(x=alt.value(plot + GAP), y=order, text="text:N"))
    silent = [row for row in rows if row["note"]]
    for look in (_HALO, {}):
        italic = _words(silent, align="left", color=SOFT, fontStyle="italic", limit=plot + NUMBERS, **look)
        layers.append(italic.encode(x=alt.value(6), y=order, text="note:N"))
    return layers


def weights(data: Data) -> Any:
    """Models by their weight, as bars, with the total each of them gives."""
    rows = data["rows"]
    order = alt.Y("at:O", sort=[row["at"] for row in rows], axis=None)
    x = alt.X(
        "weight:Q",
        title=data["axis"],
        scale=alt.Scale(domain=[0, data["most"]]),
        axis=alt.Axis(format=".0%" if data["most"] >= 0.1 else ".1%", tickCount=5),
    )
    bars = alt.Chart(_values(rows)).mark_bar(color=ACCENT, size=11)
    layers = [
        bars.encode(x=x, y=order),
        _words(rows, align="right", limit=LABELS).encode(x=alt.value(-GAP), y=order, text="label:N"),
        _words(rows, align="left", limit=NUMBERS).encode(x=alt.value(PLOT + GAP), y=order, text="text:N"),
        *_margins(order),
    ]
    return alt.layer(*layers).properties(width=PLOT, height=alt.Step(STEP))


def sweep(data: Data) -> Any:
    """The total over the odds of an interaction that nobody can test, with its interval and the tipping points."""
    x = alt.X(
        "odds:Q",
        title=data["x_axis"],
        scale=alt.Scale(type="log", domain=data["x_domain"], nice=False),
        axis=alt.Axis(values=data["x_ticks"], format="~g", grid=False),
    )
    y = alt.Y(
        "total:Q",
        title=data["y_axis"],
        scale=alt.Scale(type="log", domain=data["y_domain"], nice=False),
        axis=alt.Axis(values=data["y_ticks"], format=",~r"),
    )
    rows = data["rows"]
    inside = [{**row, "total": row["lower"]} for row in rows if row["lower"] is not None and row["upper"] is not None]
    area = alt.Chart(_values(inside)).mark_area(color=LINE, opacity=0.75, line=False)
    line = alt.Chart(_values([row for row in rows if row["total"] is not None]))
    layers = [
        area.encode(x=x, y=y, y2="upper:Q"),
        *_marks_at(data["uprights"], x),
        *_levels(data["levels"], y),
        line.mark_line(color=ACCENT, strokeWidth=2.4).encode(x=x, y=y),
        line.mark_point(color=ACCENT, filled=True, size=34, opacity=1).encode(x=x, y=y),
        *_margins(alt.value(0), right=WIDE + GAP + ASIDE)[1:],
    ]
    return alt.layer(*layers).properties(width=WIDE, height=270)


def _marks_at(marks: Rows, x: Any) -> list[Any]:
    layers: list[Any] = []
    for mark in marks:
        own = [{"odds": mark["odds"], "text": mark["text"]}]
        rule = alt.Chart(_values(own)).mark_rule(color=INK, strokeWidth=1.3, strokeDash=mark["dash"])
        name = _words(own, align="center", baseline="bottom", fontSize=10.5, fontWeight=mark["weight"])
        layers += [rule.encode(x=x), name.encode(x=x, y=alt.value(mark["height"]), text="text:N")]
    return layers


def _levels(levels: Rows, y: Any) -> list[Any]:
    layers: list[Any] = []
    for level in levels:
        own = [{"total": level["value"], "text": level["text"]}]
        rule = alt.Chart(_values(own)).mark_rule(color=SOFT, strokeWidth=1.1, strokeDash=[2, 3])
        name = _words(own, align="left", color=SOFT, fontSize=10, baseline="middle")
        layers += [rule.encode(y=y), name.encode(x=alt.value(WIDE + GAP), y=y, text="text:N")]
    return layers


DRAWERS: Mapping[str, Callable[[Data], Any]] = {
    "hidden-methods": intervals,
    "hidden-changes": intervals,
    "hidden-checks": intervals,
    "hidden-strata": intervals,
    "hidden-draws": intervals,
    "hidden-assumptions": intervals,
    "hidden-models": weights,
    "hidden-band": sweep,
}
