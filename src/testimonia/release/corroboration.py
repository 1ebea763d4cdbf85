"""How many documents say a thing, and how many independent origins stand behind them.

Documents are counted for the reader; only origins corroborate. An origin that is undecided, or that nobody
is named for, is never added to the count of independent ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from testimonia.model import Origin, OriginGraph
from testimonia.release.evidence import Evidence

__all__ = ["Corroboration", "Corroborator", "corroboration", "of_evidence"]


class Counted(Protocol):
    """What the linkage room's own counting hands back."""

    @property
    def independent(self) -> int: ...
    @property
    def undecided(self) -> int: ...
    @property
    def labels(self) -> tuple[str, ...]: ...
    @property
    def needed(self) -> str: ...


class Corroborator(Protocol):
    """Counts origins behind coding ids; handed over by the caller, so that this room imports no other stage."""

    def __call__(
        self, coding_ids: Iterable[str], graph: OriginGraph, document_of: Mapping[str, str] = ..., /
    ) -> Counted:
        """`document_of` gives the file (SHA-256) of each coding."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """Documents and independent origins behind one finding, and what two independent ones would take."""

    documents: int
    independent: int
    undecided: int
    origins: tuple[str, ...]
    needed: str

    @property
    def sentence(self) -> str:
        """The count in words, with the names of the first origins, without the remedy."""
        said = f"In {_n(self.documents, 'document')}, from {_n(self.independent, 'independent origin')}{self.named()}"
        return said + (f"; {_n(self.undecided, 'origin')} undecided." if self.undecided else ".")

    def named(self, most: int = 3) -> str:
        """The names of the first `most` origins in brackets, and how many more there are; empty without any."""
        shown, left = self.origins[:most], len(self.origins) - most
        return f" ({', '.join(shown)}{f' and {left:,} more' if left > 0 else ''})" if shown else ""


def corroboration(
    evidence: Sequence[Evidence], graph: OriginGraph, corroborate: Corroborator | None = None
) -> Corroboration:
    """Count documents and independent origins behind `evidence`.

    With `corroborate`, its counts are taken; otherwise origins that derive from another, as far as the graph
    states it, are folded into the one they derive from.
    """
    documents = len({e.file_sha256 for e in evidence})
    roots, undecided = of_evidence(evidence, graph)
    labels = tuple(sorted({origin.label for origin in roots}))
    needed, independent = _needed(len(roots), undecided), len(roots)
    if corroborate is not None:
        ids = {e.id: e.file_sha256 for e in evidence}
        counted = corroborate(ids, graph, ids)
        needed, independent, undecided = counted.needed, counted.independent, counted.undecided
        labels = counted.labels
    return Corroboration(
        documents=documents, independent=independent, undecided=undecided, origins=labels, needed=needed
    )


def of_evidence(evidence: Sequence[Evidence], graph: OriginGraph) -> tuple[tuple[Origin, ...], int]:
    """Return the independent origins behind `evidence`, in order of id, and the number left undecided."""
    known = {origin.id: origin for origin in graph.origins}
    parents = {edge.child: edge.parent for edge in graph.edges if edge.certainty != "undecided"}
    found = {_root(e.origin.id, parents, known) for e in evidence if e.origin}
    unplaced = {e.file_sha256 for e in evidence if e.origin is None}
    decided = [known[i] for i in sorted(found) if _is_decided(known[i])]
    return tuple(decided), len(found) - len(decided) + len(unplaced)


def _is_decided(origin: Origin) -> bool:
    return origin.certainty != "undecided" and origin.kind != "unnamed"


def _root(origin: str, parents: dict[str, str], known: dict[str, Origin]) -> str:
    seen = {origin}
    while parents.get(origin) in known and parents[origin] not in seen:
        origin = parents[origin]
        seen.add(origin)
    return origin


def _needed(independent: int, undecided: int) -> str:
    if independent >= 2:
        return "There are two or more independent origins."
    wanted = "One more origin" if independent else "Two origins"
    settle = f", or a decision on the {_n(undecided, 'undecided one')}" if undecided else ""
    return f"{wanted} that {'does' if independent else 'do'} not draw on the same report{settle}."


def _n(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
