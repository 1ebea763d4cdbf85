"""Passages in: what they say, and who stands behind it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from testimonia.casebook import Casebook
from testimonia.coding import gate
from testimonia.coding.codebook import Codebook, load_codebook
from testimonia.coding.coder import Coder
from testimonia.coding.rules import RuleCoder
from testimonia.linkage import origins
from testimonia.model import Document, OriginGraph
from testimonia.project.steps import Report, Step, quiet

__all__ = ["code", "graph_kept", "graph_of", "trace"]

DROPPED = ("rejected", "superseded")


def code(
    casebook: Casebook,
    *,
    coders: Sequence[Coder] = (),
    only: Container[str] | None = None,
    report: Report = quiet,
) -> Counter[str]:
    """Let every coder propose codings for every rendering it has not seen; return how many of each kind.

    `only`: the files (SHA-256) to be coded, where not all are. What the gate refuses is counted and kept as a count by
    reason, never as a coding.
    """
    codebook = load_codebook()
    chosen = tuple(coders) or (RuleCoder(),)
    readable = [file for file in casebook.readable() if only is None or file in only]
    for number, file_sha256 in enumerate(readable, 1):
        document = casebook.document(file_sha256, codings=False)
        failures = [_code_one(casebook, document, coder, codebook) for coder in chosen]
        text = " ".join([*document.paths[:1], *filter(None, failures)])
        report(Step("code", number, len(readable), text, notable=any(failures)))
    return Counter(casebook.kinds())


def _code_one(casebook: Casebook, document: Document, coder: Coder, codebook: Codebook) -> str | None:
    """Code one document; return None, or what went wrong.

    A coder that fails must not end a run over forty files, and must not pass in silence either: the failure is
    counted among the refusals, shown in the dossier, and tried again by the next run.
    """
    work = f"{document.rendering_sha256}|{coder.name}|{coder.version}|{codebook.sha256}"
    if casebook.done("code", work):
        return None
    try:
        kept, refused = gate.check(coder.code(document.passages), document.text, codebook, document.rendering_sha256)
    except Exception as error:  # noqa: BLE001 - said, counted and tried again; see the docstring
        failure = f"not coded: the coder {coder.name} failed ({type(error).__name__}); the next run tries again."
        with casebook.act("code", why="failed") as write:
            write.codings(document.rendering_sha256, coder.name, (), refused={"document not coded: coder failed": 1})
        return failure
    with casebook.act("code", why=coder.name) as write:
        write.codings(document.rendering_sha256, coder.name, kept, refused=refused)
        write.mark("code", work)
    return None


def trace(casebook: Casebook, *, report: Report = quiet) -> int:
    """Trace who stands behind what is said in all documents; return the number of origins found."""
    documents = list(casebook.documents())
    graph = casebook.origin_graph()
    work = _origins_key(documents, casebook.summary()["reviews"])
    if graph is None or not casebook.done("origins", work):
        graph = graph_of(documents)
        with casebook.act("origins", why="derived") as write:
            write.origins(graph)
            write.mark("origins", work)
    report(Step("origins", 1, 1, f"{len(graph.origins)} origins in {len(documents)} files", notable=True))
    return len(graph.origins)


def graph_kept(casebook: Casebook, documents: Sequence[Document]) -> OriginGraph | None:
    """The origins that the casebook keeps, if they were traced from these documents as they stand; else None."""
    current = casebook.done("origins", _origins_key(documents, casebook.summary()["reviews"]))
    return casebook.origin_graph() if current else None


def graph_of(documents: Iterable[Document]) -> OriginGraph:
    """Trace who stands behind what is said, as codings stand now: what a person rejected says nothing."""
    return origins.trace([_without_dropped(document) for document in documents])


def _without_dropped(document: Document) -> Document:
    kept = tuple(coding for coding in document.codings if coding.state not in DROPPED)
    return document if len(kept) == len(document.codings) else replace(document, codings=kept)


def _origins_key(documents: Iterable[Document], reviews: int) -> str:
    """Hash everything the tracing of origins depends on: its version, all codings of all documents, and all reviews.

    Reviews only grow in number: so a judgement that was taken back does not make an earlier tracing look like the last.
    """
    digest = hashlib.sha256(f"{origins.VERSION} {reviews}".encode("utf-8", "surrogatepass"))
    for document in documents:
        digest.update(f"\n{document.file_sha256} {' '.join(document.paths)}".encode("utf-8", "surrogatepass"))
        digest.update(" ".join(coding.id for coding in document.codings).encode())
    return digest.hexdigest()
