"""Act, means and purpose: which words establish each element of trafficking, and which element nothing establishes."""

from __future__ import annotations

from starlette.responses import Response

from testimonia.workbench.bench import Bench
from testimonia.workbench.pages.tables import found, shown
from testimonia.workbench.web import Asked, Route, get

__all__ = ["ROUTES"]


def palermo(bench: Bench, asked: Asked) -> Response:
    """The three elements, document by document, with their passages; and acts by kind with their origins."""
    return shown(bench, asked, "palermo.html", found=found(bench))


ROUTES: tuple[Route, ...] = (get("/palermo", "palermo", palermo),)
