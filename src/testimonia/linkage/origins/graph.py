"""From what was traced to the graph of origins."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

from testimonia.linkage.origins import doubts
from testimonia.linkage.origins.knowing import STRENGTH, Tracing
from testimonia.model import Origin, OriginEdge, OriginGraph

__all__ = ["graph"]


def graph(tracing: Tracing) -> OriginGraph:
    """The origins that something rests on, joined where they are one; open doubts are edges between origins."""
    ids = {key: _id(tracing.joined.find(key)) for key in tracing.behind}
    members: dict[str, list[str]] = defaultdict(list)
    for key in tracing.behind:
        members[tracing.joined.find(key)].append(key)
    found = {root: _origin(tracing, root, keys) for root, keys in members.items()}
    of_coding = {coding: ids[key] for coding, key in tracing.of_coding.items()}
    used = {*of_coding.values(), *(ids[e.parent] for e in tracing.edges.values() if e.parent in ids)}
    origins = tuple(sorted((o for o in found.values() if o.id in used), key=lambda origin: origin.id))
    open_edges = doubts.undecided(origins, tracing.documents, of_coding)
    edges = {(e.child, ids.get(e.parent, e.parent), e.kind): _placed(e, ids) for e in tracing.edges.values()}
    return OriginGraph(origins=origins, edges=(*edges.values(), *open_edges), of_coding=of_coding)


def _id(key: str) -> str:
    return "o-" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _placed(edge: OriginEdge, ids: Mapping[str, str]) -> OriginEdge:
    return OriginEdge(
        child=edge.child, parent=ids.get(edge.parent, edge.parent), kind=edge.kind, certainty=edge.certainty,
        reason=edge.reason, rendering_sha256=edge.rendering_sha256, start=edge.start, end=edge.end,
    )  # fmt: skip


def _origin(tracing: Tracing, root: str, keys: Sequence[str]) -> Origin:
    """One origin of all keys that were found to be the same."""
    held = [tracing.behind[key] for key in keys]
    named = [tracing.behind[key] for key in keys if key.startswith("name:")] or held
    best = max(named, key=lambda behind: STRENGTH.index(behind.kind))
    sure = [b for b in held if b.certainty == "stated"] or [b for b in held if b.certainty == "inferred"] or held
    why = [best.reason, *tracing.joined.reasons.get(root, [])]
    return Origin(
        id=_id(root),
        label=best.label,
        kind=best.kind,
        certainty=sure[0].certainty,
        reason="; ".join(dict.fromkeys(why)),
        documents=tuple(dict.fromkeys(d for b in held for d in b.documents)),
    )
