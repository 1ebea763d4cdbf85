"""How far coders agree: spans found by both, and Krippendorff's alpha with an interval, or why there is none.

Unit of agreement of alpha here: one passage and one code, with the values *present* and *absent* for each coder. What
that assumes: that the passages were cut before anybody coded (they are, at intake), that both looked at every passage,
and that where in a passage a code stands, and how often, does not matter. Alpha for stretches of any length
(Krippendorff's alpha for unitised data) is another measure and is not computed; how well the bounds agree is said by
the share of spans found by both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

__all__ = [
    "LEAST_CODED",
    "LEAST_DOCUMENTS",
    "LEAST_UNITS",
    "Alpha",
    "Coincidences",
    "Found",
    "alpha",
    "alpha_of",
    "coincidences",
    "found_by_both",
    "matched",
]

Coincidences = Mapping[tuple[Hashable, Hashable], float]
Span = tuple[int, int]
Why = Literal["", "few-passages", "rare", "no-variation", "few-documents"]
LEAST_UNITS = 20  # passages
LEAST_CODED = 5  # passages in which somebody saw the code
LEAST_DOCUMENTS = 5  # for an interval
RESAMPLED = 2_000
PRESENT, ABSENT = True, False


@dataclass(frozen=True, slots=True)
class Found:
    """How many spans one coder has, how many the other, and how many both: with the same bounds, or overlapping."""

    first: int
    second: int
    exact: int
    overlapping: int

    def f1(self, both: int) -> float | None:
        """2 · both / (first + second): 1 where they found the same, 0 where nothing; None where there is nothing."""
        return 2 * both / (self.first + self.second) if self.first + self.second else None

    @property
    def exact_f1(self) -> float | None:
        """F1 of spans with the same bounds. Neither coder is the truth: F1 is the same whichever is taken for it."""
        return self.f1(self.exact)

    @property
    def overlap_f1(self) -> float | None:
        """F1 of spans that overlap, each with one of the other coder at most."""
        return self.f1(self.overlapping)

    def __add__(self, other: Found) -> Found:
        return Found(
            self.first + other.first,
            self.second + other.second,
            self.exact + other.exact,
            self.overlapping + other.overlapping,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha:
    """Agreement on one code in one language: how many passages, in how many somebody saw it, in how many documents.

    `value` is None where it was refused, and `why` says why: few-passages, rare, or no-variation (every passage has
    it). `low` and `high` bound it with 95 % confidence, None where there are too few documents for that: few-documents.
    """

    code: str
    language: str
    passages: int
    coded: int
    documents: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    why: Why = ""


# Spans --------------------------------------------------------------------------------------------------------


def found_by_both(first: Sequence[Span], second: Sequence[Span]) -> Found:
    """Match the spans of two coders, each with one of the other at most, those that overlap most before all others.

    Taking the largest overlaps first is quick and may, in chains of overlaps, find one pair fewer than is possible.
    """
    pairs = matched(first, second)
    exact = sum((Counter(first) & Counter(second)).values())
    return Found(len(first), len(second), exact, len(pairs))


def matched(first: Sequence[Span], second: Sequence[Span]) -> list[tuple[int, int]]:
    """Pairs of positions of spans that overlap, each span once at most: same bounds first, then largest overlap."""
    shared = [(a != b, -_shared(a, b), i, j) for i, a in enumerate(first) for j, b in _near(a, second)]
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for _, _, i, j in sorted(shared):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return sorted(pairs)


def _near(a: Span, others: Sequence[Span]) -> list[tuple[int, Span]]:
    return [(j, b) for j, b in enumerate(others) if b[0] < a[1] and a[0] < b[1]]


def _shared(a: Span, b: Span) -> int:
    return min(a[1], b[1]) - max(a[0], b[0])


# Alpha --------------------------------------------------------------------------------------------------------


def coincidences(units: Iterable[Sequence[Hashable]]) -> Counter[tuple[Hashable, Hashable]]:
    """The coincidence matrix of units, each the values that were given to it, one a coder.

    Each ordered pair of values in a unit of m values counts 1 / (m - 1); a unit with one value has no pair and counts
    nothing (Krippendorff, Content Analysis, 2nd ed. 2004, section 11.3).
    """
    found: Counter[tuple[Hashable, Hashable]] = Counter()
    for values in units:
        for i, one in enumerate(values):
            for j, other in enumerate(values):
                if i != j:
                    found[one, other] += 1 / (len(values) - 1)  # type: ignore[assignment]
    return found


def alpha(found: Coincidences) -> float | None:
    """Krippendorff's alpha for nominal values: 1 - observed / expected disagreement; None where no value varies.

    1 is agreement in all, 0 what chance would give with these values, less than 0 is worse than chance. Assumes that
    coders are interchangeable and judged each by herself; where they talked, it is too high.
    """
    totals: Counter[Hashable] = Counter()
    for (value, _), count in found.items():
        totals[value] += count  # type: ignore[assignment]
    number = sum(totals.values())
    differing = sum(count for (one, other), count in found.items() if one != other)
    expected = number * number - sum(count * count for count in totals.values())
    return 1 - (number - 1) * differing / expected if expected else None


def alpha_of(code: str, language: str, documents: Sequence[Sequence[Sequence[bool]]]) -> Alpha:
    """Alpha of one code in one language; `documents` holds for each document its passages, each as present or absent.

    The interval is that of 2,000 samples of whole documents (passages of one document are alike, so they are never
    drawn apart). It is refused below five documents, and alpha itself below twenty passages or where fewer than five
    passages have the code: a single passage more or less would change it too much.
    """
    each = [coincidences(units) for units in documents]
    units = [unit for document in documents for unit in document if len(unit) > 1]
    told = Alpha(
        code=code,
        language=language,
        passages=len(units),
        coded=sum(any(unit) for unit in units),
        documents=sum(bool(one) for one in each),
    )
    if why := _refusal(told):
        return replace(told, why=why)
    value = alpha(_sum(each))
    if value is None:
        return replace(told, why="no-variation")
    low, high = _interval(each) if told.documents >= LEAST_DOCUMENTS else (None, None)
    return replace(told, value=value, low=low, high=high, why="" if low is not None else "few-documents")


def _refusal(told: Alpha) -> Why:
    if told.passages < LEAST_UNITS:
        return "few-passages"
    return "rare" if told.coded < LEAST_CODED else ""


def _sum(each: Iterable[Coincidences]) -> Coincidences:
    whole: Counter[tuple[Hashable, Hashable]] = Counter()
    for one in each:
        whole.update(one)
    return whole


def _interval(each: Sequence[Coincidences]) -> tuple[float | None, float | None]:
    """Percentiles of alpha over samples of documents, drawn with replacement. None without NumPy."""
    try:
        import numpy as np
    except ModuleNotFoundError:
        return None, None
    cells = ((PRESENT, PRESENT), (PRESENT, ABSENT), (ABSENT, ABSENT))
    counts = np.array([[one.get(cell, 0.0) for cell in cells] for one in each])
    drawn = np.random.default_rng(1).multinomial(len(each), [1 / len(each)] * len(each), size=RESAMPLED) @ counts
    both, differ, neither = drawn[:, 0], drawn[:, 1], drawn[:, 2]
    present, absent = both + differ, neither + differ
    number = present + absent
    varies = (present > 0) & (absent > 0)
    if varies.sum() < RESAMPLED // 2:
        return None, None
    values = 1 - (number - 1)[varies] * differ[varies] / (present * absent)[varies]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
