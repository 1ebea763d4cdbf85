"""The gate in front of the casebook: nothing passes that the text itself does not say.

It trusts no coder, a rule no more than a model or a person: quotes are compared with the text, values are
read again from the quote by an independent route (reread.py), codes are looked up in the codebook.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import get_args

from testimonia import vocabulary
from testimonia.coding.codebook import Codebook
from testimonia.coding.reread import derivable, is_bound, is_rest
from testimonia.coding.spans import complete
from testimonia.model import Coding, Kind

__all__ = ["check"]

KINDS = frozenset(get_args(Kind))
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_YEARS_OF_EDTF = re.compile(r"(?<![\dX])(\d{2}[\dX]{2})(?=[-/~?%.]|$)")
_RESULT = frozenset({"reported", "testimony", "court_found", "historical"})


def check(
    codings: Iterable[Coding], text: str, codebook: Codebook, rendering_sha256: str
) -> tuple[list[Coding], Counter[str]]:
    """The codings that hold, with `rendering_sha256` filled in, and a count of refusals by reason.

    Takes the codings over: they are completed in place. Order is kept.
    """
    kept: list[Coding] = []
    refused: Counter[str] = Counter()
    lists = _Lists(codebook)
    for coding in codings:
        reason = _span(coding, text) or lists.unknown(coding) or _content(coding)
        if reason:
            refused[reason] += 1
        else:
            kept.append(complete(coding, rendering_sha256=rendering_sha256))
    return kept, refused


def _span(coding: Coding, text: str) -> str | None:
    if not 0 <= coding.start < coding.end <= len(text) or text[coding.start : coding.end] != coding.quote:
        return "the quote is not verbatim at its offsets"
    for part in coding.parts.values():
        if not 0 <= part.start < part.end <= len(text) or text[part.start : part.end] != part.quote:
            return "a part is not verbatim at its offsets"
    return None


class _Lists:
    """The closed lists of the codebook, looked up once for a text."""

    def __init__(self, codebook: Codebook) -> None:
        self.modality = codebook.codes("modality")
        self.comparator = codebook.codes("comparator") | {None}
        self.value_status = codebook.codes("value_status") | {None}
        self.polarity = codebook.codes("polarity")
        self.basis = codebook.codes("basis") | {None}
        self.status = codebook.codes("status") | {None}
        self.stance = codebook.codes("stance") | {None}
        self.acts, self.measures = codebook.codes("act"), codebook.codes("measure")
        self.is_unit = codebook.is_unit

    def unknown(self, coding: Coding) -> str | None:
        """What of a coding is in none of the closed lists."""
        if coding.kind not in KINDS:
            return f"unknown kind: {coding.kind}"
        if coding.modality not in self.modality:
            return f"unknown modality: {coding.modality}"
        if coding.polarity not in self.polarity or coding.basis not in self.basis:
            return f"unknown polarity or basis: {coding.polarity}, {coding.basis}"
        return self._code(coding) or self._figure(coding)

    def _code(self, coding: Coding) -> str | None:
        known = {"act": self.acts, "measure": self.measures, "attribution": self.stance}.get(coding.kind)
        if known is not None and coding.code not in known:
            return f"{coding.kind} code not in the codebook: {coding.code}"
        if coding.kind == "measure" and coding.attributes.get("status") not in self.status:
            return f"unknown status of a measure: {coding.attributes['status']}"
        return None

    def _figure(self, coding: Coding) -> str | None:
        if coding.value_status not in self.value_status or coding.comparator not in self.comparator:
            return f"unknown value status or comparator: {coding.value_status}, {coding.comparator}"
        if coding.unit is not None and not self.is_unit(coding.unit):
            return f"unit not in the codebook: {coding.unit}"
        return None


def _content(coding: Coding) -> str | None:
    check = _BY_KIND.get(coding.kind)
    return check(coding) if check else None


def _given(coding: Coding) -> Iterator[float]:
    for number in (coding.value, coding.min, coding.max):
        if isinstance(number, (int, float)):
            yield number


def _figure(coding: Coding) -> str | None:
    given = tuple(_given(coding))
    if coding.value_status == "lost":
        return "a number is given for a lost figure" if given or coding.value is not None else None
    if isinstance(coding.value, str) or not all(map(math.isfinite, given)):
        return "the value of a figure is not a number"
    if coding.min is not None and coding.max is not None and coding.min > coding.max:
        return "the least value is greater than the greatest"
    if coding.modality in _RESULT and _is_target(coding.cue):
        return "a quota or target is given as a result"
    number = coding.parts.get("number")
    return _value(coding, given, number.quote if number else coding.quote)


def _value(coding: Coding, given: tuple[float, ...], quote: str) -> str | None:
    if coding.value_status == "verbal":
        return _vague(coding, given, quote)
    if coding.value_status == "partial" and coding.value is None:
        kept = all(is_rest(number, quote) for number in given)
        return None if kept else "the bounds of a damaged number are not in the quote"
    if not given:
        return "a figure without a number, and not said to be vague or lost"
    if not all(derivable(number, quote) for number in given):
        return "the value cannot be read from the quote"
    return None


def _vague(coding: Coding, given: tuple[float, ...], quote: str) -> str | None:
    if coding.value is not None:
        return "a value is given for a vague word"
    if not all(is_bound(number, quote) for number in given):
        return "the bounds of a vague word are not round"
    return None


@lru_cache(maxsize=4096)
def _is_target(cue: str | None) -> bool:
    folded = (cue or "").lower()
    return bool(folded) and any(row["form"] in folded for row in vocabulary.rows("targets"))


def _date(coding: Coding) -> str | None:
    """The years an EDTF value names must be among the years the quote names, where it names any."""
    if not isinstance(coding.value, str):
        return None
    said = _YEAR.findall(coding.quote)
    if not said:
        return None
    named = _YEARS_OF_EDTF.findall(coding.value)
    if named and not any(_same_year(year, edtf) for year in said for edtf in named):
        return "the year of a date is not in the quote"
    return None


def _same_year(year: str, edtf: str) -> bool:
    return all(digit in (wanted, "X") for wanted, digit in zip(year, edtf, strict=True))


_BY_KIND: dict[str, Callable[[Coding], str | None]] = {"figure": _figure, "date": _date}
