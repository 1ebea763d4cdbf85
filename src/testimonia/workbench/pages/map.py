"""The map: where acts are told to have been done, never finer than a province."""

from __future__ import annotations

from starlette.responses import Response

from testimonia.workbench.bench import Bench
from testimonia.workbench.pages.tables import found, plans, shown
from testimonia.workbench.web import Asked, Route, get

__all__ = ["ROUTES"]


def province_map(bench: Bench, asked: Asked) -> Response:
    """Acts by province as a picture and a table, and how many cannot be placed."""
    return shown(bench, asked, "map.html", map=found(bench).findings.map, plans=plans(bench))


ROUTES: tuple[Route, ...] = (get("/map", "map", province_map),)
