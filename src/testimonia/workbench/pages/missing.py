"""What is missing: not read, lost, not coded, refused, not judged."""

from __future__ import annotations

from starlette.responses import Response

from testimonia.project import showing
from testimonia.workbench.bench import Bench
from testimonia.workbench.pages.tables import found, shown
from testimonia.workbench.web import Asked, Route, get

__all__ = ["ROUTES"]


def missing(bench: Bench, asked: Asked) -> Response:
    """Everything that a reader must know is not in the findings."""
    return shown(
        bench,
        asked,
        "missing.html",
        found=found(bench),
        gaps=found(bench).findings.missing,
        open=showing.lacking(found(bench)),
    )


ROUTES: tuple[Route, ...] = (get("/missing", "missing", missing),)
