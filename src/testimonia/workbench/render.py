"""Drawing pages: templates with every text escaped, in the language of the reader."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from testimonia.workbench.bench import Bench
from testimonia.workbench.languages import LANGUAGES, Language, language
from testimonia.workbench.languages import mark as _
from testimonia.workbench.web import Asked

__all__ = ["kind_label", "page", "static_file", "url"]

TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


def page(bench: Bench, asked: Asked, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page drawn from a template. What comes from a casebook is escaped; nothing is ever marked as safe."""
    text = (
        _environment(asked.locale)
        .get_template(template)
        .render(
            asked=asked,
            who=bench.who,
            sample=bench.sample,
            locked=bench.locked,
            casebook=bench.name,
            languages=LANGUAGES,
            lang=asked.locale,
            **values,
        )
    )
    return HTMLResponse(_encodable(text), status_code=status)


@cache
def _environment(code: str) -> Environment:
    made = Environment(
        loader=PackageLoader("testimonia.workbench", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    spoken = language(code)
    made.install_gettext_callables(spoken.gettext, spoken.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.policies["ext.i18n.trimmed"] = True
    made.filters.update(number=spoken.number, percent=spoken.percent, day=spoken.day, moment=spoken.moment)
    made.globals.update(url=url, exists=_exists, static=lambda name: f"/static/{name}")
    made.globals.update(navigation=lambda: _navigation(spoken), kind_label=lambda kind: kind_label(kind, spoken))
    return made


def _encodable(text: str) -> str:
    """A text that UTF-8 can hold: half a sign, as a file name of other bytes gives, is shown as U+FFFD."""
    return text if text.isascii() else text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


NAVIGATION = (
    ("home", _("Casebook")),
    ("search", _("Search")),
    ("files", _("Files")),
    ("figures", _("Figures")),
    ("measures", _("Measures")),
    ("acts", _("Acts")),
    ("origins", _("Origins")),
    ("palermo", _("Elements")),
    ("timeline", _("Timeline")),
    ("map", _("Map")),
    ("pairs", _("Pairs")),
    ("estimate", _("Hidden total")),
    ("doubles", _("Second reading")),
    ("missing", _("Missing")),
    ("dossier", _("Dossier")),
)
KINDS = {
    "figure": _("figures"),
    "attribution": _("attributions"),
    "measure": _("measures"),
    "act": _("acts"),
    "place": _("places"),
    "org": _("organisations"),
    "law": _("laws"),
    "date": _("dates"),
    "person": _("persons"),
    "role": _("roles"),
    "demonym": _("demonyms"),
}


def _exists(name: str) -> bool:
    from testimonia.workbench.routes import ROUTES

    return any(route.name == name for route in ROUTES)


def _navigation(spoken: Language) -> list[tuple[str, str]]:
    return [(name, spoken.gettext(label)) for name, label in NAVIGATION if _exists(name)]


def kind_label(kind: str, spoken: Language) -> str:
    """The name of a kind of coding, in the plural."""
    return spoken.gettext(KINDS[kind]) if kind in KINDS else kind


def url(name: str, **values: Any) -> str:
    """The address of a route by its name: what the path names goes into it, the rest into the query."""
    from testimonia.workbench.routes import ROUTES

    path = next(route.path for route in ROUTES if route.name == name)
    query = []
    for key, value in values.items():
        if f"{{{key}}}" in path:
            path = path.replace(f"{{{key}}}", quote(str(value), safe=""))
        elif f"{{{key}:path}}" in path:
            path = path.replace(f"{{{key}:path}}", quote(str(value)))
        elif value not in (None, ""):
            query += [(key, one) for one in (value if isinstance(value, (list, tuple)) else [value])]
    return path + (f"?{urlencode(query)}" if query else "")


def static_file(name: str) -> Response | None:
    """A packaged style sheet, script or picture; None where there is none of this name."""
    place = resources.files("testimonia.workbench").joinpath("static")
    known = {one.name: one for one in place.iterdir() if one.is_file()}
    kind = TYPES.get(name[name.rfind(".") :])
    if name not in known or kind is None:
        return None
    return Response(known[name].read_bytes(), media_type=kind)
