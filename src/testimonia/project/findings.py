"""What leaves a casebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from testimonia import __version__, release
from testimonia import intake as reading
from testimonia.casebook import Casebook
from testimonia.coding.codebook import load_codebook
from testimonia.coding.rules import RuleCoder
from testimonia.linkage import origins
from testimonia.model import OriginGraph
from testimonia.project.coding import graph_of, trace
from testimonia.project.steps import Report, Step, quiet
from testimonia.release import lines
from testimonia.sandbox import Sandbox

__all__ = ["dossier", "export"]


def dossier(
    casebook: Casebook,
    out: Path,
    *,
    sandbox: Sandbox,
    seconds: Mapping[str, float] | None = None,
    sample: bool = False,
    estimates: Mapping[str, Any] | None = None,
    report: Report = quiet,
) -> Sequence[str]:
    """Write the dossier and the files of findings into `out` (made 0700); return the names written.

    `estimates` is the JSON form of a report of hidden totals, for its chapter.
    """
    trace(casebook, report=quiet)  # what was judged since is no origin any more, or one now
    graph = casebook.origin_graph()
    written = release.write(
        out,
        documents=casebook.documents(),
        graph=graph,
        corroborate=origins.corroborate,
        ledger_rows=list(casebook.arrivals()),
        run_info=_run_info(casebook, seconds or {}),
        consent_missing=casebook.unconsented_sources(),
        reviewed=casebook.summary().get("reviews", 0) > 0,
        sample=sample,
        refused=casebook.refused(),
        hidden=estimates,
        links=linked.summary if (linked := casebook.linkage()) is not None else None,
        sandbox=sandbox,
        progress=lambda done, total, text: report(Step("dossier", done, total, text)),
    )
    return written


def _run_info(casebook: Casebook, seconds: Mapping[str, float]) -> dict[str, Any]:
    coder = RuleCoder()
    return {
        "testimonia": __version__,
        "intake": reading.fingerprint(),
        "coder": {"name": coder.name, "version": coder.version},
        "codebook_sha256": load_codebook().sha256,
        "casebook": casebook.summary(),
        "seconds": {stage: round(spent, 3) for stage, spent in seconds.items()},
    }


def export(casebook: Casebook, what: str, form: str) -> Iterator[str]:
    """Yield the lines of one export (`codings`, `figures`, `measures`, `acts`, `origins`, `ledger`, `renderings`).

    Also `matches`: pairs of records of the linked lists, by their ids. Lists of people are in no other export.
    """
    if what == "matches":
        return _matches(casebook, form)
    return release.export(
        what,
        form,
        documents=casebook.documents(),
        graph=_graph(casebook),
        ledger_rows=casebook.arrivals(),
    )


def _graph(casebook: Casebook) -> OriginGraph | None:
    """The origins as they were traced last, or, where people have judged since, as they are now."""
    stored = casebook.origin_graph()
    return graph_of(casebook.documents()) if stored is not None and casebook.summary()["reviews"] else stored


def _matches(casebook: Casebook, form: str) -> Iterator[str]:
    """Pairs of the last linkage, likeliest first, with what people decided on them; record ids only."""
    from testimonia.linkage.review import pair_of, standing

    stands = {pair: one.verdict for pair, one in standing(casebook.decisions()).items()}
    rows = (
        {"record_id_l": a, "record_id_r": b, "probability": probability, "verdict": stands.get(pair_of(a, b))}
        for a, b, probability in casebook.matches()
    )
    if form == "csv":
        return lines.csv_lines(("record_id_l", "record_id_r", "probability", "verdict"), rows)
    return lines.json_lines(rows)
