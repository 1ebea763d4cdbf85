"""Compiled functions: one typed decorator, with the settings that the whole room shares.

The machine code is cached between runs beside the source, or in the user's cache folder where that is read-only.
The cache of a caller does not notice a change in a function of another file: wipe it while developing.
Division by zero gives infinity or NaN, as in NumPy, not an exception: what divides must look at its divisor.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

__all__ = ["inlined", "merged", "njit"]

P = ParamSpec("P")
R = TypeVar("R")


def njit(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function without the interpreter, releasing its lock, cached on disk, in exact arithmetic."""
    return cast(Callable[P, R], numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a small function into each of its callers: no call, and no counting of references to its arrays."""
    compiled = numba.njit(cache=True, nogil=True, error_model="numpy", forceinline=True)(function)
    return cast(Callable[P, R], compiled)


def merged(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function part of its caller before that is compiled: for steps of one function, which compiles faster."""
    compiled = numba.njit(cache=True, nogil=True, error_model="numpy", inline="always")(function)
    return cast(Callable[P, R], compiled)
