"""Rare values count for more, and by chance for nothing on average."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from testimonia.linkage.model.levels import Comparison, Design, Level
from testimonia.linkage.model.rarity import Rarity
from testimonia.linkage.model.vectors import Pairs


def design(within: str = "") -> Design:
    """One comparison: the same town."""
    same = Level("town_l = town_r", "the same town", ("town",), within)
    return Design((Comparison("town", "town_l is null or town_r is null", (same,), "another"),), (), ())


def pairs_of(values: np.ndarray, left: np.ndarray, right: np.ndarray) -> Pairs:
    """Pairs with level 1 where the values are equal."""
    levels = (values[left] == values[right]).astype(np.int8)[:, None]
    return Pairs(left.astype(np.int32), right.astype(np.int32), levels)


def sample(records: int = 1500) -> tuple[pa.Table, np.ndarray, Pairs]:
    """Towns of which a few hold most, and random pairs."""
    rng = np.random.default_rng(4)
    share = 1 / np.arange(1, 21)
    towns = rng.choice(20, records, p=share / share.sum())
    left, right = rng.integers(0, records, 40_000), rng.integers(0, records, 40_000)
    keep = left < right
    province = towns // 10
    table = pa.table({"town": [f"t{k}" for k in towns], "province": [f"p{k}" for k in province]})
    return table, towns, pairs_of(towns, left[keep], right[keep])


def test_the_factor_goes_by_one_over_the_share() -> None:
    """Against each other two values differ by the ratio of how many records hold them."""
    table, towns, random = sample()
    weight = Rarity(table, design(), random).of(random)
    counts = np.bincount(towns)
    at = {town: weight[(random.levels[:, 0] == 1) & (towns[random.left] == town)] for town in (0, 9)}
    assert at[9][0] - at[0][0] == pytest.approx(np.log(counts[0] / counts[9]))
    assert (weight[random.levels[:, 0] == 0] == 0).all()


def test_by_chance_the_mean_factor_is_one() -> None:
    """What agreement is worth on average stands in the levels."""
    table, _, random = sample()
    weight = Rarity(table, design(), random).of(random)
    assert np.exp(weight[random.levels[:, 0] == 1]).mean() == pytest.approx(1.0, abs=1e-6)


def test_a_value_is_as_rare_as_it_is_where_it_can_occur() -> None:
    """Towns lie in one province: among those of a province that few come from, a town is less rare than among all."""
    table, towns, random = sample()
    plain = Rarity(table, design(), random).of(random)
    inside = Rarity(table, design("province"), random).of(random)
    rare = (random.levels[:, 0] == 1) & (towns[random.left] >= 10)
    common = (random.levels[:, 0] == 1) & (towns[random.left] == 0)
    assert (plain[rare].mean() - plain[common].mean()) > (inside[rare].mean() - inside[common].mean())
