"""The whole dossier as it stands at this moment."""

from __future__ import annotations

from starlette.responses import Response

from testimonia.project import showing
from testimonia.workbench.bench import Bench
from testimonia.workbench.pages.tables import all_plans, estimating, found, linked, shown
from testimonia.workbench.web import Asked, Route, get

__all__ = ["ROUTES"]


def dossier(bench: Bench, asked: Asked) -> Response:
    """Every section of the dossier, each note leading to its passage."""
    work = estimating(bench)
    told = bench.remember(f"dossier {work.of}", lambda: _composed(bench))
    return shown(bench, asked, "dossier.html", d=told)


def _composed(bench: Bench) -> showing.Dossier:
    held, drawn, totals = found(bench), all_plans(bench), estimating(bench).report
    return showing.composed(bench.book, held, drawn, sample=bench.sample, linked=linked(bench), totals=totals)


ROUTES: tuple[Route, ...] = (get("/dossier", "dossier", dossier),)
