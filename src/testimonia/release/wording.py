"""How values are written for a reader: numbers, dates, units, lists of words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from testimonia.model import Origin
from testimonia.release.evidence import Evidence
from testimonia.release.figures import bounds
from testimonia.release.terms import label

__all__ = [
    "code_text",
    "counted",
    "figure_text",
    "kind_text",
    "language_name",
    "listed",
    "number",
    "origin_text",
    "sentence_case",
    "unit_text",
]

_LANGUAGES: Mapping[str, str] = MappingProxyType(
    {"en": "English", "ko": "Korean", "zh": "Chinese", "ja": "Japanese", "ru": "Russian"}
)
_COMPARATORS: Mapping[str, str] = MappingProxyType(
    {">": "more than ", ">=": "at least ", "<": "less than ", "<=": "at most ", "~": "about ", "min": "from "}
)


_SINGULAR: Mapping[str, str] = MappingProxyType(
    {
        "persons": "person",
        "cases": "case",
        "years": "year",
        "months": "month",
        "days": "day",
        "hours": "hour",
        "times": "time",
        "years of age": "year of age",
    }
)


def counted(amount: int, noun: str, plural: str = "") -> str:
    """Write a count with its noun: `1 file`, `1,240 files`."""
    return f"{amount:,} {noun if amount == 1 else plural or noun + 's'}"


def listed(words: Iterable[str], most: int = 99) -> str:
    """Write `a`, `a and b`, `a, b and c`; beyond `most`, `a, b and 3 more`."""
    found = list(words)
    if len(found) > most:
        return f"{', '.join(found[:most])} and {len(found) - most:,} more"
    return " and ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)


def sentence_case(text: str) -> str:
    """Raise the first letter and leave the others."""
    return text[:1].upper() + text[1:]


def language_name(code: str) -> str:
    """Name a language; a code without a name stands as it is."""
    return _LANGUAGES.get(code.split("-")[0], "unknown language" if code == "und" else code)


def number(value: float) -> str:
    """Write a number without a needless decimal point: `1,240`, `0.35`."""
    return f"{int(value):,}" if value == int(value) and abs(value) < 1e15 else f"{value:,.6g}"


def unit_text(unit: str | None) -> str:
    """Write a unit; a currency code stays, `persons/year` becomes `persons a year`."""
    if not unit or unit == "count":
        return ""
    if unit == "percent":
        return "%"
    if unit.startswith("count/"):
        return "a " + unit.removeprefix("count/").replace("_", " ")
    return unit.replace("years_of_age", "years of age").replace("_", " ").replace("/", " a ")


def figure_text(e: Evidence) -> str:
    """Write what a figure says; a verbal or lost one gets its status, never a number."""
    if e.coding.value_status == "lost":
        return "number lost"
    low, high = bounds(e)
    if low is None and high is None:
        return "in words only"
    unit = unit_text(e.coding.unit)
    if low == high == 1:
        unit = _SINGULAR.get(unit, unit)
    gap = "" if unit in ("", "%") else " "
    return _range(low, high, e.coding.comparator) + gap + unit


def _range(low: float | None, high: float | None, comparator: str | None) -> str:
    if low is None or high is None:
        known = low if low is not None else high
        word = "at least " if low is not None else "at most "
        return _COMPARATORS.get(comparator or "", word) + number(known or 0.0)
    if low != high:
        return ("about " if comparator == "~" else "") + f"{number(low)}–{number(high)}"
    return _COMPARATORS.get(comparator or "", "") + number(low)


_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "report": "report",
        "agency": "news agency",
        "official": "official",
        "testimony": "testimony",
        "publisher": "publisher",
        "document": "file that names nobody",
        "law": "law",
        "unnamed": "nobody is named",
    }
)


def kind_text(origin: Origin) -> str:
    """Say what sort of origin it is."""
    return _KINDS.get(origin.kind, origin.kind)


def origin_text(origin: Origin | None) -> str:
    """Name an origin; one that nobody decided on says so."""
    if origin is None:
        return "nobody traced"
    return origin.label + (" (undecided)" if origin.certainty == "undecided" else "")


def code_text(scheme: str, code: str | None) -> str:
    """Name a code with a capital first letter."""
    return sentence_case(label(scheme, code))
