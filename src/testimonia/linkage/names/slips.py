"""Slips of the keyboard, the hand and the scanner in one Latin syllable: which right spellings a wrong one may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from testimonia import vocabulary
from testimonia.linkage.names.spelling import SYSTEMS, Spelled, spelled
from testimonia.linkage.names.tables import tables

__all__ = ["slipped_pinyin", "slipped_spelling"]

# P(this wrong spelling | right one), for a syllable of four letters or so: about .02 of syllables have a slip.
SWAPPED, DROPPED, DOUBLED, MISREAD = 8e-4, 8e-4, 4e-4, 1e-3
ADDED, CHANGED = 3e-5, 5e-5
COMMON = 3e-6  # spellings rarer than this are not looked for
LONGEST = 9


@lru_cache(maxsize=65536)
def slipped_spelling(text: str, place: int) -> Spelled | None:
    """P(text | syllable) by system where the text is one slip away from a spelling; None where it is not."""
    table = spelled(place)
    likelihood: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    totals = [0.0] * len(SYSTEMS)
    for right, share in _near(text, place).items():
        for system, weights in table[right].likelihood.items():
            totals[system] += share * table[right].total[system]
            for one, weight in weights.items():
                likelihood[system][one] += share * weight
    return Spelled({system: dict(weights) for system, weights in likelihood.items()}, totals) if likelihood else None


@lru_cache(maxsize=65536)
def slipped_pinyin(text: str, role: int) -> Mapping[str, float]:
    """P(text | pinyin) for each pinyin one slip away."""
    return _near(text, -1 - role)


def _near(text: str, which: int) -> dict[str, float]:
    """Right spellings within one slip, each with the share of writers who slip so."""
    if not 2 <= len(text) <= LONGEST:
        return {}
    index = _index(which)
    found: dict[str, float] = {}
    known = index[""]
    for right, share in _misread(text):
        if right in known:
            found[right] = max(found.get(right, 0.0), share)
    for short in {text, *_without(text)}:
        for right in index.get(short, ()):
            share = _share(text, right)
            if share:
                found[right] = max(found.get(right, 0.0), share)
    found.pop(text, None)
    return found


def _without(text: str) -> list[str]:
    return [text[:index] + text[index + 1 :] for index in range(len(text))]


@cache
def _index(which: int) -> Mapping[str, frozenset[str]]:
    """Every spelling and every spelling less one letter, to the spellings it may come from; all of them under ""."""
    if which < 0:
        right = [one for one, share in tables().sound_prior[-1 - which].items() if share > COMMON]
    else:
        right = [one for one, entry in spelled(which).items() if max(entry.total) > COMMON * 10 and len(one) > 1]
    found: dict[str, set[str]] = defaultdict(set)
    for one in right:
        for short in (one, *_without(one)):
            found[short].add(one)
    found[""] = set(right)
    return {short: frozenset(ones) for short, ones in found.items()}


@cache
def _confusions() -> tuple[tuple[str, str], ...]:
    return tuple((row["printed"], row["read"]) for row in vocabulary.rows("names/misread"))


def _misread(text: str) -> Iterator[tuple[str, float]]:
    """What may have been printed where this was read."""
    for printed, read in _confusions():
        start = text.find(read)
        while start >= 0:
            yield text[:start] + printed + text[start + len(read) :], MISREAD
            start = text.find(read, start + 1)


def _share(text: str, right: str) -> float:
    """P(text | right) of a single slip; 0 where it takes more than one."""
    if len(text) == len(right):
        return _same_length(text, right)
    if len(text) == len(right) - 1:
        return DROPPED if text in _without(right) else 0.0
    if len(text) == len(right) + 1:
        places = [index for index in range(len(text)) if text[:index] + text[index + 1 :] == right]
        doubled = any(text[index] in text[max(0, index - 1) : index] + text[index + 1 : index + 2] for index in places)
        return (DOUBLED if doubled else ADDED) if places else 0.0
    return 0.0


def _same_length(text: str, right: str) -> float:
    unlike = [index for index in range(len(text)) if text[index] != right[index]]
    if len(unlike) == 1:
        return CHANGED
    if len(unlike) == 2 and unlike[1] == unlike[0] + 1:
        a, b = unlike
        return SWAPPED if text[a] == right[b] and text[b] == right[a] else 0.0
    return 0.0
