"""Every model in turn: where a fit began must not decide what the best model is."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from testimonia.estimation.loglinear.every import fit_all

ASTRAY = [
    (0, 214173, 360, 359, 3757, 2, 0, 214173, 1, 3, 3, 1, 632, 3, 3, 80),
    (0, 0, 50, 14406, 0, 14389, 0, 0),
]


@pytest.mark.parametrize("counts", ASTRAY)
def test_the_best_admissible_model_is_the_same_in_every_order_of_the_lists(counts: tuple[int, ...]) -> None:
    """Renumbering the lists changes which model each fit begins from, and may change nothing else."""
    k = len(counts).bit_length() - 1
    found = []
    for order in permutations(range(k)):
        moved = np.zeros(len(counts))
        for cell, count in enumerate(counts):
            moved[sum(1 << new for new, old in enumerate(order) if cell >> old & 1)] = count
        fits = fit_all(moved)
        found.append((int(fits.admissible.sum()), float(fits.bic[fits.admissible].min())))
    assert len({number for number, _ in found}) == 1
    assert [least for _, least in found] == pytest.approx([found[0][1]] * len(found), rel=1e-6)
