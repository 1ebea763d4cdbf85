"""The report as one value, as one page of HTML, and as a chapter of the dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from testimonia.release.answer import Page, html
from testimonia.release.blocks import Block, Picture, Prose, Section
from testimonia.release.hidden import first
from testimonia.release.hidden.chapter_answers import lists, methods
from testimonia.release.hidden.chapter_doubts import assumption, linkage, variations
from testimonia.release.hidden.chapter_how import diagnostics, how, words
from testimonia.release.hidden.chapter_models import models
from testimonia.release.hidden.desk import Desk, text
from testimonia.release.hidden.quotable import quotable
from testimonia.release.hidden.view import Report
from testimonia.release.hidden.words import people
from testimonia.release.wording import counted

__all__ = ["Page", "chapter", "compose", "html"]

TITLE = "How many were never recorded"
FOOTER = "Written by testimonia from a table of counts. This page is not encrypted."
NO_LISTS = (
    "The data cannot say how many people were recorded by nobody. For that it takes three lists or more of people, "
    "kept apart from one another (interviews, press, a hotline, courts), of the same population in the same time and "
    "place, in which some people stand on two lists or more and were recognised there as the same. This casebook holds "
    "no such linked lists."
)
_CHAPTERS: tuple[tuple[str, str, Callable[[Desk], Iterator[Block]]], ...] = (
    ("methods", "Every method", methods),
    ("lists", "The lists and their overlaps", lists),
    ("models", "Models", models),
    ("assumption", "What nobody can test", assumption),
    ("variations", "What moves the answer", variations),
    ("linkage", "Doubt about who is the same person", linkage),
    ("diagnostics", "What the methods measure of themselves", diagnostics),
    ("how", "How it was done", how),
    ("words", "Words", words),
)


def compose(report: Report, pictures: Mapping[str, Picture], banners: tuple[str, ...] = ()) -> Page:
    """Build the pages of a report; chapters without content are left out."""
    desk = Desk(report, pictures)
    made = [Section(id=id_, title=title, blocks=tuple(write(desk))) for id_, title, write in _CHAPTERS]
    return Page(
        title=TITLE,
        subtitle=_subtitle(report),
        headline=first.headline(report),
        banners=banners,
        summary=first.quarters(report),
        quote=first.quote(report),
        sections=tuple(section for section in made if section.blocks),
        footer=FOOTER,
    )


def _subtitle(report: Report) -> str:
    found = report.lists
    name = f"{found.name}: " if found.name else ""
    return (
        f"{name}{counted(len(found.names), 'list')}, {counted(found.n, 'person', 'people')} recorded, "
        f"{people(found.overlap)} of them more than once"
    )


def chapter(report: Report | None, pictures: Mapping[str, Picture]) -> tuple[Block, ...]:
    """The chapter of the dossier: headline, assumption, forest and band; without a report, what would be needed."""
    if report is None:
        return (Prose(sentences=(text(NO_LISTS),)),)
    desk = Desk(report, pictures)
    large, *lines = first.headline(report)
    answer = Prose(heading=large, sentences=tuple(text(line) for line in lines))
    rests, _, sure, _ = first.quarters(report)
    shown = [*desk.picture("hidden-methods")]
    if not shown:
        shown = [block for block in methods(desk) if block.kind == "table"]  # type: ignore[misc]
    band = [*desk.picture("hidden-band")]
    said = Prose(heading="To quote, word for word", sentences=(text(quotable(report)),))
    return (answer, rests, sure, *shown, *band, said)
