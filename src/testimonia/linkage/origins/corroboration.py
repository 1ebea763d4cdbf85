"""How many independent origins stand behind a finding, and what two would take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from testimonia.linkage.origins.groups import Groups
from testimonia.model import Origin, OriginGraph

__all__ = ["Corroboration", "corroborate"]

UNKNOWN: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """The count of origins behind a set of codings.

    `documents` counts the documents in which the codings stand; `origins` are the ids of the independent
    origins, `open` those of origins that nothing decides about and that are not counted.
    """

    documents: int
    origins: tuple[str, ...]
    open: tuple[str, ...]
    labels: tuple[str, ...]
    needed: str

    @property
    def independent(self) -> int:
        """How many origins are independent of one another as far as the texts say."""
        return len(self.origins)

    @property
    def undecided(self) -> int:
        """How many origins are not counted because their independence is not decided."""
        return len(self.open)

    @property
    def sentence(self) -> str:
        """The count in words, and what two independent origins would take."""
        named = f" ({'; '.join(self.labels[:4])}{'; …' if len(self.labels) > 4 else ''})" if self.labels else ""
        said = f"In {_n(self.documents, 'document')}, from {_n(self.independent, 'independent origin')}{named}"
        more = f", {_n(self.undecided, 'origin')} undecided and not counted" if self.open else ""
        return f"{said}{more}. {self.needed}"


def corroborate(
    coding_ids: Iterable[str], graph: OriginGraph, document_of: Mapping[str, str] = UNKNOWN
) -> Corroboration:
    """Count the independent origins behind the codings.

    An origin is not counted where its certainty is undecided, where nobody is named, or where an undecided
    edge joins it to one that is counted. `document_of` gives the document (file_sha256) of each coding;
    without it the documents of the origins are counted, which may be more.
    """
    ids = list(coding_ids)
    known = {origin.id: origin for origin in graph.origins}
    held = [known[i] for i in dict.fromkeys(graph.of_coding.get(i, "") for i in ids) if i in known]
    counted, left = _independent(held, graph)
    documents = {document_of[i] for i in ids if i in document_of} or {d for o in held for d in o.documents}
    return Corroboration(
        documents=len(documents),
        origins=tuple(origin.id for origin in counted),
        open=tuple(origin.id for origin in left),
        labels=tuple(origin.label for origin in counted),
        needed=_needed(counted, left),
    )


def _independent(held: Sequence[Origin], graph: OriginGraph) -> tuple[list[Origin], list[Origin]]:
    ids = {origin.id for origin in held}
    joined: Groups[str] = Groups()
    for edge in graph.edges:
        if edge.certainty == "undecided" and edge.child in ids and edge.parent in ids:
            joined.join(edge.child, edge.parent, edge.reason)
    counted: dict[str, Origin] = {}
    left = []
    for origin in held:
        if origin.certainty == "undecided" or origin.kind == "unnamed" or joined.find(origin.id) in counted:
            left.append(origin)
        else:
            counted[joined.find(origin.id)] = origin
    return list(counted.values()), left


def _needed(counted: Sequence[Origin], left: Sequence[Origin]) -> str:
    if len(counted) > 1:
        return "Two independent origins stand behind it."
    settle = f", or a decision on {_n(len(left), 'undecided origin')}" if left else ""
    if counted:
        return f"For two, it takes a source that does not rest on {counted[0].label}{settle}."
    return f"For two, it takes two named sources that do not rest on one another{settle}."


def _n(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
