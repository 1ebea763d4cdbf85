"""The parts of the dossier after its first page, each a list of sentences, tables and pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from testimonia.release import hidden, links
from testimonia.release.blocks import Block, Limits, Notes, Picture, Section
from testimonia.release.desk import Desk
from testimonia.release.findings import Findings
from testimonia.release.section_acts import acts, elements
from testimonia.release.section_figures import figures
from testimonia.release.section_origins import files, missing, origins
from testimonia.release.section_time import measures, when

__all__ = ["sections"]


_SECTIONS: tuple[tuple[str, str, Callable[[Desk], Iterator[Block]]], ...] = (
    ("elements", "Act, means and purpose", elements),
    ("acts", "What was done", acts),
    ("figures", "Figures", figures),
    ("measures", "Measures of states and bodies", measures),
    ("when", "When and where", when),
    ("origins", "Who stands behind it", origins),
    ("missing", "What is missing", missing),
    ("files", "Files", files),
)
_SHARES = (24, 18, 22, 14, 8, 5, 4, 5)  # percent of all rows, so that no section takes the room of another


_BEFORE = "origins"  # the chapters on linked lists and hidden totals stand before it


def sections(
    found: Findings,
    notes: Notes,
    limits: Limits,
    pictures: Mapping[str, Picture],
    totals: Mapping[str, Any] | None = None,
    linked: Mapping[str, Any] | None = None,
) -> tuple[Section, ...]:
    """Build all sections; rows beyond `limits` are named by their row number in the CSV files.

    `totals` is the JSON form of a report of hidden totals, `linked` the summary of a linkage.
    """
    made: list[Section] = []
    for (name, title, write), share in zip(_SECTIONS, _SHARES, strict=True):
        if name == _BEFORE:
            made += [links.section(linked, pictures), links.beside_truth(hidden.section(totals, pictures), linked)]
        room = replace(limits, total=limits.total * share // 100)
        blocks = tuple(write(Desk(found, notes, room, pictures)))
        made.append(Section(id=name, title=title, blocks=blocks))
    return tuple(made)
