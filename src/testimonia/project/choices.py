"""What a person may choose from when coding, with its names in three languages; and what a coding leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from testimonia.coding.codebook import Term, load_codebook

__all__ = ["LISTS", "choices", "labels", "lacking"]

# The closed list that holds the codes of a kind; the other kinds have no code.
SCHEMES = {"act": "act", "measure": "measure", "attribution": "stance", "role": "role"}
# Fields whose values come from a closed list of the same name.
LISTS = ("modality", "comparator", "value_status", "polarity", "basis", "unit")
# What a coding of each kind may have as parts, and what it should say about whom, where and when.
PARTS: Mapping[str, tuple[str, ...]] = {
    "figure": ("number", "claimant", "via", "place", "period", "counted", "hedge", "cue"),
    "attribution": ("source", "cue", "content", "via"),
    "measure": ("actor", "cue", "place", "period", "claimant"),
    "act": ("victim", "perpetrator", "cue", "place", "period", "claimant"),
}
WANTED: Mapping[str, tuple[str, ...]] = {
    "figure": ("claimant", "place", "period"),
    "attribution": ("source", "content"),
    "measure": ("actor",),
    "act": ("claimant",),
}
_ELSEWHERE = {"claimant": "claimant_norm", "source": "claimant_norm"}


def labels(codings: Iterable[Mapping[str, Any]], locale: str) -> dict[str, dict[str, str]]:
    """What the codes in some codings are called, by list: `{"act": {code: label}, "modality": {...}}`."""
    schemes = load_codebook().schemes
    found: dict[str, dict[str, str]] = {}
    for coding in codings:
        for scheme, code in _coded(coding):
            term = schemes[scheme].get(code)
            if term is not None:
                found.setdefault(scheme, {})[code] = _name(term, locale)
    return found


def _coded(coding: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    scheme = SCHEMES.get(coding["kind"])
    if scheme and coding["code"]:
        yield scheme, coding["code"]
    for field in LISTS:
        if coding[field]:
            yield field, coding[field]


def choices() -> dict[str, Any]:
    """Kinds with their codes and parts, and the closed lists, each entry with its names in en, ko and zh."""
    schemes = load_codebook().schemes
    return {
        "kinds": {
            kind: {"scheme": SCHEMES.get(kind), "parts": list(PARTS.get(kind, ()))}
            for kind in ("figure", "measure", "act", "attribution", "place", "org", "date", "person", "law", "role")
        },
        "lists": {
            name: [{"code": code, **term.labels} for code, term in schemes[name].items()]
            for name in (*sorted(set(SCHEMES.values())), *LISTS)
        },
    }


def lacking(coding: Mapping[str, Any]) -> list[str]:
    """What one would ask of a claim of this kind and the coding does not say: claimant, place, period …"""
    said = {*coding["parts"], *coding["attributes"]}
    wanted = WANTED.get(coding["kind"], ())
    return [name for name in wanted if name not in said and _ELSEWHERE.get(name) not in said]


def _name(term: Term, locale: str) -> str:
    return term.labels.get(locale) or term.labels.get("en") or term.code
