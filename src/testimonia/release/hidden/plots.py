"""Rows of dots and intervals on one axis: what all such pictures are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from testimonia.release.hidden.frames import Frame
from testimonia.release.hidden.terms import method
from testimonia.release.hidden.view import Answer, Report
from testimonia.release.hidden.words import cut, interval, model_parts, people
from testimonia.release.wording import listed, sentence_case

__all__ = ["WIDE", "answer_name", "headline_lines", "plot", "row"]

Row = dict[str, Any]
LABELS, WIDE = 214, 290  # pixels for the words on the left


def answer_name(answer: Answer, names: Sequence[str]) -> str:
    """A method by name; where it uses two lists alone, which."""
    name = method(answer.method).name
    terms = model_parts(answer.model, len(names)) if answer.method == "lincoln-petersen" else ()
    return f"{name}: {listed(names[i] for term in terms for i in term)}" if terms else name


def row(
    at: int, label: str, answer: Answer, within: Frame, bold: bool = False, room: int = LABELS, **more: Any
) -> dict[str, Any]:
    """One row of a plot: what lies beyond the frame ends in an arrow, and its numbers stand beside it."""
    shown = within.holds(answer.total)
    open_end = answer.upper is None or answer.upper > within.high
    return {
        "at": at,
        "label": cut(label, room // 5),
        "total": answer.total if shown else None,
        "lower": within.end(answer.lower) if answer.lower is not None else None,
        "end": within.end(answer.upper) if answer.upper is not None else None,
        "open": open_end and answer.upper is not None,
        "kind": _interval_kind(answer),
        "bold": bold,
        "text": _numbers(answer),
        "note": "" if not answer.refused else sentence_case(f"refused: {answer.reason or 'no reason was given'}"),
        **more,
    }


def _interval_kind(answer: Answer) -> str:
    if answer.method == "chao":
        return "lower bound"
    return f"{method(answer.method).interval} interval"


def _numbers(answer: Answer) -> str:
    if answer.refused:
        return ""
    told = people(answer.total)
    return f"{told} ({interval(answer)})" if answer.lower is not None or answer.upper is not None else told


def plot(rows: Sequence[Row], within: Frame, **more: Any) -> dict[str, Any]:
    """What is drawn: the rows on their axis, and `more` instead of what a plain plot has."""
    kinds = [kind for kind in ("confidence interval", "credible interval", "lower bound") if _used(rows, kind)]
    return {
        "rows": rows,
        "kinds": kinds,
        "domain": [within.low, within.high],
        "ticks": within.ticks,
        "axis": "people (logarithmic scale)",
        "lines": [],
        "band": None,
        "room": LABELS,
        **more,
    }


def _used(rows: Sequence[Mapping[str, Any]], kind: str) -> bool:
    return any(row["kind"] == kind and row["total"] is not None for row in rows)


def _line(value: float, text: str, side: str = "center", dashed: bool = True) -> dict[str, Any]:
    return {"value": value, "text": text, "side": side, "dash": [4, 3] if dashed else [1, 0]}


def headline_lines(report: Report, within: Frame) -> dict[str, Any]:
    """The people recorded and the headline, to compare with; their names keep apart."""
    n, total = float(report.lists.n), report.head.total
    near = (
        total is not None and within.holds(total) and within.holds(n) and total / n < (within.high / within.low) ** 0.4
    )
    lines = [_line(n, f"{people(n)} recorded", "right" if near else "center")] if within.holds(n) else []
    if total is not None and within.holds(total):
        lines.append(_line(total, "headline", "left" if near else "center", dashed=False))
    band = None
    if report.head.lower is not None and report.head.upper is not None:
        band = [within.end(report.head.lower), within.end(report.head.upper)]
    return {"lines": lines, "band": band}
