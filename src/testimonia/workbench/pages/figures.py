"""Figures: how many, of what, where and when, and who says so."""

from __future__ import annotations

from starlette.responses import Response

from testimonia.workbench.bench import Bench
from testimonia.workbench.pages.tables import table
from testimonia.workbench.web import Asked, Route, get

__all__ = ["ROUTES"]


def figures(bench: Bench, asked: Asked) -> Response:
    """Figures as a table, chosen by what the address asks for."""
    return table(bench, asked, "figure", "figures")


ROUTES: tuple[Route, ...] = (get("/figures", "figures", figures),)
