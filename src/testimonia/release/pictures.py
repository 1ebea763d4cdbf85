"""What each picture shows: its numbers, the words that stand for it, its caption and its table."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from testimonia.release.blocks import Cell, Picture, Table
from testimonia.release.drawing import Draw
from testimonia.release.edtf import Span
from testimonia.release.evidence import Evidence
from testimonia.release.figures import Comparable, bounds
from testimonia.release.findings import Findings
from testimonia.release.lines import to_json
from testimonia.release.places import Province, ProvinceMap, labels
from testimonia.release.readable import place_text
from testimonia.release.wording import (
    code_text,
    counted,
    figure_text,
    listed,
    number,
    origin_text,
    sentence_case,
    unit_text,
)

__all__ = ["pictures"]

SETS, ROWS, KINDS, DOCUMENTS, ORIGINS = 8, 12, 16, 26, 26
BROAD = 12  # years beyond which a date is too vague for a picture
_SORTS: Mapping[str, str] = {
    "done": "told as done",
    "planned": "planned or ordered",
    "law": "rule or order",
    "denied": "denied",
}


def pictures(found: Findings, draw: Draw) -> dict[str, Picture]:
    """Draw every picture there are numbers for, in one call; a picture without numbers is left out."""
    wanted = [
        _figures([c for c in found.figures.comparable if c.certain and not c.repeated]),
        _measures(found),
        _timeline(found),
        _map(found.map),
        _origins(found),
    ]
    asked = {picture.name: (picture, data) for picture, data in filter(None, wanted)}
    if not asked:
        return {}
    payload = to_json({name: data for name, (_, data) in asked.items()}).encode("utf-8", "replace")
    drawn = json.loads(draw("charts", payload))
    return {name: _with(picture, drawn[name]) for name, (picture, _) in asked.items()}


Wanted = tuple[Picture, Mapping[str, Any]] | None


def _with(picture: Picture, svg: str) -> Picture:
    return Picture(name=picture.name, svg=svg, alt=picture.alt, caption=picture.caption, data=picture.data)


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    cells = tuple(tuple(Cell(text=text) for text in row) for row in rows)
    return Table(caption=caption, head=tuple(head), rows=cells, widths=(1,) * len(head))


# --- figures ------------------------------------------------------------------------------


def _figures(comparable: Sequence[Comparable]) -> Wanted:
    shown = comparable[:SETS]
    if not shown:
        return None
    sets: list[dict[str, Any]] = [
        {"title": _set_title(c), "unit": unit_text(c.unit), "rows": _figure_rows(c)} for c in shown
    ]
    cut = len(comparable) - len(shown)
    caption = "Figures that may be compared, side by side, in the colour of who stands behind them. Dots of one "
    caption += "colour are one voice, however many documents repeat it. A line is a range."
    if any(row["low"] is None for group in sets for row in group["rows"]):
        caption += " What has no number is written in its row."
    if cut:
        caption += f" {counted(cut, 'further set')} not drawn."
    rows = [(g["title"], row["label"], row["state"]) for g in sets for row in g["rows"]]
    picture = Picture(
        name="figures",
        svg="",
        alt=f"{counted(len(shown), 'set')} of comparable figures; the numbers stand in the tables below.",
        caption=caption,
        data=_table("The figures of the picture", ("Set", "Figure", "Says"), rows),
    )
    return picture, {"sets": sets}


def _set_title(c: Comparable) -> str:
    return sentence_case(c.counted) + (f", {c.period}" if c.certain else "")


def _figure_rows(c: Comparable) -> list[dict[str, Any]]:
    return [_figure_row(i, e) for i, e in enumerate([*c.rows, *c.silent][:ROWS], 1)]


def _figure_row(place: int, e: Evidence) -> dict[str, Any]:
    low, high = bounds(e)
    label = f"{place}. {e.path.rpartition('/')[2]}"
    low, high = (low if low is not None else high), (high if high is not None else low)
    return {"label": label, "low": low, "high": high, "state": figure_text(e), "origin": origin_text(e.origin)}


# --- time ---------------------------------------------------------------------------------


def _measures(found: Findings) -> Wanted:
    dated = [(m.evidence, m.when.days, _SORTS[m.standing]) for m in found.measures if m.when]
    undated = Counter(_kind(m.evidence) for m in found.measures if m.when is None)
    about = "Measures by date; targets and announcements apart from what is told as done."
    return _time("measures", dated, undated, list(_SORTS.values()), about)


def _timeline(found: Findings) -> Wanted:
    dated = [(x.evidence, x.when.days, x.evidence.coding.kind) for x in found.timeline.events]
    about = "Acts and measures told as done, by the date their text gives them."
    return _time("timeline", dated, Counter(), ["act", "measure"], about)


def _kind(e: Evidence) -> str:
    scheme = "act" if e.coding.kind == "act" else "measure"
    return code_text(scheme, e.coding.code or e.coding.attributes.get("mtype"))


def _time(
    name: str,
    dated: Sequence[tuple[Evidence, Span, str]],
    undated: Mapping[str, int],
    sorts: Sequence[str],
    about: str,
) -> Wanted:
    closed = [(e, days, sort) for e, days, sort in dated if _is_narrow(days)]
    kinds = [kind for kind, _ in Counter(_kind(e) for e, _, _ in closed).most_common(KINDS)]
    rows = [_moment(e, days, sort) for e, days, sort in closed if _kind(e) in kinds]
    if not rows:
        return None
    left = len(dated) - len(rows)
    lane = [{"kind": kind, "text": f"+ {undated[kind]} undated"} for kind in kinds if undated.get(kind)]
    used = [sort for sort in sorts if any(row["sort"] == sort for row in rows)]
    caption = f"{about} A line covers all days its date may mean."
    if left:
        caption += f" Not drawn: {counted(left, 'dated entry', 'dated entries')} of rarer kinds, or that may "
        caption += f"mean more than {BROAD} years."
    if sum(undated.values()):
        caption += f" {counted(sum(undated.values()), 'undated entry', 'undated entries')} in all."
    picture = Picture(
        name=name,
        svg="",
        alt=f"{about} {counted(len(rows), 'entry', 'entries')} of {counted(len(kinds), 'kind')}, "
        f"from {int(min(r['start'] for r in rows))} to {int(max(r['end'] for r in rows))}.",
        caption=caption,
        data=_table("Entries by kind", ("Kind", "Dated", "Undated"), _by_kind(kinds, rows, undated)),
    )
    return picture, {"rows": rows, "kinds": kinds, "sorts": used, "undated": lane}


def _is_narrow(days: Span) -> bool:
    if days.earliest is None or days.latest is None:
        return False
    return days.latest.year - days.earliest.year <= BROAD


def _by_kind(
    kinds: Sequence[str], rows: Sequence[Mapping[str, Any]], undated: Mapping[str, int]
) -> Iterable[tuple[str, str, str]]:
    counts = Counter(row["kind"] for row in rows)
    return ((kind, number(counts[kind]), number(undated.get(kind, 0))) for kind in kinds)


def _moment(e: Evidence, days: Span, sort: str) -> dict[str, Any]:
    start, end = _year(days.earliest), _year(days.latest)
    return {"kind": _kind(e), "sort": sort, "start": start, "end": end, "middle": (start + end) / 2}


def _year(day: date | None) -> float:
    if day is None:
        return 0.0
    return round(day.year + (day.timetuple().tm_yday - 1) / 366, 4)


# --- places -------------------------------------------------------------------------------


def _map(found: ProvinceMap) -> Wanted:
    if not found.provinces:
        return None
    spots = [
        {"text": f"{p.name} {p.acts}", "acts": p.acts, "lon": at[0], "lat": at[1], "side": _side(p.id, found)}
        for p in found.provinces
        if (at := labels().get(p.id))
    ]
    rows = [(p.name, number(p.acts), number(p.documents)) for p in found.provinces]
    picture = Picture(
        name="map",
        svg="",
        alt=f"Map: acts placed in {counted(len(found.provinces), 'province')}, most in {found.provinces[0].name}.",
        caption=_map_caption(found),
        data=_table("Acts by province", ("Province", "Acts", "Documents"), rows),
    )
    return picture, {"spots": spots}


def _side(province: str, found: ProvinceMap) -> str:
    """On which side of its circle a province is named: below where another one lies close to the right."""
    lon, lat = labels()[province]
    others = [at for p in found.provinces if p.id != province and (at := labels().get(p.id))]
    return "below" if any(0 < at[0] - lon < 3 and abs(at[1] - lat) < 1.2 for at in others) else "right"


def _map_caption(found: ProvinceMap) -> str:
    placed = sum(p.acts for p in found.provinces)
    said = [
        f"{counted(placed, 'act')} told as done, by the province their sentence names; never finer than a province. "
        "The size of a circle is the number of acts. A province without one may only be one nobody wrote of."
    ]
    if found.country_only:
        named = listed(f"{place_text(key)} {number(value)}" for key, value in found.country_only.items())
        said.append(f"Placed only in a country, not drawn: {named}.")
    said.append(f"{counted(found.unplaced, 'act')} without a place.")
    undrawn: list[Province] = [p for p in found.provinces if p.id not in labels()]
    if undrawn:
        said.append(f"Without a place on this map: {listed(f'{p.name} {p.acts}' for p in undrawn)}.")
    said.append("Boundaries are the source's (Natural Earth), not a statement on any dispute.")
    return " ".join(said)


# --- origins ------------------------------------------------------------------------------


def _origins(found: Findings) -> Wanted:
    speakers = sorted(found.speakers, key=lambda s: s.origin.certainty == "undecided")[:ORIGINS]
    if not speakers:
        return None
    ids = {s.origin.id for s in speakers}
    pairs = Counter((e.file_sha256, e.origin.id) for e in found.evidence if e.origin is not None and e.origin.id in ids)
    weight: Counter[str] = Counter()
    for (sha, _), n in pairs.items():
        weight[sha] += n
    names = {d.file_sha256: d.paths[0] if d.paths else d.file_sha256[:12] for d in found.documents}
    kept = [sha for sha, _ in weight.most_common(DOCUMENTS)]
    shown = [sha for sha in names if sha in kept]
    speakers.sort(key=lambda s: _height(s.origin.id, pairs, shown))
    certainty = {s.origin.id: s.origin.certainty for s in speakers}
    links = [{"from": a, "to": b, "certainty": certainty[b]} for a, b in pairs]
    links += [{"from": x.child, "to": x.parent, "certainty": x.certainty} for x in found.graph.edges]
    data = {
        "documents": [{"id": sha, "label": names[sha].rpartition("/")[2]} for sha in shown],
        "origins": [{"id": s.origin.id, "label": s.origin.label, "certainty": s.origin.certainty} for s in speakers],
        "links": links,
    }
    picture = Picture(
        name="origins",
        svg="",
        alt=f"{counted(len(shown), 'document')} linked to {counted(len(speakers), 'origin')}; "
        "the table below lists them.",
        caption=_origin_caption(found, len(shown), len(weight)),
    )
    return picture, data


def _height(origin: str, pairs: Mapping[tuple[str, str], int], shown: Sequence[str]) -> float:
    """Return the mean place of the documents of an origin, so that lines cross little."""
    places = [shown.index(sha) for sha, of in pairs if of == origin and sha in shown]
    return sum(places) / len(places) if places else float(len(shown))


def _origin_caption(found: Findings, shown: int, documents: int) -> str:
    text = "Which document draws on whom: lines that meet on the right are one voice. Dashed lines and hollow dots "
    text += "are undecided or unnamed, and never counted."
    left = len(found.speakers) - min(len(found.speakers), ORIGINS)
    if left or documents > shown:
        cut = ((left, "origin"), (documents - shown, "document"))
        text += f" Not drawn: {listed(counted(n, noun) for n, noun in cut if n)}."
    return text
