"""The findings as rows: the columns of each file, and where every value comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from testimonia.model import Coding, Document, Origin, OriginEdge, OriginGraph, Part
from testimonia.release.evidence import Evidence, gather
from testimonia.release.figures import about, sort_of
from testimonia.release.findings import NO_GRAPH
from testimonia.release.lines import Row, csv_lines, json_lines, to_json
from testimonia.release.locating import Pages
from testimonia.release.measures import Dates, dated, standing_of
from testimonia.release.palermo import standing
from testimonia.release.terms import element, label

__all__ = ["FORMATS", "LEDGER", "WHAT", "coding_row", "export", "ledger_row", "origins_json"]

WHAT = ("codings", "figures", "measures", "acts", "origins", "ledger", "renderings")
FORMATS = ("jsonl", "csv")
# fmt: off
LEDGER = (
    "path", "sha256", "bytes", "media_type", "outcome", "pages", "characters", "languages", "flags",
    "reason", "remedy",
)
_PLACE = (
    "row", "path", "page", "file_sha256", "start", "end", "quote", "sort",
)
_TAIL = (
    "modality", "polarity", "state", "origin", "origin_label", "origin_certainty", "coder", "rule", "cue",
    "confidence", "id",
)
_VALUES = (
    "value", "min", "max", "unit", "comparator", "value_status",
)
_ABOUT = (
    "counted", "population", "place", "period",
)
_DATED = (
    "date", "dated_by",
)
FIGURES = (*_PLACE, *_VALUES, *_ABOUT, "claimant", *_TAIL)
MEASURES = (*_PLACE, "code", "label", "status", "actor", *_DATED, "place", *_TAIL)
ACTS = (*_PLACE, "code", "label", "element", *_DATED, "place", *_TAIL)
_JUDGED = (
    "start", "end", "quote", "kind", "code", *_VALUES, "modality", "polarity",
)
CODINGS = (
    "file_sha256", *_JUDGED, "parts", "origin", "state", "coder", "confidence", "path", "page",
    "rendering_sha256", "rule", "cue", "attributes", "id",
)
ORIGINS = (
    "id", "label", "kind", "certainty", "reason", "documents", "codings",
)
RENDERINGS = (
    "rendering_sha256", "file_sha256", "path", "media_type", "characters", "pages", "text",
)
# fmt: on


def export(
    what: str,
    form: str,
    *,
    documents: Iterable[Document],
    graph: OriginGraph | None = None,
    ledger_rows: Iterable[object] = (),
    evidence: Sequence[Evidence] | None = None,
) -> Iterator[str]:
    """Yield the lines, each with its newline, of one of `WHAT` in one of `FORMATS`.

    Codings and renderings are streamed document by document. `evidence`, where it has been gathered from the
    documents already, saves doing so again. Raises ValueError for anything else.
    """
    if what not in WHAT or form not in FORMATS:
        raise ValueError(f"cannot export {what!r} as {form!r}: {', '.join(WHAT)} as {' or '.join(FORMATS)}.")
    graph = graph or NO_GRAPH
    if what in _KINDS:
        columns, rows = _KINDS[what](gather(tuple(documents), graph) if evidence is None else evidence)
    else:
        columns, rows = _rows(what, documents, graph, ledger_rows)
    return csv_lines(columns, rows) if form == "csv" else json_lines(rows)


def _rows(
    what: str, documents: Iterable[Document], graph: OriginGraph, ledger_rows: Iterable[object]
) -> tuple[Sequence[str], Iterator[Row]]:
    if what == "codings":
        return CODINGS, (row for d in documents for row in _coding_rows(d, graph))
    if what == "ledger":
        return LEDGER, map(ledger_row, ledger_rows)
    if what == "origins":
        return ORIGINS, _origin_rows(graph)
    return RENDERINGS, (_rendering_row(d) for d in documents if d.rendering_sha256)


def _coding_rows(document: Document, graph: OriginGraph) -> Iterator[Row]:
    pages = Pages(document.pages)
    return (coding_row(document, coding, graph, pages) for coding in document.codings)


def coding_row(document: Document, coding: Coding, graph: OriginGraph, pages: Pages | None = None) -> Row:
    """Return one coding as `codings.jsonl` holds it; `origin` is the id of an origin of `origins.json`."""
    page = (pages or Pages(document.pages)).at(coding.start)
    id_ = coding.id
    return {
        "file_sha256": document.file_sha256,
        **{name: getattr(coding, name) for name in _JUDGED},
        "parts": {role: _part(part) for role, part in coding.parts.items()},
        "origin": graph.of_coding.get(id_),
        "state": coding.state,
        "coder": f"{coding.coder} {coding.coder_version}".strip() or None,
        "confidence": coding.confidence,
        "path": document.paths[0] if document.paths else None,
        "page": page.label if page and page.kind != "file" else None,
        "rendering_sha256": coding.rendering_sha256 or document.rendering_sha256,
        "rule": coding.rule,
        "cue": coding.cue,
        "attributes": dict(coding.attributes),
        "id": id_,
    }


def _part(part: Part) -> Row:
    spot = {"start": part.start, "end": part.end}
    return spot if part.value is None else {**spot, "value": part.value}


def ledger_row(row: object) -> Row:
    """Return one row of the ledger from a mapping or a dataclass; several values are joined by `;`."""
    known = dict(row) if isinstance(row, Mapping) else _of_dataclass(row)
    known.setdefault("sha256", known.get("file_sha256"))
    return {name: _joined(known.get(name)) for name in LEDGER}


def _of_dataclass(row: object) -> dict[str, Any]:
    if not is_dataclass(row):
        raise TypeError(f"a row of the ledger is a mapping or a dataclass, not {type(row).__name__}")
    return {field.name: getattr(row, field.name) for field in fields(row)}


def _joined(value: object) -> object:
    return ";".join(map(str, value)) if isinstance(value, tuple | list | set | frozenset) else value


def _origin_rows(graph: OriginGraph) -> Iterator[Row]:
    counts: dict[str, int] = {}
    for key in graph.of_coding.values():
        counts[key] = counts.get(key, 0) + 1
    for origin in graph.origins:
        yield {**_origin(origin), "codings": counts.get(origin.id, 0)}


def _origin(origin: Origin) -> dict[str, Any]:
    return {name: _listed(getattr(origin, name)) for name in ORIGINS[:-1]}


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def origins_json(graph: OriginGraph | None) -> str:
    """Return `origins.json`: origins with their documents and number of codings, and all edges."""
    graph = graph or NO_GRAPH
    edges = [{f.name: getattr(edge, f.name) for f in fields(OriginEdge)} for edge in graph.edges]
    return to_json({"origins": list(_origin_rows(graph)), "edges": edges}, indent=1) + "\n"


def _rendering_row(document: Document) -> Row:
    pages = [{"label": p.label, "kind": p.kind, "start": p.start, "end": p.end} for p in document.pages]
    return {
        "rendering_sha256": document.rendering_sha256,
        "file_sha256": document.file_sha256,
        "path": document.paths[0] if document.paths else None,
        "media_type": document.media_type,
        "characters": len(document.text),
        "pages": pages,
        "text": document.text,
    }


def _figure_rows(evidence: Sequence[Evidence]) -> tuple[Sequence[str], Iterator[Row]]:
    return FIGURES, (
        {
            **_place_of(e),
            **{name: getattr(e.coding, name) for name in _VALUES},
            **{name: about(e, name) or None for name in _ABOUT},
            "sort": sort_of(e),
            "claimant": _claimant(e),
        }
        for e in evidence
        if e.coding.kind == "figure"
    )


def _claimant(e: Evidence) -> str | None:
    part = e.coding.parts.get("claimant")
    return e.coding.attributes.get("claimant_norm") or (part.quote if part else None)


def _measure_rows(evidence: Sequence[Evidence]) -> tuple[Sequence[str], Iterator[Row]]:
    dates = Dates(evidence)
    return MEASURES, (
        {
            **_place_of(e),
            **_date_of(e, dates),
            **{name: e.coding.attributes.get(name) for name in ("status", "actor", "place")},
            "sort": standing_of(e),
            "code": e.coding.code,
            "label": label("measure", e.coding.code),
        }
        for e in evidence
        if e.coding.kind == "measure"
    )


def _act_rows(evidence: Sequence[Evidence]) -> tuple[Sequence[str], Iterator[Row]]:
    dates = Dates(evidence)
    return ACTS, (
        {
            **_place_of(e),
            **_date_of(e, dates),
            "place": e.coding.attributes.get("place"),
            "sort": standing(e),
            "code": e.coding.code,
            "label": label("act", e.coding.code),
            "element": element(e.coding.code),
        }
        for e in evidence
        if e.coding.kind == "act"
    )


_KINDS: Mapping[str, Callable[[Sequence[Evidence]], tuple[Sequence[str], Iterator[Row]]]] = {
    "figures": _figure_rows,
    "measures": _measure_rows,
    "acts": _act_rows,
}


def _place_of(e: Evidence) -> dict[str, Any]:
    coding, origin = e.coding, e.origin
    return {
        "row": e.row,
        "path": e.path,
        "page": e.page,
        "file_sha256": e.file_sha256,
        **{name: getattr(coding, name) for name in ("start", "end", "quote", "modality", "polarity", "state")},
        "origin": origin.id if origin else None,
        "origin_label": origin.label if origin else None,
        "origin_certainty": origin.certainty if origin else None,
        **{name: getattr(coding, name) for name in ("coder", "rule", "cue", "confidence", "id")},
    }


def _date_of(e: Evidence, dates: Dates) -> Row:
    when = dated(e, dates)
    return {"date": when.edtf if when else None, "dated_by": when.how if when else None}
