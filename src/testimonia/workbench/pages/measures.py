"""Measures: what states and bodies do, order and announce."""

from __future__ import annotations

from starlette.responses import Response

from testimonia.workbench.bench import Bench
from testimonia.workbench.pages.tables import table
from testimonia.workbench.web import Asked, Route, get

__all__ = ["ROUTES"]


def measures(bench: Bench, asked: Asked) -> Response:
    """Measures as a table, chosen by what the address asks for."""
    return table(bench, asked, "measure", "measures")


ROUTES: tuple[Route, ...] = (get("/measures", "measures", measures),)
