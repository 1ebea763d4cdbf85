"""Acts: what was done to whom."""

from __future__ import annotations

from starlette.responses import Response

from testimonia.workbench.bench import Bench
from testimonia.workbench.pages.tables import table
from testimonia.workbench.web import Asked, Route, get

__all__ = ["ROUTES"]


def acts(bench: Bench, asked: Asked) -> Response:
    """Acts as a table, chosen by what the address asks for."""
    return table(bench, asked, "act", "acts")


ROUTES: tuple[Route, ...] = (get("/acts", "acts", acts),)
