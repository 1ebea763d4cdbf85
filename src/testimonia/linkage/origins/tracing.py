"""Who stands behind what is said: claimant, then via, then origin, then what it rests on.

Every figure, attribution, act and measure goes back to one origin: the source the text names for it, looked
up within the document where the text says "the report" or 该中心, and else the document's own: the agency of
its dateline, the text it repeats, its publisher, the person interviewed. Documents that repeat one report, one
agency's text or one another's passages so share an origin. What the texts do not settle stays undecided and
is never counted. Two reports of one body are one origin.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from testimonia.linkage.origins import copies, headers, passing, sources
from testimonia.linkage.origins.graph import graph
from testimonia.linkage.origins.knowing import Behind, OriginKind, Tracing, edge, know
from testimonia.linkage.origins.one_body import give_rows, join_aliases, join_published
from testimonia.linkage.origins.sources import Mention
from testimonia.linkage.origins.speakers import Cover, Names
from testimonia.model import Coding, Document, OriginEdge, OriginGraph, Part

__all__ = ["VERSION", "trace"]

VERSION = "1"
TRACED = frozenset({"figure", "attribution", "act", "measure"})
MOSTLY = 0.6  # share of a document's running text that makes it a copy as a whole
KIND_OF_SORT: Mapping[str, OriginKind] = {
    "report": "report", "organisation": "report", "official": "official", "person": "official",
    "testimony": "testimony", "unnamed": "unnamed", "agentless": "unnamed", "self": "document", "legal": "law",
}  # fmt: skip
KIND_OF_NATURE: Mapping[str, OriginKind] = {
    "interview": "testimony", "notice": "official", "law": "law", "report": "report", "agency": "agency",
    "publisher": "publisher", "table": "document", "document": "document",
}  # fmt: skip


def trace(documents: Sequence[Document]) -> OriginGraph:
    """Trace the origins of all documents; the same documents in the same order give the same graph.

    Edges go from a document to the origin it draws on, from a document to the one it copies, and, where two
    origins may be one, undecided, from origin to origin. `of_coding` covers figures, attributions, acts and
    measures.
    """
    documents = [document for document in documents if document.text.strip()]
    tracing = Tracing(documents, [headers.read(document) for document in documents])
    own = [_own(tracing, number) for number in range(len(documents))]
    base = _copied(tracing, own)
    for number in range(len(documents)):
        _speakers(tracing, number, own[number], base)
    join_aliases(tracing)
    join_published(tracing, own)
    give_rows(tracing)
    _passed_on(tracing, own)
    return graph(tracing)


# --- a document's own origin ----------------------------------------------------------------------------------


def _own(tracing: Tracing, number: int) -> str:
    """The origin of what a document says without naming a source."""
    document, header = tracing.documents[number], tracing.headers[number]
    for kind, found in (("reposts", header.reposted), ("reposts", header.agency)):
        if found is not None:
            key = know(tracing, found.name, "agency", "stated", f"the text says so: “{found.quote}”")
            edge(tracing, document, key, kind, found)
            return key
    if header.chain is not None and header.nature in ("document", "publisher"):
        found = header.chain
        key = know(tracing, found.name, "agency", "inferred", f"the text opens by citing it: “{found.quote}”")
        edge(tracing, document, key, "reports", found)
        return key
    return _own_nature(tracing, document, header)


def _published_as(document: Document, header: headers.Header) -> OriginKind:
    """What a document is: the word of an office, a report of a body's own count, or what its form shows."""
    named = header.publisher
    if named is None or header.nature != "publisher":
        return KIND_OF_NATURE[header.nature]
    if sources.read(named.name).sort == "official":
        return "official"
    return "report" if passing.counts_itself(document, named.name) else "publisher"


def _own_nature(tracing: Tracing, document: Document, header: headers.Header) -> str:
    named = header.publisher
    kind = _published_as(document, header)
    if named is not None and kind in ("report", "publisher", "official") and header.nature != "notice":
        rests = f"; rests on: {header.evidence_base}" if header.evidence_base and kind == "report" else ""
        key = know(tracing, named.name, kind, "stated", f"published by it: “{named.quote}”{rests}")
        edge(tracing, document, key, "reports" if kind == "report" else "cites", named)
        return key
    label = headers.called(document, header)
    unsure = header.nature == "table" or (header.nature == "document" and headers.is_damaged(document))
    reason = {
        "interview": "an account of the person interviewed",
        "notice": "a notice; it stands for the body that issued it",
        "law": "the law itself",
        "report": "a report whose publisher the text does not name",
        "table": "a table whose keeper the text does not name",
    }.get(header.nature, "nobody is named: the document stands for itself")
    key = f"document:{document.file_sha256}"
    certainty: Literal["stated", "inferred", "undecided"] = "undecided" if unsure else "inferred"
    if header.nature in ("interview", "notice", "law"):
        certainty = "stated"
    tracing.joined.add(key)
    if header.nature == "table":
        tracing.tables.add(key)
    tracing.behind.setdefault(key, Behind(label, kind, certainty, reason)).documents[document.file_sha256] = None
    edge(tracing, document, key, "cites", None)
    return key


# --- copies ---------------------------------------------------------------------------------------------------


def _copied(tracing: Tracing, own: Sequence[str]) -> Mapping[copies.Place, str]:
    """For each copied passage the own origin of the document it comes from; whole copies join their origins."""
    found = copies.copies(tracing.documents)
    base: dict[copies.Place, str] = {}
    for _, places in copies.groups(found).sets():
        source = min(places, key=lambda place: _precedence(tracing, place.document))
        base.update(dict.fromkeys(places, own[source.document]))
    for pair, share in _whole(tracing.documents, found).items():
        older, copy = sorted(pair, key=lambda number: _precedence(tracing, number))
        first, second = tracing.documents[older], tracing.documents[copy]
        why = f"{share:.0%} of its text is that of {first.paths[0]}"
        if own[copy] != own[older]:
            tracing.joined.join(own[older], own[copy], why)
        tracing.edges[second.file_sha256, first.file_sha256, "copies"] = OriginEdge(
            child=second.file_sha256, parent=first.file_sha256, kind="copies", certainty="inferred", reason=why
        )
    return base


def _precedence(tracing: Tracing, number: int) -> tuple[int, str, int]:
    """Which of two like texts is taken for the source: a report, an agency's text, then the older one."""
    header, document = tracing.headers[number], tracing.documents[number]
    rank = 3 if header.reposted else {"report": 0, "interview": 0, "notice": 0, "agency": 1}.get(header.nature, 2)
    return rank, document.metadata.get("date", "9999"), number


def _whole(documents: Sequence[Document], found: Iterable[copies.Copy]) -> Mapping[tuple[int, int], float]:
    """Pairs of documents of which the smaller is a copy as a whole, with the share that is."""
    size = [sum(len(p.text) for p in d.passages if p.role in copies.ROLES) for d in documents]
    same: dict[tuple[int, int], int] = defaultdict(int)
    for copy in found:
        a, b = sorted((copy.a, copy.b))
        least = min(len(documents[place.document].passages[place.passage].text) for place in (a, b))
        same[a.document, b.document] += least
    shares = {pair: min(1.0, n / max(1, min(size[pair[0]], size[pair[1]]))) for pair, n in same.items()}
    return {pair: share for pair, share in shares.items() if share >= MOSTLY}


# --- speakers -------------------------------------------------------------------------------------------------


def _speakers(tracing: Tracing, number: int, own: str, base: Mapping[copies.Place, str]) -> None:
    """Give every traced coding of a document the origin of whoever says it."""
    document = tracing.documents[number]
    header = tracing.headers[number]
    itself = header.publisher if _published_as(document, header) != "publisher" else None
    starts = [passage.start for passage in document.passages]
    cover, names = Cover(document), Names(document, itself.name if itself else "")
    for coding in document.codings:
        if coding.kind not in TRACED:
            continue
        passage = max(0, bisect_right(starts, coding.start) - 1)
        home = base.get(copies.Place(number, passage), own)
        key = _answers(tracing, document, coding, cover.speaker(coding), home, names)
        tracing.of_coding[coding.id] = key
        tracing.behind[key].documents[document.file_sha256] = None
        _via(tracing, document, coding)


def _answers(
    tracing: Tracing,
    document: Document,
    coding: Coding,
    said_by: tuple[Coding, Part | None] | None,
    home: str,
    names: Names,
) -> str:
    """The key of the origin that answers for a coding."""
    if said_by is None:
        told = names.speaking(coding.start) or names.looking_back(coding.end)
        return _named_origin(tracing, document, Mention("", "agentless"), told, None) if told else home
    speaker, part = said_by
    norm = speaker.attributes.get("claimant_norm") or speaker.attributes.get("source_norm") or ""
    mention = sources.read(part.quote if part is not None else norm)
    if mention.sort == "agentless" and speaker.attributes.get("testimony"):
        mention = Mention("", "testimony")
    place = part.start if part is not None else coding.start
    found = names.topic(place) if mention.sort == "agentless" else names.stands_for(mention, norm, place)
    if found is not None:
        return _named_origin(tracing, document, mention, found, part)
    return _nameless_origin(tracing, document, mention, home, part, norm)


def _named_origin(tracing: Tracing, document: Document, mention: Mention, found: Mention, part: Part | None) -> str:
    pointed = mention.points is not None or not mention.text
    certainty: Literal["stated", "inferred"] = "inferred" if pointed else "stated"
    said = f"“{mention.text or found.name}”" + (f", which is taken for {found.name}" if pointed else "")
    key = know(tracing, found.name, KIND_OF_SORT[found.sort], certainty, f"named in the text: {said}")
    kind = "reports" if found.sort in ("report", "organisation") else "quotes"
    edge(tracing, document, key, kind, part, f"named in the text: {said}")
    return key


def _nameless_origin(
    tracing: Tracing, document: Document, mention: Mention, home: str, part: Part | None, norm: str
) -> str:
    """A source without a name: the account of the person interviewed, a report's own interviews, or nobody."""
    if mention.sort in ("self", "legal") or home in tracing.tables:
        return home
    kind = tracing.behind[home].kind
    if kind == "testimony" or (kind == "report" and mention.sort == "testimony"):
        return home
    said = sources.key(norm or mention.text) or "agentless"
    key = f"unnamed:{home}:{said}"
    who = norm or mention.text
    label = f"{f'“{who}”, unnamed' if who else 'nobody named'} ({tracing.behind[home].label})"
    tracing.joined.add(key)
    reason = "the text names nobody" if mention.sort == "agentless" else "the text does not say who this is"
    tracing.behind.setdefault(key, Behind(label, "unnamed", "undecided", reason))
    edge(tracing, document, key, "quotes", part, reason)
    return key


def _via(tracing: Tracing, document: Document, coding: Coding) -> None:
    """Note who passed the words on, where the text says so."""
    part = coding.parts.get("via")
    mention = sources.read(part.quote) if part is not None else None
    if mention is not None and mention.name:
        key = know(tracing, mention.name, "publisher", "stated", f"passes on what others say: “{mention.text}”")
        edge(tracing, document, key, "cites", part, "passed on by it")


def _passed_on(tracing: Tracing, own: Sequence[str]) -> None:
    """Give a figure that is cited from a paper or an agency to whom its own text cites for it."""
    kinds = [_published_as(d, header) for d, header in zip(tracing.documents, tracing.headers, strict=True)]
    press = {tracing.joined.find(key) for key, kind in zip(own, kinds, strict=True) if kind in ("publisher", "agency")}
    told = passing.passed_on(tracing.documents, own, tracing.of_coding, tracing.joined.find, press)
    for document, coding, key in told:
        via = tracing.behind[tracing.of_coding[coding.id]].label
        tracing.of_coding[coding.id] = key
        edge(tracing, document, key, "cites", None, f"{via}, whom the text names for a figure, cites it for the same")
