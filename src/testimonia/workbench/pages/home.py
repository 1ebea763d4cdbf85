"""The first page, the tour, the language, and the way back in after a pause."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.responses import Response

from testimonia import project
from testimonia.errors import WrongPassphrase
from testimonia.workbench.bench import Bench
from testimonia.workbench.languages import COOKIE, LANGUAGES, language
from testimonia.workbench.pages.logged import action_name
from testimonia.workbench.render import page, static_file
from testimonia.workbench.web import Asked, Refused, Route, answer, get, go

__all__ = ["ROUTES"]

YEAR = 365 * 24 * 3600


def home(bench: Bench, asked: Asked) -> Response:
    """What is in the casebook, what waits, what could not be read, what was done last."""
    found = bench.remember("overview", lambda: project.overview(bench.book))
    spoken = language(asked.locale)
    return page(bench, asked, "home.html", o=found, action_name=lambda one: action_name(one.action, one.why, spoken))


def tour(bench: Bench, asked: Asked) -> Response:
    """Ten minutes through the workbench, best on the sample."""
    return page(bench, asked, "tour.html", stops=bench.remember("tour", lambda: project.tour_stops(bench.book)))


def choose(bench: Bench, asked: Asked) -> Response:
    """Keep the language that was chosen in a cookie, and go back."""
    code = asked.path["code"]
    if code not in LANGUAGES:
        raise Refused(404, "There is no such language here.")
    found = go(_inside(asked.word("back")))
    found.set_cookie(COOKIE, code, max_age=YEAR, httponly=True, samesite="strict", path="/")
    return found


def _inside(address: str) -> str:
    """An address of this workbench; the first page for anything else."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if inside else "/"


def packaged(bench: Bench, asked: Asked) -> Response:
    """A style sheet or script of this installation."""
    found = static_file(asked.path["name"])
    if found is None:
        raise Refused(404, "There is nothing at this address.")
    return found


def words(bench: Bench, asked: Asked) -> Response:
    """The sentences that scripts say, in the language of the page."""
    return answer({"language": asked.locale, "words": dict(language(asked.locale).scripts)})


def locked(bench: Bench, asked: Asked) -> Response:
    """The page that asks for the passphrase after a pause."""
    if not bench.locked:
        return go(_inside(asked.word("back")))
    return page(bench, asked, "unlock.html", back=_inside(asked.word("back")), wrong=False)


def unlock(bench: Bench, asked: Asked) -> Response:
    """Open the casebook again."""
    given = parse_qs(asked.body.decode("utf-8", "replace"), keep_blank_values=True)
    back = _inside(given.get("back", ["/"])[0])
    try:
        bench.unlock(given.get("passphrase", [""])[0])
    except WrongPassphrase:
        return page(bench, asked, "unlock.html", status=403, back=back, wrong=True)
    return go(back)


ROUTES = (
    get("/", "home", home),
    get("/tour", "tour", tour),
    get("/language/{code}", "language", choose, locked=True),
    get("/static/{name}", "static", packaged, locked=True),
    get("/words", "words", words, locked=True),
    get("/unlock", "unlock", locked, locked=True),
    Route("/unlock", "POST", "unlocking", unlock, locked=True, takes="application/x-www-form-urlencoded"),
)
