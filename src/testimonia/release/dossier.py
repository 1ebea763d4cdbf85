"""The dossier as one value, and as one page of HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from markupsafe import Markup

from testimonia.release.blocks import Dossier, Limits, Notes, Picture
from testimonia.release.findings import Findings
from testimonia.release.paper import environment, image, policy
from testimonia.release.sections import sections
from testimonia.release.summary import summary
from testimonia.release.wording import counted

__all__ = ["HTML_LIMITS", "PDF_LIMITS", "Standing", "banners", "compose", "html"]

HTML_LIMITS = (250, 3000, 8, 6000)  # rows in a table, rows in all, notes of a statement, notes in all
PDF_LIMITS = (60, 500, 3, 900)
TITLE = "Dossier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What holds for the whole: sources without consent, whether a person has reviewed, whether invented."""

    consent_missing: int
    reviewed: bool
    sample: bool


def banners(told: Standing) -> tuple[str, ...]:
    """Return the lines that stand on every section and page, most important first."""
    said = []
    if told.sample:
        said.append("Invented sample: no event, person or figure in it is real.")
    if told.consent_missing > 0:
        sources = counted(told.consent_missing, "source")
        said.append(f"Consent not recorded for {sources}: not for distribution.")
    if not told.reviewed:
        said.append("Suggested, not reviewed.")
    return tuple(said)


def compose(
    found: Findings,
    told: Standing,
    pictures: Mapping[str, Picture],
    limits: tuple[int, int, int, int],
    hidden: Mapping[str, Any] | None = None,
    links: Mapping[str, Any] | None = None,
) -> Dossier:
    """Build the dossier of `found` with at most `limits` rows and notes.

    `hidden` is the JSON form of a report of hidden totals, `links` the summary of a linkage; without them the dossier
    says what it would take.
    """
    notes = Notes(limits[3])
    first = summary(found, notes, told.reviewed)
    parts = sections(found, notes, Limits(*limits[:3]), pictures, hidden, links)
    return Dossier(
        title=TITLE,
        subtitle=_subtitle(found),
        banners=banners(told),
        sample=told.sample,
        summary=first,
        sections=parts,
        notes=notes.listed(),
        notes_left=notes.left,
    )


def _subtitle(found: Findings) -> str:
    origins = sum(s.origin.certainty != "undecided" for s in found.speakers)
    files, codings = len(found.documents), len(found.evidence)
    return f"{counted(files, 'file')}, {counted(codings, 'coded passage')}, {counted(origins, 'origin')}"


def html(dossier: Dossier) -> str:
    """Draw the dossier as one HTML page without script; every text of a document is escaped."""
    style = _style()
    page = environment().get_template("dossier.html")
    return page.render(d=dossier, style=Markup(style), policy=policy(style), image=image, back=_Back())  # noqa: S704 - packaged


class _Back:
    """Marks the first place that cites a note, so that the note can lead back to it."""

    def __init__(self) -> None:
        self._marked: set[int] = set()

    def mark(self, number: int) -> Markup:
        """Return the address of the place that cites note `number` for the first time, else nothing."""
        if number in self._marked:
            return Markup()
        self._marked.add(number)
        return Markup(' id="r{}"').format(number)


@cache
def _style() -> str:
    return resources.files(__package__).joinpath("templates", "dossier.css").read_text("utf-8")
