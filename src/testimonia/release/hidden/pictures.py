"""What each picture of a report shows: its numbers, the words that stand for it, its caption and its table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

from testimonia.release.blocks import Picture
from testimonia.release.drawing import Draw
from testimonia.release.hidden import pattern_picture
from testimonia.release.hidden.frames import Frame, frame, ticks
from testimonia.release.hidden.plots import WIDE, answer_name, headline_lines, plot, row
from testimonia.release.hidden.view import Answer, Given, Report, Sweep, SweepPoint
from testimonia.release.hidden.words import (
    cut,
    people,
    percent,
    reach,
    span,
    times,
)
from testimonia.release.lines import to_json
from testimonia.release.wording import counted, sentence_case

__all__ = ["CHAPTER", "as_assumed", "patterns", "pictures", "swept"]

Wanted = tuple[Picture, Mapping[str, Any]] | None
CHAPTER = ("hidden-methods", "hidden-band")  # what the dossier shows
MODELS, CHANGES, DRAWN, ASSUMED, FEW = 10, 36, 24, 24, 6


def pictures(report: Report, draw: Draw, only: Sequence[str] = ()) -> dict[str, Picture]:
    """Draw every picture there are numbers for, in one call; a picture without numbers is left out."""
    wanted = [_methods(report), _models(report), _changes(report), _checks(report), _strata(report), _draws(report)]
    wanted += [_band(report), _assumptions(report)]
    asked = {p.name: (p, data) for p, data in filter(None, wanted) if not only or p.name in only}
    if not asked:
        return {}
    payload = to_json({name: data for name, (_, data) in asked.items()}).encode("utf-8", "replace")
    drawn = json.loads(draw("charts", payload))
    return {name: _titled(picture, drawn[name]) for name, (picture, _) in asked.items()}


def patterns(report: Report) -> Picture | None:
    """Who was recorded by which combination of lists; drawn here, without Altair. None without a table."""
    lists = report.lists
    if not lists.patterns:
        return None
    shown = pattern_picture.chosen(lists)
    left = len(lists.patterns) - len(shown)
    caption = (
        "Each column is a combination of lists: filled dots are the lists people are on, the bar above counts them. "
        "The columns to the right of the first upright line, people on two lists or more, carry all that is known "
        "about those whom no list recorded."
    )
    if left:
        rest = sum(p.count for p in lists.patterns) - sum(p.count for p in shown)
        caption += f" Not drawn: {counted(left, 'rarer combination')} with {people(rest)} people."
    if lists.censored:
        caption += " A dashed bar is an over-count, used only as an upper limit."
    picture = Picture(
        name="hidden-patterns",
        svg="",
        alt=f"{counted(len(shown), 'combination')} of {counted(len(lists.names), 'list')} with the number of people "
        "on each; the table below lists them.",
        caption=caption,
    )
    return _titled(picture, pattern_picture.draw(lists))


def _titled(picture: Picture, svg: str) -> Picture:
    """The picture with its SVG, which carries its own title and description for a reader without eyes."""
    at = svg.index(">", svg.index("<svg"))
    head = svg[:at] + ' role="img" aria-labelledby="picture-title picture-description"'
    told = f'<title id="picture-title">{escape(picture.alt)}</title>'
    told += f'<desc id="picture-description">{escape(picture.caption)}</desc>'
    return replace(picture, svg=f"{head}>{told}{svg[at + 1 :]}")


# --- dots and intervals -------------------------------------------------------------------


def _methods(report: Report) -> Wanted:
    if not report.answers:
        return None
    head = report.headline if not report.head.refused else None
    order = sorted(report.answers, key=lambda a: (a is not head, a.refused))
    within = frame(order, [report.lists.n, report.head.total])
    names = report.lists.names
    rows = [row(i, answer_name(a, names), a, within, bold=a is head) for i, a in enumerate(order)]
    refused = sum(a.refused for a in order)
    caption = "Every method that was tried, on one scale. "
    if report.head.total is not None:
        caption += "The headline stands first, in bold; the pale band is its interval. "
    caption += "Bars are the intervals of each method; an arrow means that it goes on beyond the plot."
    if refused:
        caption += f" {sentence_case(counted(refused, 'method'))} refused, and {'says' if refused == 1 else 'say'} why."
    picture = Picture(
        name="hidden-methods",
        svg="",
        alt=f"Totals by {counted(len(order), 'method')} with their intervals; the table below gives the numbers.",
        caption=caption,
    )
    return picture, plot(rows, within, **headline_lines(report, within))


def _changes(report: Report) -> Wanted:
    shown = report.changes[:CHANGES]
    if all(c.answer.refused for c in shown):
        return None
    within = frame([c.answer for c in shown], [report.lists.n, report.head.total])
    rows = [row(i, sentence_case(c.change), c.answer, within) for i, c in enumerate(shown)]
    told = [c.answer.total for c in shown if c.answer.total is not None]
    left = len(report.changes) - len(shown)
    caption = "The same estimate after one list was left out, or two were merged into one. "
    caption += f"It gives {reach(told)}."
    if left:
        caption += f" {counted(left, 'further change')} only in the table."
    picture = Picture(
        name="hidden-changes",
        svg="",
        alt=f"{counted(len(shown), 'changed table')} with their totals; the table below gives the numbers.",
        caption=caption,
    )
    return picture, plot(rows, within, **headline_lines(report, within))


def _checks(report: Report) -> Wanted:
    if not any(c.answer.total is not None for c in report.checks):
        return None
    within = frame([c.answer for c in report.checks], [float(c.known) for c in report.checks])
    rows = [
        row(i, f"{cut(c.list_name, 20)}, known: {people(c.known)}", c.answer, within, known=float(c.known))
        for i, c in enumerate(report.checks)
    ]
    inside = sum(c.inside is True for c in report.checks)
    judged = sum(c.inside is not None for c in report.checks)
    picture = Picture(
        name="hidden-checks",
        svg="",
        alt=f"{counted(len(rows), 'list')} of known size, estimated from the others; {inside} of {judged} intervals "
        "hold the known size.",
        caption="Each list taken as a population of known size (upright stroke) and estimated from the other lists "
        "(dot and bar). Where the stroke lies outside of the bar, the method would have been wrong on that list.",
    )
    return picture, plot(rows, within)


def _strata(report: Report) -> Wanted:
    if not report.strata:
        return None
    within = frame([s.answer for s in report.strata], [float(s.n_observed) for s in report.strata])
    rows = [
        row(i, f"{cut(s.stratum, 24)}, {people(s.n_observed)} known", s.answer, within, known=float(s.n_observed))
        for i, s in enumerate(report.strata)
    ]
    picture = Picture(
        name="hidden-strata",
        svg="",
        alt=f"Totals of {counted(len(rows), 'part')} of the population; the table below gives the numbers.",
        caption="Each part of the population estimated alone. The upright stroke marks the people recorded.",
    )
    return picture, plot(rows, within)


def _draws(report: Report) -> Wanted:
    if report.draws is None or not report.draws.answers:
        return None
    order = sorted(report.draws.answers, key=lambda a: (a.total is None, a.total))
    step = max(1, -(-len(order) // DRAWN))
    shown = order[::step]
    within = frame(shown, [report.lists.n, report.head.total])
    rows = [row(i, f"draw {i * step + 1} of {len(order)}", a, within) for i, a in enumerate(shown)]
    picture = Picture(
        name="hidden-draws",
        svg="",
        alt=f"Totals of {counted(len(shown), 'draw')} of the linkage with their intervals, in order of size.",
        caption=_draws_caption(rows, step),
    )
    return picture, plot(rows, within, **headline_lines(report, within))


def _draws_caption(rows: Sequence[Mapping[str, Any]], step: int) -> str:
    shown = f"; one in {step} is shown" if step > 1 else ""
    said = f"The same estimate under draws of who is the same person, in order of the total{shown}. "
    if any(row["lower"] is not None for row in rows):
        said += "The length of a bar is the doubt within a draw; the "
    else:
        said += "The "
    return f"{said}drift from row to row is the doubt between draws."


# --- models -------------------------------------------------------------------------------


def _models(report: Report) -> Wanted:
    weighed = [(m, w) for m in report.models if (w := m.weight_bic if m.weight_bic is not None else m.weight_aic)]
    shown = sorted(weighed, key=lambda pair: -pair[1])[:MODELS]
    if not shown:
        return None
    rows = [
        {"at": i, "label": cut(m.model, 38), "weight": w, "text": f"{percent(w)}, total {people(m.total)}"}
        for i, (m, w) in enumerate(shown)
    ]
    share = sum(w for _, w in shown)
    criterion = "BIC" if shown[0][0].weight_bic is not None else "AIC"
    picture = Picture(
        name="hidden-models",
        svg="",
        alt=f"The {counted(len(shown), 'model')} with the largest weights; the table below names their lists.",
        caption=f"The models with the largest weight by {criterion}, and the total each gives. Together they hold "
        f"{percent(share)} of the weight. Where models of like weight give totals far apart, no single one may be "
        "trusted.",
    )
    return picture, {"rows": rows, "axis": f"weight by {criterion}", "most": max(w for _, w in shown) * 1.05}


# --- the assumption -----------------------------------------------------------------------


def swept(report: Report) -> Sweep | None:
    """The first assumption that gives an answer: that of the headline, if it gives one."""
    return next((s for s in report.sweeps if any(p.total is not None for p in s.points)), None)


def as_assumed(sweep: Sweep, level: float) -> Answer:
    """The answer under an assumption as it stands, without moving it."""
    point = next((p for p in sweep.points if p.value == 0), None)
    if point is None or point.total is None:
        return Answer(verdict="refused", reason=sweep.reason or "no total fits it.")
    return Answer(total=point.total, lower=point.lower, upper=point.upper, level=level)


def _assumptions(report: Report) -> Wanted:
    answers = [(s, as_assumed(s, report.head.level)) for s in report.sweeps]
    told = [(s, a) for s, a in answers if not a.refused]
    if not told or len(answers) < 2:
        return None
    silent = [(s, a) for s, a in answers if a.refused]
    shown = [*told[:ASSUMED], *(silent if len(silent) <= FEW else ())]
    within = frame([a for _, a in shown], [report.lists.n, report.head.total])
    rows = [row(i, sentence_case(s.assumption), a, within, room=WIDE) for i, (s, a) in enumerate(shown)]
    caption = "The same data under other assumptions, none of which can be tested: each fits the people recorded "
    caption += "equally well, and says something else of those who were not."
    if len(told) > ASSUMED:
        caption += f" {counted(len(told) - ASSUMED, 'further answer')} only in the table."
    if len(silent) > FEW:
        caption += (
            f" Under {counted(len(silent), 'further assumption')} there is no answer, for the reasons listed below."
        )
    picture = Picture(
        name="hidden-assumptions",
        svg="",
        alt=f"Totals under {counted(len(shown), 'assumption')} with their intervals, also in the table below.",
        caption=caption,
    )
    return picture, plot(rows, within, room=WIDE, **headline_lines(report, within))


def _band(report: Report) -> Wanted:
    sweep = swept(report)
    if sweep is None:
        return None
    low, high = (end(p.odds for p in sweep.points) for end in (min, max))
    tips = [tip for tip in sweep.tipping if tip.get("end", "total") == "total" and tip.get("odds") is not None]
    tips = [tip for tip in tips if low <= tip["odds"] <= high]
    picture = Picture(
        name="hidden-band",
        svg="",
        alt=f"The total and its interval against the odds ratio, from {times(low)} to {times(high)}; the table below "
        "gives the numbers.",
        caption=_band_caption(sweep, tips),
    )
    within = frame([Answer(total=p.total, lower=p.lower, upper=p.upper) for p in sweep.points], [report.lists.n])
    marks = [_upright(tip["odds"], _letter(i), True) for i, tip in enumerate(tips)]
    return picture, {
        "rows": [_moment(p, within) for p in sweep.points],
        "x_axis": "odds ratio of what is assumed (1: as assumed)",
        "y_axis": "people (logarithmic scale)",
        "x_domain": [low * 0.97, high * 1.03],
        "x_ticks": _odds_ticks(low, high),
        "y_domain": [within.low, within.high],
        "y_ticks": within.ticks,
        "uprights": [_upright(1.0, "as assumed", False), *marks],
        "levels": [{"value": float(report.lists.n), "text": f"{people(report.lists.n)} recorded"}],
    }


def _moment(point: SweepPoint, within: Frame) -> dict[str, float | None]:
    ends = {"total": point.total, "lower": point.lower, "upper": point.upper}
    return {"odds": point.odds, **{k: None if end is None else within.end(end) for k, end in ends.items()}}


def _band_caption(sweep: Sweep, tips: Sequence[Given]) -> str:
    told = "; ".join(f"{_letter(i)}: {tip['conclusion']}" for i, tip in enumerate(tips))
    caption = (
        f"{sentence_case(sweep.assumption)}: the total (line) and its interval (grey) if that is not quite so. An odds "
        "ratio of 2 or of 0.5 means twice or half as many hidden people as the assumption gives. The intervals over "
        f"the whole range: {span(sweep.band_lower, sweep.band_upper)}."
    )
    return caption + (f" A dashed line marks where a conclusion begins or ceases to hold. {told}." if told else "")


def _letter(at: int) -> str:
    return chr(65 + at % 26)


def _upright(odds: float, text: str, tipping: bool) -> dict[str, Any]:
    """A line at one value; names of lines that lie close to 1 stand higher, clear of its own."""
    high = tipping and 0.8 < odds < 1.25
    weight, dash = ("bold", [5, 3]) if tipping else ("normal", [1, 0])
    return {"odds": odds, "text": text, "dash": dash, "weight": weight, "height": -16 if high else -4}


def _odds_ticks(low: float, high: float) -> list[float]:
    known = (0.1, 0.2, 0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 10)
    found = [value for value in known if low * 0.99 <= value <= high * 1.01]
    return found if len(found) <= 9 else list(ticks(low, high))
