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
    held, drawn, totals = found(bench), all_plans(bench), estimating(bench).report
    told = showing.composed(bench.book, held, drawn, sample=bench.sample, linked=linked(bench), totals=totals)
    return shown(bench, asked, "dossier.html", d=told)


ROUTES: tuple[Route, ...] = (get("/dossier", "dossier", dossier),)
