"""The hidden total: how many people no list recorded, as far as the linked lists can say."""

from __future__ import annotations

from starlette.responses import Response

from testimonia.errors import BadTable, MissingPart
from testimonia.project import showing
from testimonia.workbench.bench import Bench
from testimonia.workbench.pages.tables import all_plans, estimating, linked, shown
from testimonia.workbench.web import Asked, Refused, Route, answer, get, post

__all__ = ["ROUTES"]


def estimate(bench: Bench, asked: Asked) -> Response:
    """What the linkage came to and what the estimate says; or how to get them."""
    work, told = estimating(bench), linked(bench)
    chapters = showing.sections_of(told, work.report, {name: plan.picture for name, plan in all_plans(bench).items()})
    return shown(bench, asked, "estimate.html", linked=told, work=work, chapters=chapters)


def start(bench: Bench, asked: Asked) -> Response:
    """Begin an estimate by the quick methods."""
    try:
        estimating(bench).start(bench.book)
    except (BadTable, MissingPart) as error:
        raise Refused(409, str(error)) from error
    return answer(estimating(bench).told())


def progress(bench: Bench, asked: Asked) -> Response:
    """How far the estimate is."""
    return answer(estimating(bench).told())


ROUTES: tuple[Route, ...] = (
    get("/estimate", "estimate", estimate),
    post("/estimate/start", "estimate_start", start, judges=False),
    get("/estimate/progress", "estimate_progress", progress),
)
