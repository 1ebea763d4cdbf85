"""Pictures of the findings, drawn in the key-less process when a page shows them."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.responses import Response, StreamingResponse

from testimonia.project import showing
from testimonia.workbench.bench import Bench
from testimonia.workbench.languages import language
from testimonia.workbench.pages.figures import PICTURE
from testimonia.workbench.pages.tables import all_plans
from testimonia.workbench.web import Asked, Refused, Route, get

__all__ = ["ROUTES"]


def picture(bench: Bench, asked: Asked) -> Response:
    """One picture, drawn after the bench has been let go of: that takes seconds, and nobody must wait for it."""
    plan = all_plans(bench).get(asked.path["picture"])
    if plan is None:
        raise Refused(404, "There is no such picture, or there are no numbers for it yet.")
    easel = bench.keep("easel", lambda: showing.Easel(bench.sandbox))
    spoken = language(asked.locale)
    words = {english: spoken.gettext(english) for english in PICTURE}

    def drawn() -> Iterator[str]:
        yield easel.draw(plan, words)

    return StreamingResponse(drawn(), media_type="image/svg+xml")


ROUTES: tuple[Route, ...] = (get("/pictures/{picture}.svg", "picture", picture),)
