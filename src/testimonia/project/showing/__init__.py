"""What the pages on findings show, as plain values: tables, the chain behind a figure, pictures, the dossier, live."""

from testimonia.project.showing.chain import Story, drawn_origins, story
from testimonia.project.showing.choosing import Choice, Chosen, Option, choice, choose
from testimonia.project.showing.drawn import Easel, Plan, plans, plans_of_total
from testimonia.project.showing.hidden import Estimating, linked_summary, sections_of
from testimonia.project.showing.labels import code_name, counted_name, place_name, unit_name
from testimonia.project.showing.lacking import Lacking, lacking
from testimonia.project.showing.origins import OriginStory, origin_story, origins_of
from testimonia.project.showing.paper import Dossier, composed
from testimonia.project.showing.rows import FACETS, Kind, Row, Said, Spot, rows, spot_of
from testimonia.project.showing.standing import Found, found
from testimonia.release.desk import around
from testimonia.release.figures import bounds

__all__ = [
    "FACETS",
    "Choice",
    "Chosen",
    "Dossier",
    "Easel",
    "Estimating",
    "Found",
    "Kind",
    "Lacking",
    "Option",
    "OriginStory",
    "Plan",
    "Row",
    "Said",
    "Spot",
    "Story",
    "around",
    "bounds",
    "choice",
    "choose",
    "code_name",
    "composed",
    "counted_name",
    "drawn_origins",
    "found",
    "lacking",
    "linked_summary",
    "origin_story",
    "origins_of",
    "place_name",
    "plans",
    "plans_of_total",
    "rows",
    "sections_of",
    "spot_of",
    "story",
    "unit_name",
]
