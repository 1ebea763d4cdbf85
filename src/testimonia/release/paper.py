"""What every page of HTML shares: templates that escape, a policy that allows nothing, pictures inside the page."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

from jinja2 import Environment, StrictUndefined, select_autoescape
from jinja2.loaders import PackageLoader
from markupsafe import Markup, escape

__all__ = ["environment", "image", "policy"]


def policy(style: str) -> str:
    """Return the content security policy: nothing is loaded, no script runs, one style sheet by its hash."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def image(svg: str) -> str:
    """Return a picture as an address that holds it whole."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _breaking(text: str) -> Markup:
    """Escape `text`, and let long names in it break after a stroke, an underscore or a dot."""
    pieces = re.split(r"(?<=[_/.])(?=\w)", text)
    return Markup("<wbr>").join(pieces) if len(text) > 20 and " " not in text else escape(text)


@cache
def environment() -> Environment:
    """Return the templates; every text put into one is escaped, a name that is not given is an error."""
    made = Environment(
        loader=PackageLoader(__package__, "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["breaking"] = _breaking
    return made
