"""Write everything that leaves the casebook: the dossier as HTML and PDF, the rows, and how it was made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from testimonia.model import Document, OriginGraph
from testimonia.release import dossier, exports, files, lines, memory
from testimonia.release.blocks import Dossier, Picture
from testimonia.release.corroboration import Corroborator
from testimonia.release.drawing import Drawing, KeylessProcess
from testimonia.release.findings import Findings, build
from testimonia.release.hidden import chapter_pictures
from testimonia.release.links import chapter_pictures as link_pictures
from testimonia.release.pictures import pictures

__all__ = ["FILES", "KeylessProcess", "Progress", "write"]

# fmt: off
FILES = (
    "dossier.html", "dossier.pdf", "ledger.csv", "figures.csv", "measures.csv", "acts.csv", "codings.jsonl",
    "origins.json", "run.json",
)
# fmt: on
ROWS = tuple(name for name in FILES if name not in ("dossier.pdf", "run.json"))
STEPS = len(FILES)
Progress = Callable[[int, int, str], None]


def quiet(_done: int, _total: int, _text: str) -> None:
    """Report nothing."""


def write(
    out: Path,
    *,
    documents: Iterable[Document],
    graph: OriginGraph | None,
    ledger_rows: Iterable[object],
    run_info: Mapping[str, object],
    consent_missing: int,
    reviewed: bool,
    sample: bool,
    refused: Mapping[str, int],
    sandbox: KeylessProcess,
    corroborate: Corroborator | None = None,
    hidden: Mapping[str, Any] | None = None,
    links: Mapping[str, Any] | None = None,
    progress: Progress = quiet,
) -> tuple[str, ...]:
    """Write `FILES` into the folder `out` and return the names of those written, in that order.

    `hidden` is the JSON form of a report of hidden totals, `links` the summary of a linkage, for their chapters in the
    dossier. Each file is replaced in one step. `documents` that come one by one are let go of before the PDF is set,
    so that they are not in memory beside its pages. Raises UnusablePath where the folder cannot be written to.
    """
    ledger = [exports.ledger_row(row) for row in ledger_rows]
    told = dossier.Standing(consent_missing=consent_missing, reviewed=reviewed, sample=sample)
    draw = Drawing(sandbox, "dossier")
    sources = _Sources(documents, graph, corroborate, refused, ledger, hidden, links)
    del documents, graph
    counts, payload = _write_rows(out, sources, told, draw, progress)
    memory.give_back()
    names = [*ROWS, *_write_pdf(out, draw.pdf(payload))]
    progress(STEPS - 1, STEPS, draw.failures.get("dossier.pdf", "dossier.pdf"))
    files.write_lines(out / "run.json", _run(out, names, {**run_info, **counts}, draw.failures))
    progress(STEPS, STEPS, "run.json")
    return tuple(name for name in FILES if name in (*names, "run.json"))


@dataclass(slots=True)
class _Sources:
    """What the findings are built of, until they are."""

    documents: Iterable[Document]
    graph: OriginGraph | None
    corroborate: Corroborator | None
    refused: Mapping[str, int]
    ledger: Sequence[lines.Row]
    hidden: Mapping[str, Any] | None
    links: Mapping[str, Any] | None

    def build(self) -> Findings:
        """Build the findings; the documents are theirs from then on."""
        documents, self.documents = tuple(self.documents), ()
        return build(documents, self.graph, self.corroborate, self.refused, self.ledger)


def _write_rows(
    out: Path, sources: _Sources, told: dossier.Standing, draw: Drawing, progress: Progress
) -> tuple[Mapping[str, object], bytes]:
    """Write all but the PDF and `run.json`; return how many of what there are, and what the PDF is set from."""
    found = sources.build()
    drawn = draw.pictures(
        lambda job: {
            **pictures(found, job),
            **link_pictures(sources.links, job),
            **chapter_pictures(sources.hidden, job),
        }
    )

    def page(limits: tuple[int, int, int, int]) -> Dossier:
        return dossier.compose(found, told, drawn, limits, sources.hidden, sources.links)

    for number, (name, content) in enumerate(_contents(found, page, sources.ledger), 1):
        files.write_lines(out / name, content)
        progress(number, STEPS, name)
    counts = {"documents": len(found.documents), "codings": dict(found.kinds)}
    return counts, _payload(page(dossier.PDF_LIMITS), drawn)


def _contents(
    found: Findings, page: Callable[[tuple[int, int, int, int]], Dossier], ledger: Sequence[lines.Row]
) -> Iterator[tuple[str, Iterable[str]]]:
    yield "dossier.html", (dossier.html(page(dossier.HTML_LIMITS)),)
    yield from _rows(found, ledger)


def _payload(page: Dossier, drawn: Mapping[str, Picture]) -> bytes:
    svgs = {name: picture.svg for name, picture in drawn.items()}
    return lines.to_json({"dossier": asdict(page), "pictures": svgs}).encode("utf-8", "replace")


def _write_pdf(out: Path, pdf: bytes | None) -> tuple[str, ...]:
    """Write the PDF; where there is none, take away one of an earlier run, which would say other things."""
    if pdf is None:
        (out / "dossier.pdf").unlink(missing_ok=True)
        return ()
    files.write_bytes(out / "dossier.pdf", pdf)
    return ("dossier.pdf",)


def _rows(found: Findings, ledger: Sequence[lines.Row]) -> Iterator[tuple[str, Iterable[str]]]:
    def rows(what: str, form: str) -> Iterator[str]:
        return exports.export(
            what, form,
            documents=found.documents, graph=found.graph, ledger_rows=ledger, evidence=found.evidence,
        )  # fmt: skip

    yield "ledger.csv", rows("ledger", "csv")
    for what in ("figures", "measures", "acts"):
        yield f"{what}.csv", rows(what, "csv")
    yield "codings.jsonl", rows("codings", "jsonl")
    yield "origins.json", (exports.origins_json(found.graph),)


def _run(out: Path, names: Sequence[str], run_info: Mapping[str, object], failures: Mapping[str, str]) -> Iterator[str]:
    info = {
        **run_info,
        "not_made": dict(failures),
        "files": {name: _sha256(out / name) for name in names},
    }
    yield lines.to_json(info, indent=1) + "\n"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
