"""Chains: what they learn of the way records were written, and that it is fixed before draws are kept."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from testimonia.linkage.clusters.constraints import blocks_of
from testimonia.linkage.clusters.likelihood import chance_of
from testimonia.linkage.clusters.sampling import LEARN, Chain, scene_of
from testimonia.linkage.compared import Compared


def _settled(compared: Compared) -> Chain:
    chain = Chain(
        scene_of(compared, chance_of(compared), blocks_of(compared.record_ids)), np.random.default_rng(1), threshold=0.5
    )
    for _ in range(max(LEARN)):
        chain.step()
    return chain


def test_records_with_errors_of_their_own_show_one_way_of_writing(small: tuple[Compared, np.ndarray]) -> None:
    compared, _ = small
    chain = _settled(compared)
    assert compared.sampled is not None
    assert chain.ways is None
    assert (chain.of_random() == compared.sampled.extra).all()


def test_a_careless_hand_shows_in_the_linked_pairs_and_raises_the_odds_of_its_matches(
    make: Callable[..., Compared],
) -> None:
    """1,000 couples of ten comparisons, a third written carelessly: matches that differ in four values or more gain."""
    generator = np.random.default_rng(1)
    hand = (generator.random(1000) < 1 / 3).astype(int)
    levels = np.where(generator.random((1000, 10)) < np.array([0.03, 0.4])[hand][:, None], 0, 2)
    couples = [(at, 1000 + at) for at in range(1000)]
    compared = make([0] * 1000 + [1] * 1000, couples, levels.tolist(), probability=[0.9] * 1000, u=(0.97, 0.02, 0.01))
    chain = _settled(compared)
    assert chain.ways is not None
    surplus = chain.ways.surplus(chain.scene.levels, chain.scene.kind)
    assert surplus[(levels == 0).sum(axis=1) >= 4].mean() > 0.5
    assert chain.of_random().size == 0
