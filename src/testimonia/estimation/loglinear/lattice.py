"""Sums over the subsets and supersets of every pattern at once, in place, compiled.

A pattern is a set of lists written as a bit mask, an array over the 2**k patterns is a function on the lattice of
sets, and its subset sums (the zeta transform) take k 2**(k-1) additions instead of 3**k.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import inlined

__all__ = ["moebius", "subset_sums", "superset_sums"]

Floats = NDArray[np.float64]
# Unsigned numbers spare the check for negative indices; the innermost eight cells stay in registers.
ONE = np.uint64(1)
EIGHT = np.uint64(8)


@inlined
def _low(x: Floats, sign: float) -> np.uint64:
    """Transform over the first three lists; the bit of the next."""
    size = np.uint64(x.size)
    i = np.uint64(0)
    if size < EIGHT:
        return ONE
    while i < size:
        y = x[i : i + EIGHT]
        a, b, c, d, e, f, g, h = y[0], y[1], y[2], y[3], y[4], y[5], y[6], y[7]
        b, d, f, h = b + sign * a, d + sign * c, f + sign * e, h + sign * g
        c, d, g, h = c + sign * a, d + sign * b, g + sign * e, h + sign * f
        e, f, g, h = e + sign * a, f + sign * b, g + sign * c, h + sign * d
        y[1], y[2], y[3], y[4], y[5], y[6], y[7] = b, c, d, e, f, g, h
        i += EIGHT
    return EIGHT


@inlined
def _transform(x: Floats, sign: float) -> None:
    """Add to every cell, list by list, `sign` times the cell without that list."""
    bit = _low(x, sign)
    size = np.uint64(x.size)
    while bit < size:
        block = np.uint64(0)
        while block < size:
            for j in range(block, block + bit):
                x[j + bit] += sign * x[j]
            block += bit + bit
        bit = bit + bit


@inlined
def subset_sums(x: Floats) -> None:
    """In place: x[c] becomes the sum of x over the subsets of c."""
    _transform(x, 1.0)


@inlined
def moebius(x: Floats) -> None:
    """In place: the inverse of the subset sums, from linear predictors to coefficients."""
    _transform(x, -1.0)


@inlined
def _high(x: Floats) -> np.uint64:
    """Superset sums over the first three lists; the bit of the next."""
    size = np.uint64(x.size)
    i = np.uint64(0)
    if size < EIGHT:
        return ONE
    while i < size:
        y = x[i : i + EIGHT]
        a, b, c, d, e, f, g, h = y[0], y[1], y[2], y[3], y[4], y[5], y[6], y[7]
        a, c, e, g = a + b, c + d, e + f, g + h
        a, b, e, f = a + c, b + d, e + g, f + h
        a, b, c, d = a + e, b + f, c + g, d + h
        y[0], y[1], y[2], y[3], y[4], y[5], y[6] = a, b, c, d, e, f, g
        i += EIGHT
    return EIGHT


@inlined
def superset_sums(x: Floats) -> None:
    """In place: x[c] becomes the sum of x over the supersets of c."""
    bit = _high(x)
    size = np.uint64(x.size)
    while bit < size:
        block = np.uint64(0)
        while block < size:
            for j in range(block, block + bit):
                x[j] += x[j + bit]
            block += bit + bit
        bit = bit + bit
