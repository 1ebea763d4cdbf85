"""The timeline: what is told as done, by the date its text gives it."""

from __future__ import annotations

from starlette.responses import Response

from testimonia.workbench.bench import Bench
from testimonia.workbench.pages.tables import plans, table
from testimonia.workbench.web import Asked, Route, get

__all__ = ["ROUTES"]


def timeline(bench: Bench, asked: Asked) -> Response:
    """Dated acts and measures as a picture and a table."""
    return table(bench, asked, "event", "timeline", plans=plans(bench))


ROUTES: tuple[Route, ...] = (get("/timeline", "timeline", timeline),)
