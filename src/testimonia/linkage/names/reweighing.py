"""Encoded names counted and weighed anew, compiled: the words of `codes` in place."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from testimonia.linkage.compiled import njit
from testimonia.linkage.names.codes import LEAST_LOG, STEP

__all__ = ["count", "reweigh"]

Words = npt.NDArray[np.uint32]
Positions = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Frequencies = npt.NDArray[np.float64]


@njit
def _syllables(words: Words, i: int) -> int:
    """The number of entries of one syllable: of its readings, characters and pinyin together."""
    size: int = (words[i] & 0xFF) + ((words[i] >> 8) & 0xFF) + ((words[i] >> 16) & 0xFF)
    return size


@njit
def count(words: Words, starts: Positions, before: Frequencies, weights: Floats, counts: Frequencies) -> None:
    """Add the probability of each syllable in each place over all names."""
    for start in starts:
        i = start + 2
        for _ in range((words[start] >> 8) & 0xFF):
            share = words[i : i + 1].view(np.float32)[0]
            place = 1 - ((words[i + 1] >> 20) & 1)
            end = i + 2 + (words[i + 1] & 0xFFFF)
            i += 2
            while i < end:
                for k in range(i + 1, i + 1 + (words[i] & 0xFF)):
                    one = words[k] >> 12
                    counts[place, one] += share * weights[words[k] & 0xFFF] * np.sqrt(before[place, one])
                i += 1 + _syllables(words, i)
                place = min(place + 1, 2)


@njit
def reweigh(words: Words, starts: Positions, before: Frequencies, after: Frequencies, weights: Floats) -> None:
    """Put new frequencies in the place of the old ones: in every syllable, and in the weights of the readings."""
    for start in starts:
        total = 0.0
        i = start + 2
        for _ in range((words[start] >> 8) & 0xFF):
            end = i + 2 + (words[i + 1] & 0xFFFF)
            share = words[i : i + 1].view(np.float32)
            share[0] *= _one_reading(words, i, end, before, after, weights)
            total += share[0]
            i = end
        i = start + 2
        for _ in range((words[start] >> 8) & 0xFF):
            words[i : i + 1].view(np.float32)[0] /= total
            i += 2 + (words[i + 1] & 0xFFFF)


@njit
def _one_reading(words: Words, i: int, end: int, before: Frequencies, after: Frequencies, weights: Floats) -> float:
    """Reweigh the syllables of one reading; how much likelier the whole is now."""
    place = 1 - ((words[i + 1] >> 20) & 1)
    i += 2
    likelier = 1.0
    while i < end:
        last = i + 1 + (words[i] & 0xFF)
        norm = 0.0
        for k in range(i + 1, last):
            one = words[k] >> 12
            norm += weights[words[k] & 0xFFF] * after[place, one] / np.sqrt(before[place, one])
        for k in range(i + 1, last):
            one = words[k] >> 12
            value = weights[words[k] & 0xFFF] * np.sqrt(after[place, one] / before[place, one]) / norm
            step = round((np.log(value) - LEAST_LOG) / STEP)
            words[k] = (one << 12) | np.uint32(min(4095, max(0, step)))
        likelier *= norm if norm > 0 else 1.0
        i += 1 + _syllables(words, i)
        place = min(place + 1, 2)
    return likelier
