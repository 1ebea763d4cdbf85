"""What the pages on findings show, as plain values: tables, the chain behind a figure, pictures, the dossier, live."""

from testimonia.project.showing.chain import Story, drawn_origins, story
from testimonia.project.showing.choosing import Choice, Chosen, Option, choice, choose
from testimonia.project.showing.labels import code_name, counted_name, place_name, unit_name
from testimonia.project.showing.rows import FACETS, Kind, Row, Said, Spot, rows, spot_of
from testimonia.project.showing.standing import Found, found
from testimonia.release.desk import around
from testimonia.release.figures import bounds

__all__ = [
    "FACETS",
    "Choice",
    "Chosen",
    "Found",
    "Kind",
    "Option",
    "Row",
    "Said",
    "Spot",
    "Story",
    "around",
    "bounds",
    "choice",
    "choose",
    "code_name",
    "counted_name",
    "drawn_origins",
    "found",
    "place_name",
    "rows",
    "spot_of",
    "story",
    "unit_name",
]
