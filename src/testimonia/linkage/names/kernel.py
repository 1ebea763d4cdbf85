"""Encoded names compared in bulk, compiled: likelihood ratios from the words of `codes`."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from testimonia.linkage.compiled import njit
from testimonia.linkage.names.codes import (
    CHARACTERS_KEPT,
    LEAST_LOG,
    NO_GIVEN,
    OTHER_LENGTH,
    SAME_SURNAME_CHARACTER,
    SLIP_OF_CHARACTER,
    STEP,
    WRONG_NAME,
    WRONG_SYLLABLE,
)
from testimonia.linkage.names.letters import GIVEN_LENGTH

__all__ = ["LENGTHS", "WEIGHTS", "ratios"]

Words = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]
Positions = npt.NDArray[np.int64]

WEIGHTS: Floats = np.exp(LEAST_LOG + STEP * np.arange(4096)).astype(np.float32)
LENGTHS: Floats = np.array([1.0] + [1 / GIVEN_LENGTH.get(size, 1e-3) for size in range(1, 16)], dtype=np.float32)


@njit
def _dot(left: Words, i: int, i_end: int, right: Words, j: int, j_end: int, weights: Floats) -> float:
    """Dot product of two sorted sparse parts."""
    total = 0.0
    while i < i_end and j < j_end:
        a, b = left[i] >> 12, right[j] >> 12
        if a == b:
            total += weights[left[i] & 0xFFF] * weights[right[j] & 0xFFF]
            i += 1
            j += 1
        elif a < b:
            i += 1
        else:
            j += 1
    return total


@njit
def _syllable(left: Words, i: int, right: Words, j: int, weights: Floats, out: Floats) -> None:
    """Likelihood ratios of two syllables into out: by sound, by character (-1 where one has none)."""
    a, b = left[i], right[j]
    an, ac, ap = a & 0xFF, (a >> 8) & 0xFF, (a >> 16) & 0xFF
    bn, bc, bp = b & 0xFF, (b >> 8) & 0xFF, (b >> 16) & 0xFF
    i += 1
    j += 1
    out[0] = _dot(left, i, i + an, right, j, j + bn, weights)
    out[1] = -1.0
    if ac + ap > 0 and bc + bp > 0:
        sound = _dot(left, i + an + ac, i + an + ac + ap, right, j + bn + bc, j + bn + bc + bp, weights)
        if ac > 0 and bc > 0:
            same = _dot(left, i + an, i + an + ac, right, j + bn, j + bn + bc, weights)
            out[1] = (1 - SLIP_OF_CHARACTER) * same + SLIP_OF_CHARACTER * sound
        else:
            out[1] = sound


@njit
def _size(word: int) -> int:
    return 1 + (word & 0xFF) + ((word >> 8) & 0xFF) + ((word >> 16) & 0xFF)


@njit
def _reading(left: Words, i: int, right: Words, j: int, weights: Floats, lengths: Floats, out: Floats) -> None:
    """Likelihood ratios of two readings into out[2] (surname) and out[3] (given name)."""
    a, b = left[i + 1], right[j + 1]
    i += 2
    j += 2
    has_a, has_b = (a >> 20) & 1, (b >> 20) & 1
    out[2] = 1.0
    if has_a and has_b:
        _syllable(left, i, right, j, weights, out)
        value = out[0]
        if out[1] >= 0:
            value = (1 - SAME_SURNAME_CHARACTER) * value + SAME_SURNAME_CHARACTER * out[1]
        out[2] = (1 - WRONG_SYLLABLE) * value + WRONG_SYLLABLE
    if has_a:
        i += _size(left[i])
    if has_b:
        j += _size(right[j])
    n, m = (a >> 16) & 15, (b >> 16) & 15
    if n == NO_GIVEN or m == NO_GIVEN:
        out[3] = 1.0
        return
    if n != m:
        out[3] = OTHER_LENGTH
        return
    by_sound, by_character, known = lengths[n], lengths[n], True
    for _ in range(n):
        _syllable(left, i, right, j, weights, out)
        by_sound *= (1 - WRONG_SYLLABLE) * out[0] + WRONG_SYLLABLE
        if out[1] >= 0:
            by_character *= (1 - WRONG_SYLLABLE) * out[1] + WRONG_SYLLABLE
        else:
            known = False
        i += _size(left[i])
        j += _size(right[j])
    out[3] = (1 - CHARACTERS_KEPT) * by_sound + CHARACTERS_KEPT * by_character if known else by_sound


@njit
def _pair(left: Words, i: int, right: Words, j: int, weights: Floats, lengths: Floats, out: Floats) -> None:
    """Sums over all pairs of readings into out[4] (whole name) and out[5] (given name)."""
    n, m = (left[i] >> 8) & 0xFF, (right[j] >> 8) & 0xFF
    whole, given = 0.0, 0.0
    first = i + 2
    for _ in range(n):
        share = left[first : first + 1].view(np.float32)[0]
        second = j + 2
        for _ in range(m):
            both = share * right[second : second + 1].view(np.float32)[0]
            _reading(left, first, right, second, weights, lengths, out)
            whole += both * out[2] * out[3]
            given += both * out[3]
            second += 2 + (right[second + 1] & 0xFFFF)
        first += 2 + (left[first + 1] & 0xFFFF)
    out[4] = whole
    out[5] = given


@njit
def ratios(
    left: Words, starts: Positions, right: Words, others: Positions, weights: Floats, lengths: Floats
) -> npt.NDArray[np.float64]:
    """Per pair: log likelihood ratio of the whole name, of the given name alone, and those with themselves.

    `starts` and `others` are positions of the names in words, -1 where there is no name (all is then 0).
    """
    found = np.zeros((len(starts), 4))
    out = np.zeros(6, dtype=np.float32)
    for k in range(len(starts)):
        i, j = starts[k], others[k]
        if i < 0 or j < 0:
            continue
        _pair(left, i, right, j, weights, lengths, out)
        found[k, 0] = np.log((1 - WRONG_NAME) * out[4] + WRONG_NAME)
        found[k, 1] = np.log((1 - WRONG_NAME) * out[5] + WRONG_NAME)
        found[k, 2] = left[i + 1 : i + 2].view(np.float32)[0]
        found[k, 3] = right[j + 1 : j + 2].view(np.float32)[0]
    return found
