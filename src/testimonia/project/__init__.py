"""The one room that knows the order of the stages. Command line, workbench and Python face all call it.

Each stage is idempotent: its work is keyed by what went in and by the version of what did it, so that running
a stage twice changes nothing, and a run that was killed goes on where it stopped.
"""

from testimonia.project.coding import code, trace
from testimonia.project.demo import DemoResult, demo
from testimonia.project.estimates import (
    estimate,
    estimates_document,
    is_casebook,
    linked_table,
    methods,
    overlap_table,
    plain_estimates,
    prepare_estimates,
    write_estimates,
)
from testimonia.project.findings import dossier, export
from testimonia.project.folders import prepare
from testimonia.project.intake import take_in
from testimonia.project.link_files import DOCUMENT as LINK_DOCUMENT
from testimonia.project.linking import (
    LinkResult,
    casebook_at,
    casebook_of,
    link,
    link_casebook,
    prepare_links,
)
from testimonia.project.lists import check_lists
from testimonia.project.main_job import RunResult, new, run, search, verify
from testimonia.project.overview import Overview, overview, tour_stops
from testimonia.project.reviewing import review_desk
from testimonia.project.steps import Report, Step, quiet

__all__ = [
    "LINK_DOCUMENT",
    "DemoResult",
    "LinkResult",
    "Overview",
    "Report",
    "RunResult",
    "Step",
    "casebook_at",
    "casebook_of",
    "check_lists",
    "code",
    "demo",
    "dossier",
    "estimate",
    "estimates_document",
    "export",
    "is_casebook",
    "link",
    "link_casebook",
    "linked_table",
    "methods",
    "new",
    "overlap_table",
    "overview",
    "plain_estimates",
    "prepare",
    "prepare_estimates",
    "prepare_links",
    "quiet",
    "review_desk",
    "run",
    "search",
    "take_in",
    "tour_stops",
    "trace",
    "verify",
    "write_estimates",
]
