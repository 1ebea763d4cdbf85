"""Published tables, and the oracles that several tests of log-linear models share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from testimonia.estimation import OverlapTable

SHARED = Path(__file__).resolve().parents[4] / "shared" / "mse"


@pytest.fixture
def published() -> Callable[[str], OverlapTable]:
    """Reads one of the published tables by name, or skips."""

    def read(name: str) -> OverlapTable:
        if not SHARED.is_dir():
            pytest.skip("the published tables (../shared/mse) are not here")
        return OverlapTable.read_csv(SHARED / f"{name}.csv")

    return read


@pytest.fixture
def plain() -> Callable[[Any, Sequence[int]], tuple[list[int], list[int], Any]]:
    """Remaining cells, remaining terms and their dense matrix, by the definition in words."""

    def system(counts: Any, terms: Sequence[int]) -> tuple[list[int], list[int], Any]:
        people = {t: sum(counts[c] for c in range(1, len(counts)) if c & t == t) for t in terms}
        dead = [term for term in terms if people[term] == 0]
        cells = [c for c in range(1, len(counts)) if not any(c & term == term for term in dead)]
        live = [term for term in terms if term not in dead]
        return cells, live, np.array([[float(c & t == t) for t in live] for c in cells]).reshape(len(cells), len(live))

    return system


@pytest.fixture
def judge(plain: Any) -> Callable[[Any, Sequence[int]], int]:
    """0 admissible, 1 no extended estimate, 2 not identifiable: a rank and a linear programme of SciPy's."""

    def verdict(counts: Any, terms: Sequence[int]) -> int:
        cells, _, matrix = plain(counts, terms)
        if np.linalg.matrix_rank(matrix) < matrix.shape[1]:
            return 2
        held = np.hstack([matrix.T, np.zeros((matrix.shape[1], 1))])
        below = np.hstack([-np.eye(len(cells)), np.ones((len(cells), 1))])
        found = linprog(
            np.r_[np.zeros(len(cells)), -1.0],
            A_eq=held,
            b_eq=matrix.T @ np.array([counts[c] for c in cells], float),
            A_ub=below,
            b_ub=np.zeros(len(cells)),
            bounds=[(0, None)] * len(cells) + [(None, 1)],
        )
        return 0 if found.status == 0 and -found.fun > 1e-7 else 1

    return verdict
