"""Figures: how many, of what, where and when, who says so, and what stands behind one of them."""

from __future__ import annotations

from starlette.responses import Response

from testimonia.project import showing
from testimonia.workbench.bench import Bench
from testimonia.workbench.languages import language
from testimonia.workbench.languages import mark as _
from testimonia.workbench.pages.tables import found, rows, shown, table
from testimonia.workbench.web import Asked, Refused, Route, get

__all__ = ["ROUTES"]


PICTURE = (_("Documents"), _("Who stands behind them"), _("said or shown"), _("undecided or unnamed"))


def figures(bench: Bench, asked: Asked) -> Response:
    """Figures as a table, chosen by what the address asks for."""
    return table(bench, asked, "figure", "figures")


def figure(bench: Bench, asked: Asked) -> Response:
    """One figure: the claim, the chain behind it, why that is one origin, what it can be compared with."""
    return shown(bench, asked, "figure.html", story=_story(bench, asked), found=found(bench))


def picture(bench: Bench, asked: Asked) -> Response:
    """Which documents meet in which origins, for one figure and those it is compared with."""
    spoken = language(asked.locale)
    words = {english: spoken.gettext(english) for english in PICTURE}
    return Response(showing.drawn_origins(_story(bench, asked), words), media_type="image/svg+xml")


def _story(bench: Bench, asked: Asked) -> showing.Story:
    held = bench.remember("figures by id", lambda: {row.e.id: row for row in rows(bench, "figure")})
    try:
        return showing.story(found(bench), held, asked.path["id"])
    except KeyError as error:
        raise Refused(404, "There is no figure at this address; it may have been replaced by a later one.") from error


ROUTES: tuple[Route, ...] = (
    get("/figures", "figures", figures),
    get("/figures/{id}", "figure", figure),
    get("/figures/{id}/origins.svg", "figure_picture", picture),
)
