"""The invented sample project, the whole way: documents, lists, links, hidden total, dossier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from testimonia import sample
from testimonia.casebook import Casebook, Kdf
from testimonia.errors import MissingPart
from testimonia.project.estimates import (
    estimate,
    linked_table,
    plain_estimates,
    prepare_estimates,
    write_estimates,
)
from testimonia.project.linking import LinkResult, link_casebook, prepare_links
from testimonia.project.lists import take_in_lists
from testimonia.project.main_job import RunResult, Stopwatch, run
from testimonia.project.steps import Report, Step, quiet
from testimonia.sandbox import Sandbox

__all__ = ["DemoResult", "demo"]

DRAWS = 60
# The quick methods: those that sample for long are asked by `estimate`, and would double the time of the demo.
METHODS = ("independence", "chao", "sample-coverage", "loglinear-bic", "loglinear-average", "bic-bootstrap")
LINKS, TOTALS = "links", "estimates"


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo came to: the main job, the links, the hidden total, and what is true of the invented people.

    `links` and `totals` are None where a part of the installation is missing, and `missing` then says which.
    """

    run: RunResult
    links: LinkResult | None
    totals: Mapping[str, Any] | None
    truth: Mapping[str, Any]
    missing: str = ""


def demo(out: Path, *, sandbox: Sandbox, kdf: Kdf | None = None, report: Report = quiet) -> DemoResult:
    """Take in the documents of the sample, link its lists, estimate, and write a dossier with all of it."""
    told: dict[str, Any] = {}

    def also(casebook: Casebook, watch: Stopwatch) -> Mapping[str, Any] | None:
        try:
            told.update(_lists(casebook, out, watch, sandbox, report))
        except MissingPart as problem:
            told["missing"] = str(problem)
            report(Step("link", 1, 1, str(problem), notable=True))
        return told.get("totals")

    result = run(
        [sample.path()], out, sample.PASSPHRASE, sandbox=sandbox, sample=True, kdf=kdf, also=also, report=report
    )
    return DemoResult(result, told.get("links"), told.get("totals"), sample.truth(), told.get("missing", ""))


def _lists(casebook: Casebook, out: Path, watch: Stopwatch, sandbox: Sandbox, report: Report) -> Mapping[str, Any]:
    with watch("lists"):
        taken = take_in_lists(casebook, sample.lists(), report=report)
    prepare_links(out / LINKS)
    links = link_casebook(
        casebook,
        out / LINKS,
        sandbox=sandbox,
        taken=taken,
        watch=watch,
        known=sample.truth(),
        draws=DRAWS,
        report=report,
    )
    with watch("estimate"):
        found = plain_estimates(estimate(linked_table(casebook), methods=METHODS, report=report))
        prepare_estimates(out / TOTALS)
        write_estimates(found, out / TOTALS, sandbox=sandbox, report=report)
    return {"links": links, "totals": found}
