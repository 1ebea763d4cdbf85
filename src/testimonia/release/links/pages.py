"""The report of a linkage as one value, as one page of HTML, and as a chapter of the dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from testimonia.release.answer import Page, html
from testimonia.release.blocks import Block, Picture, Prose, Section
from testimonia.release.links import chapters, first
from testimonia.release.links.words import Given, people, text
from testimonia.release.wording import counted

__all__ = ["Page", "beside_truth", "compose", "html", "section"]

TITLE = "Who is the same person"
FOOTER = "Written by testimonia from lists of people. It holds no names, and is not encrypted."
NO_LISTS = (
    "This casebook holds no lists of people, or they have not been linked. Lists of several organisations that overlap "
    "say how many persons stand behind their records, and make it possible to estimate how many are on none."
)
Pictures = Mapping[str, Picture]
_CHAPTERS: tuple[tuple[str, str, Callable[[Given, Pictures], Iterator[Block]]], ...] = (
    ("lists", "Each list and each overlap", chapters.lists),
    ("evidence", "What carried the links", chapters.evidence),
    ("doubt", "How sure, and what if the doubtful links are left out", chapters.doubt),
    ("calibration", "Whether the probabilities are right", chapters.calibration),
    ("review", "What people decided", chapters.review),
    ("missed", "What may have been missed", chapters.missed),
    ("rows", "Rows in which something was odd", chapters.rows),
    ("how", "How it was done", chapters.how),
)


def compose(links: Given, pictures: Pictures, banners: tuple[str, ...] = ()) -> Page:
    """Build the page; chapters without content are left out."""
    made = [Section(id=id_, title=title, blocks=tuple(write(links, pictures))) for id_, title, write in _CHAPTERS]
    return Page(
        title=TITLE,
        subtitle=f"{counted(links['records'], 'record')} on {counted(len(links['lists']), 'list')}, "
        f"{people(links['pairs']['candidates'])} pairs in question",
        headline=first.headline(links),
        banners=banners,
        summary=first.quarters(links),
        sections=tuple(part for part in made if part.blocks),
        footer=FOOTER,
    )


def section(links: Given | None, pictures: Pictures) -> Section:
    """The chapter of the dossier: headline, what is known, how sure it is, lists and overlaps; no names.

    Without links it says what it would take.
    """
    if links is None:
        return Section(id="links", title=TITLE, blocks=(Prose(sentences=(text(NO_LISTS),)),))
    large, *lines = first.headline(links)
    answer = Prose(heading=large, sentences=tuple(map(text, lines)))
    return Section(id="links", title=TITLE, blocks=(answer, *first.quarters(links), *chapters.lists(links, pictures)))


def beside_truth(totals: Section, links: Given | None) -> Section:
    """The chapter on hidden totals with what is true of invented lists beside it; as it is for lists that are not."""
    truth = (links or {}).get("truth")
    if not truth:
        return totals
    said = f"These lists are invented, so the truth is known: there are {people(truth['population'])} people in all."
    return replace(totals, blocks=(Prose(heading="What is true", sentences=(text(said),)), *totals.blocks))
