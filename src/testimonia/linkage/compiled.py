"""Compiled functions: one typed decorator, with the settings that the whole room shares.

The machine code is cached between runs beside the source, or in the user's cache folder where that is read-only.
The cache of a caller does not notice a change in a function of another file: wipe it while developing.
Division by zero gives infinity or NaN, as in NumPy, not an exception: what divides must look at its divisor.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

__all__ = ["njit"]

P = ParamSpec("P")
R = TypeVar("R")


def njit(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function without the interpreter, releasing its lock, cached on disk, in exact arithmetic."""
    return cast(Callable[P, R], numba.njit(cache=True, nogil=True, error_model="numpy")(function))
