"""Which models weigh most, and which the data cannot carry."""

from __future__ import annotations

from collections.abc import Iterator

from testimonia.release.blocks import Block, Cell, Prose
from testimonia.release.hidden.desk import Desk, number, table, text, verdict_cell
from testimonia.release.hidden.terms import method, verdict
from testimonia.release.hidden.view import Model, VerdictRow
from testimonia.release.hidden.words import DASH, decimals, people, percent

__all__ = ["models"]

MOST = 10
FEW = 3  # models of one method


def models(desk: Desk) -> Iterator[Block]:
    """Weights and verdicts of the log-linear models."""
    report = desk.report
    chosen = _chosen(desk)
    if not (report.models or report.verdicts or chosen):
        yield Prose(sentences=(text("The models were not listed one by one for this report."),))
        return
    yield from desk.picture("hidden-models")
    shown = report.models[:MOST]
    if shown:
        yield table(
            "The models of the largest weight. A model names the lists that go together; it holds all parts of them",
            ("Model", "Terms", "Deviance", "AIC", "BIC", "Weight", "Total", "Standard error"),
            (30, 8, 12, 12, 12, 12, 14, 14),
            [_model(desk, model) for model in shown],
            more=f"{len(report.models) - MOST:,} further models in estimates.json." if report.models[MOST:] else "",
        )
    if chosen:
        yield table(
            "How often a model was chosen among resampled tables, or which weight a graph has",
            ("Method", "Model", "Share"),
            (30, 55, 15),
            chosen,
            heading="Which models other methods lean on",
        )
    if report.verdicts:
        yield _verdicts(desk)


def _chosen(desk: Desk) -> list[tuple[Cell, ...]]:
    """The models that bootstraps chose, and the graphs of largest weight, a few of each method."""
    return [
        (
            text(method(answer.method).name),
            desk.model(str(row.get("model") or row.get("graph"))),
            number(percent(share)),
        )
        for answer in desk.report.answers
        for key in ("chosen", "top_graphs")
        for row in (answer.diagnostics.get(key) or ())[:FEW]
        if (share := row.get("share", row.get("probability"))) is not None
    ]


def _model(desk: Desk, model: Model) -> tuple[Cell, ...]:
    weight = model.weight_bic if model.weight_bic is not None else model.weight_aic
    if model.total is None:
        return (desk.model(model.model), *[number(DASH)] * 6, verdict_cell(model.verdict, model.reason))
    return (
        desk.model(model.model),
        number(people(model.parameters)),
        number(decimals(model.deviance)),
        number(decimals(model.aic)),
        number(decimals(model.bic)),
        number(DASH if weight is None else percent(weight)),
        number(people(model.total)),
        number(people(model.standard_error)),
    )


def _verdicts(desk: Desk) -> Block:
    rows = desk.report.verdicts
    total = sum(row.models for row in rows)
    return table(
        f"{people(total)} models were looked at: what the data can say with them",
        ("Verdict", "Models", "In plain words", "Exactly"),
        (22, 10, 34, 34),
        [_verdict(row) for row in rows],
        heading="Which models the data can carry",
    )


def _verdict(row: VerdictRow) -> tuple[Cell, ...]:
    known = verdict(row.verdict)
    return (
        verdict_cell(row.verdict),
        number(people(row.models)),
        text(known.plain or row.reason),
        Cell(text=known.exact, items=(Cell(text=row.reason, tone="soft"),) if row.reason and known.exact else ()),
    )
