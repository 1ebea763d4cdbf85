"""Pictures of numbers, as Vega-Lite drawn to static SVG. Runs in the key-less process; reads no network.

Vega-Lite drops a row without a number and says nothing. So what has no number is a layer of its own here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import altair as alt
import vl_convert

from testimonia.release.hidden import charts as hidden
from testimonia.release.links import charts as links
from testimonia.release.look import ACCENT, FONT, INK, LINE, PALE, SOFT, WIDTH
from testimonia.release.places import outlines

__all__ = ["DRAWERS", "draw"]

Rows = Sequence[Mapping[str, Any]]
SORTS = ("told as done", "planned or ordered", "rule or order", "denied")


def draw(name: str, data: Mapping[str, Any]) -> str:
    """Draw the picture `name` of `data` as SVG with its text as text. Raises KeyError for an unknown name."""
    alt.data_transformers.disable_max_rows()
    chart = DRAWERS[name](data).configure(**_LOOK)
    return str(vl_convert.vegalite_to_svg(json.loads(chart.to_json()), allowed_base_urls=[]))


_AXIS = {
    "labelFont": FONT,
    "titleFont": FONT,
    "labelFontSize": 11,
    "titleFontSize": 11,
    "labelColor": INK,
    "titleColor": SOFT,
    "gridColor": PALE,
    "domainColor": LINE,
    "tickColor": LINE,
    "labelLimit": 260,
    "titleFontWeight": "normal",
}
_LEGEND = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": 11, "labelColor": INK, "titleColor": SOFT}
_TITLE = {"font": FONT, "fontSize": 12, "color": INK, "anchor": "start", "fontWeight": "normal", "limit": 700}
_LOOK = {
    "font": FONT,
    "background": "#ffffff",
    "axis": _AXIS,
    "legend": _LEGEND | {"titleFontSize": 11, "titleFontWeight": "normal", "orient": "bottom"},
    "title": _TITLE,
    "view": {"stroke": None},
    "padding": 6,
}


def _values(rows: Rows) -> Any:
    return alt.InlineData(values=[dict(row) for row in rows])


def figures(data: Mapping[str, Any]) -> Any:
    """Dots and intervals, one panel for each set; a figure without a number stands in its row as such."""
    return alt.vconcat(*map(_panel, data["sets"]), spacing=22).resolve_scale(x="independent", color="independent")


def _panel(group: Mapping[str, Any]) -> Any:
    rows = group["rows"]
    y = alt.Y("label:N", sort=[row["label"] for row in rows], title=None)
    x = alt.X("low:Q", title=group["unit"] or None, scale=alt.Scale(zero=False, nice=True, padding=12))
    told = [row for row in rows if row["low"] is not None]
    silent = [row for row in rows if row["low"] is None]
    voices = list(dict.fromkeys(row["origin"] for row in told))
    scale = alt.Scale(domain=voices, range=[_COLORS[i % len(_COLORS)] for i in range(len(voices))])
    color = alt.Color("origin:N", title=None, scale=scale, legend=alt.Legend(labelLimit=320, columns=2))
    dots = alt.Chart(_values(told)).mark_point(filled=True, size=70, opacity=1)
    numbers = alt.Chart(_values(told)).mark_text(align="left", dx=8, font=FONT, fontSize=10, color=INK)
    layers: list[Any] = [
        alt.Chart(_values(told)).mark_rule(strokeWidth=2).encode(x=x, x2="high:Q", y=y, color=color),
        dots.encode(x=x, y=y, color=color),
        dots.encode(x=alt.X("high:Q"), y=y, color=color),
        numbers.encode(x=alt.X("high:Q"), y=y, text="state:N"),
    ]
    if silent:
        layers.append(
            alt.Chart(_values(silent))
            .mark_text(align="left", color=SOFT, font=FONT, fontSize=11, fontStyle="italic")
            .encode(x=alt.value(6), y=y, text="state:N")
        )
    return alt.layer(*layers).properties(width=WIDTH - 260, height=alt.Step(22), title=group["title"])


def timeline(data: Mapping[str, Any]) -> Any:
    """Dated things by kind: a dot where the year is known to the month or better, a bar where it is not."""
    rows = data["rows"]
    y = alt.Y("kind:N", sort=data["kinds"], title=None)
    x = alt.X(
        "start:Q",
        title="year",
        axis=alt.Axis(format="d"),
        scale=alt.Scale(zero=False, nice=False, padding=14),
    )
    color = alt.Color("sort:N", title=None, scale=alt.Scale(domain=data["sorts"], range=_COLORS[: len(data["sorts"])]))
    shape = alt.Shape("sort:N", title=None, scale=alt.Scale(domain=data["sorts"], range=_SHAPES[: len(data["sorts"])]))
    dots = alt.Chart(_values(rows)).mark_point(size=55, strokeWidth=1.6, opacity=0.85)
    bars = alt.Chart(_values(rows)).mark_rule(strokeWidth=2.5, opacity=0.5)
    layers: list[Any] = [
        bars.encode(x=x, x2="end:Q", y=y, color=alt.Color("sort:N", title=None)),
        dots.encode(x=alt.X("middle:Q"), y=y, color=color, shape=shape),
    ]
    if data["undated"]:
        layers.append(
            alt.Chart(_values(data["undated"]))
            .mark_text(align="left", color=SOFT, font=FONT, fontSize=10, fontStyle="italic")
            .encode(x=alt.value(WIDTH - 230), y=y, text="text:N")
        )
    return alt.layer(*layers).properties(width=WIDTH - 240, height=alt.Step(20))


_COLORS = [ACCENT, "#2c5f8a", "#6b6255", "#8a6d00"]
_SHAPES = ["circle", "square", "diamond", "cross"]


_WORDS: dict[str, Any] = {"font": FONT, "fontSize": 11, "color": INK}
_HALO: dict[str, Any] = {"stroke": "#ffffff", "strokeWidth": 2.6}
_SIDES: dict[str, dict[str, Any]] = {"right": {"align": "left", "dx": 23}, "below": {"dy": 22}}


def province_map(data: Mapping[str, Any]) -> Any:
    """Provinces in outline, with a circle as large as the number of acts placed there."""
    spots = _values(data["spots"])
    at = {"longitude": "lon:Q", "latitude": "lat:Q"}
    most = max(spot["acts"] for spot in data["spots"]) if data["spots"] else 1
    size = alt.Size(
        "acts:Q",
        title="acts",
        scale=alt.Scale(type="sqrt", domain=[0, most], range=[0, 1300]),
        legend=alt.Legend(format="d", values=sorted({1, most}), symbolFillColor=ACCENT, symbolStrokeWidth=0),
    )
    layers: list[Any] = [
        alt.Chart(_values(outlines()["features"])).mark_geoshape(fill="#f4f0e7", stroke="#c9bfae", strokeWidth=0.7),
        alt.Chart(spots).mark_circle(color=ACCENT, opacity=0.6).encode(size=size, **at),
    ]
    for side, look in _SIDES.items():
        named = _values([spot for spot in data["spots"] if spot["side"] == side])
        for halo in _HALO, {}:
            words = alt.Chart(named).mark_text(**{**_WORDS, **look, **halo})
            layers.append(words.encode(text="text:N", **at))
    return alt.layer(*layers).project(type="mercator").properties(width=WIDTH - 120, height=560)


DRAWERS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "figures": figures,
    "measures": timeline,
    "timeline": timeline,
    "map": province_map,
    **hidden.DRAWERS,
    **links.DRAWERS,
}
