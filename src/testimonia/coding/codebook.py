"""The codebook: what may be coded, what each code means, and how it maps to other standards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from testimonia import vocabulary

__all__ = ["Codebook", "Term", "TermMapping", "load_codebook"]


@dataclass(frozen=True, slots=True)
class TermMapping:
    """How a term relates to a term of another scheme: exact, close, broad or none."""

    scheme: str
    target: str
    match: str


@dataclass(frozen=True, slots=True)
class Term:
    """One code with its labels (en, ko, zh), definition, and place in its scheme."""

    code: str
    scheme: str
    labels: Mapping[str, str]
    definition: str
    include: str = ""
    exclude: str = ""
    broader: str | None = None
    palermo: str | None = None
    mappings: tuple[TermMapping, ...] = ()
    fold: str | None = None


@dataclass(frozen=True, slots=True)
class Codebook:
    """All schemes, each a mapping from code to term."""

    version: str
    schemes: Mapping[str, Mapping[str, Term]]
    sha256: str

    def codes(self, scheme: str) -> frozenset[str]:
        """The codes of one scheme: act, measure, stance, role, unit, modality, comparator, status."""
        return frozenset(self.schemes[scheme])

    def is_unit(self, unit: str) -> bool:
        """Whether `unit` is a unit, or a rate: a unit, a slash and a base (`persons/year`)."""
        base, slash, per = unit.partition("/")
        return base in self.schemes["unit"] and (not slash or per in self.schemes["per"])

    def term(self, scheme: str, code: str) -> Term:
        """One term; KeyError when the scheme has no such code."""
        return self.schemes[scheme][code]


def _term(scheme: str, code: str, entry: Mapping[str, Any]) -> Term:
    maps = tuple(
        TermMapping(name, str(m.get("target", "")), str(m["match"])) for name, m in entry.get("map", {}).items()
    )
    labels = {language: entry[language] for language in ("en", "ko", "zh") if language in entry}
    plain = {key: entry.get(key) for key in ("broader", "palermo", "fold")}
    texts = {key: str(entry.get(key, "")) for key in ("definition", "include", "exclude")}
    return Term(code=code, scheme=scheme, labels=labels, mappings=maps, **plain, **texts)  # type: ignore[arg-type]


@cache
def load_codebook() -> Codebook:
    """The codebook of this installation, read once."""
    data = vocabulary.toml("codebook")
    schemes = {
        scheme: {code: _term(scheme, code, entry) for code, entry in terms.items()}
        for scheme, terms in data["scheme"].items()
    }
    return Codebook(version=data["version"], schemes=schemes, sha256=vocabulary.sha256())
