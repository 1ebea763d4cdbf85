"""What codes, things counted, units and places are called in the languages of the pages, from the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from testimonia import vocabulary
from testimonia.release.readable import place_text
from testimonia.release.terms import label
from testimonia.release.wording import sentence_case, unit_text

__all__ = ["code_name", "counted_name", "place_name", "unit_name"]


_LARGE = ("river", "sea", "region", "border", "mountain")  # of no province, and too large to find anybody by


def code_name(scheme: str, code: str | None, locale: str) -> str:
    """What a code of a scheme of the codebook is called, with a capital first letter; empty without a code."""
    return sentence_case(label(scheme, code, locale)) if code else ""


def unit_name(unit: str | None, locale: str) -> str:
    """A unit or a rate (`persons/year`) as it stands behind a number; currencies keep their code."""
    if locale == "en" or not unit or unit == "percent":
        return unit_text(unit)
    base, _, per = unit.partition("/")
    name = "" if base == "count" else _first(label("unit", base, locale))
    return " / ".join(filter(None, (name, _first(label("per", per, locale)) if per else "")))


def _first(name: str) -> str:
    """The first of the names that a label of the codebook offers (`번·회`, `起、案`)."""
    return name.split("·")[0].split("、")[0]


def counted_name(concept: str, locale: str) -> str:
    """A kind of thing counted (`women`): the first word a language has for it; in English the concept itself."""
    said = concept.replace("_", " ")
    return said if locale == "en" else _counted().get((concept, locale), said)


@cache
def _counted() -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for row in vocabulary.rows("counted"):
        found.setdefault((row["concept"], row["language"]), row["form"])
    return MappingProxyType(found)


def place_name(path: str, locale: str) -> str:
    """A gazetteer path by its country and its province, never finer; what is not known stays as it is."""
    if locale == "en":
        return place_text(path) if (path, "en") not in _places() else _places()[path, "en"]
    steps = [step for step in path.split("/") if step]
    if not steps or (steps[0], locale) not in _places():
        return path
    return " ".join(_places().get((step, locale), step) for step in steps[:2])


@cache
def _places() -> Mapping[tuple[str, str], str]:
    rows = [row for row in vocabulary.rows("gazetteer") if row["ptype"] in ("country", "admin1", *_LARGE)]
    named = {(row["id"], code): _name(row, code) for row in rows for code in ("ko", "zh")}
    english = {(row["id"], "en"): row["norm"] for row in rows if row["ptype"] in _LARGE}
    return MappingProxyType(named | english)


def _name(row: Mapping[str, str], code: str) -> str:
    return row[code].split("|")[0].lstrip("?") or row["norm"]
