"""The parts of the dossier after its first page, each a list of sentences, tables and pictures."""

from __future__ import annotations

from collections.abc import Mapping

from testimonia.release.blocks import Limits, Notes, Picture, Section
from testimonia.release.desk import Desk
from testimonia.release.findings import Findings
from testimonia.release.section_acts import acts, elements
from testimonia.release.section_figures import figures
from testimonia.release.section_origins import files, missing, origins
from testimonia.release.section_time import measures, when

__all__ = ["sections"]


def sections(
    found: Findings, notes: Notes, limits: Limits, pictures: Mapping[str, Picture]
) -> tuple[Section, ...]:
    """Build all sections; rows beyond `limits` are named by their row number in the CSV files."""
    desk = Desk(found, notes, limits, pictures)
    return (
        Section(id="elements", title="Act, means and purpose", blocks=tuple(elements(desk))),
        Section(id="acts", title="What was done", blocks=tuple(acts(desk))),
        Section(id="figures", title="Figures", blocks=tuple(figures(desk))),
        Section(id="measures", title="Measures of states and bodies", blocks=tuple(measures(desk))),
        Section(id="when", title="When and where", blocks=tuple(when(desk))),
        Section(id="origins", title="Who stands behind it", blocks=tuple(origins(desk))),
        Section(id="missing", title="What is missing", blocks=tuple(missing(desk))),
        Section(id="files", title="Files", blocks=tuple(files(desk))),
    )
