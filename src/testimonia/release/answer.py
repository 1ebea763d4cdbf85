"""A report that answers one question: the answer in large words, what it rests on, then chapters; as one HTML page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from markupsafe import Markup

from testimonia.release.blocks import Prose, Section
from testimonia.release.paper import environment, image, policy

__all__ = ["Page", "html"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The whole, ready to be drawn; `headline` is the answer in large words, its first sentence the largest.

    `quote`: what may be quoted word for word, None where nothing is put like that. `footer`: what the page is made
    from, and whether it is safe to hand on.
    """

    title: str
    subtitle: str
    headline: tuple[str, ...]
    banners: tuple[str, ...]
    summary: tuple[Prose, ...]
    sections: tuple[Section, ...]
    footer: str
    quote: Prose | None = None


def html(page: Page) -> str:
    """Draw the page as one HTML page without script; every text is escaped."""
    style = _style()
    template = environment().get_template("answer.html")
    return template.render(
        d=page,
        style=Markup(style),  # noqa: S704 - packaged
        policy=policy(style),
        image=image,
        back=None,
    )


@cache
def _style() -> str:
    folder = resources.files("testimonia.release").joinpath("templates")
    return folder.joinpath("dossier.css").read_text("utf-8") + folder.joinpath("hidden.css").read_text("utf-8")
