"""Write everything that leaves the casebook: the dossier as HTML and PDF, the rows, and how it was made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from testimonia.model import Document, OriginGraph
from testimonia.release import dossier, exports, files, lines
from testimonia.release.corroboration import Corroborator
from testimonia.release.findings import Findings, build

__all__ = ["FILES", "KeylessProcess", "Progress", "write"]

# fmt: off
FILES = (
    "dossier.html", "dossier.pdf", "ledger.csv", "figures.csv", "measures.csv", "acts.csv", "codings.jsonl",
    "origins.json", "run.json",
)
# fmt: on
Progress = Callable[[int, int, str], None]


class KeylessProcess(Protocol):
    """What draws pictures and pages: a process that holds no key."""

    def call(
        self, job: str, payload: bytes, *, seconds: float = ..., memory: int = ..., max_answer: int = ...
    ) -> bytes:
        """Run `module:function` on `payload`."""
        ...


def quiet(_done: int, _total: int, _text: str) -> None:
    """Report nothing."""


def write(
    out: Path,
    *,
    documents: Sequence[Document],
    graph: OriginGraph | None,
    ledger_rows: Iterable[object],
    run_info: Mapping[str, object],
    consent_missing: int,
    reviewed: bool,
    sample: bool,
    refused: Mapping[str, int],
    sandbox: KeylessProcess,
    corroborate: Corroborator | None = None,
    progress: Progress = quiet,
) -> tuple[str, ...]:
    """Write `FILES` into the folder `out` and return the names of those written, in that order.

    Each file is replaced in one step. Raises UnusablePath where the folder cannot be written to.
    """
    ledger = [exports.ledger_row(row) for row in ledger_rows]
    found = build(documents, graph, corroborate, refused, ledger)
    page = dossier.compose(
        found,
        consent_missing=consent_missing,
        reviewed=reviewed,
        sample=sample,
        pictures={},
        limits=dossier.HTML_LIMITS,
    )
    made: dict[str, Iterable[str]] = {"dossier.html": (dossier.html(page),)}
    made.update(_rows(found, ledger))
    for number, (name, content) in enumerate(made.items(), 1):
        files.write_lines(out / name, content)
        progress(number, len(made) + 1, name)
    files.write_lines(out / "run.json", _run(out, [*made], run_info, found))
    progress(len(made) + 1, len(made) + 1, "run.json")
    return tuple(name for name in FILES if name in made or name == "run.json")


def _rows(found: Findings, ledger: Sequence[lines.Row]) -> Iterator[tuple[str, Iterable[str]]]:
    def rows(what: str, form: str) -> Iterator[str]:
        return exports.export(what, form, documents=found.documents, graph=found.graph, ledger_rows=ledger)

    yield "ledger.csv", rows("ledger", "csv")
    for what in ("figures", "measures", "acts"):
        yield f"{what}.csv", rows(what, "csv")
    yield "codings.jsonl", rows("codings", "jsonl")
    yield "origins.json", (exports.origins_json(found.graph),)


def _run(out: Path, names: Sequence[str], run_info: Mapping[str, object], found: Findings) -> Iterator[str]:
    info = {
        **run_info,
        "documents": len(found.documents),
        "codings": dict(found.kinds),
        "files": {name: _sha256(out / name) for name in names},
    }
    yield lines.to_json(info, indent=1) + "\n"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
