"""Origins: who stands behind what is said, and which documents repeat it."""

from __future__ import annotations

from starlette.responses import Response

from testimonia.project import showing
from testimonia.workbench.bench import Bench
from testimonia.workbench.pages.tables import found, plans, shown
from testimonia.workbench.web import Asked, Refused, Route, get

__all__ = ["ROUTES"]


def origins(bench: Bench, asked: Asked) -> Response:
    """All origins, with the documents and passages that go back to each."""
    chosen = {"kind": asked.word("kind"), "certainty": asked.word("certainty"), "words": asked.word("q")}
    listed = showing.origins_of(found(bench), **chosen)
    values = {"found": found(bench), "plans": plans(bench), "chosen": chosen, "listed": listed}
    return shown(bench, asked, "origins.html", **values)


def origin(bench: Bench, asked: Asked) -> Response:
    """One origin: why it is one, what it rests on, who repeats it, what it says."""
    try:
        told = showing.origin_story(found(bench), asked.path["id"])
    except KeyError as error:
        raise Refused(404, "There is no origin here; origins are worked out anew as documents come.") from error
    return shown(bench, asked, "origin.html", told=told, found=found(bench))


ROUTES: tuple[Route, ...] = (get("/origins", "origins", origins), get("/origins/{id}", "origin", origin))
