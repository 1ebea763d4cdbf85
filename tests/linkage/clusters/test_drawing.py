"""Draws, the clusters shown and the persons counted, on invented records whose truth is known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from testimonia.linkage.clusters import best_clusters, co_membership, draw, expected_change, persons
from testimonia.linkage.clusters.drawing import Draws
from testimonia.linkage.compared import Compared

Small = tuple[Compared, np.ndarray]


@pytest.fixture(scope="module")
def drawn(small: Small) -> Draws:
    return draw(small[0], draws=80, seed=2)


def test_the_interval_holds_the_persons_and_the_overlaps(small: Small, drawn: Draws) -> None:
    compared, person = small
    assert drawn.refusal == ""
    found = persons(drawn, level=0.99)
    assert found.lower <= len(np.unique(person)) <= found.upper
    on = np.zeros(person.max() + 1, dtype=np.int64)
    np.bitwise_or.at(on, person, 1 << compared.list_of.astype(np.int64))
    several = sum(int(cell).bit_count() > 1 for cell in on)
    ours = drawn.counts[:, [3, 5, 6, 7]].sum(axis=1)
    low, high = np.quantile(ours, [0.005, 0.995])
    assert low <= several <= high


def test_probabilities_are_calibrated(small: Small, drawn: Draws) -> None:
    """Among pairs of middling probability, matches are as many as the probabilities add up to, within 4 sd."""
    compared, person = small
    probability, same = co_membership(compared, drawn), person[compared.left] == person[compared.right]
    open_ = (probability > 0.03) & (probability < 0.97)
    expected = probability[open_].sum()
    spread = np.sqrt((probability[open_] * (1 - probability[open_])).sum())
    assert abs(same[open_].sum() - expected) < 4 * spread + 2


def test_the_same_seed_gives_the_same_draws(small: Small) -> None:
    one, two = (draw(small[0], draws=8, seed=5) for _ in range(2))
    assert (one.clusters == two.clusters).all()
    assert (one.counts == two.counts).all()


def test_decisions_hold_in_every_draw_and_in_the_clusters_shown(small: Small) -> None:
    """Sure pairs decided to be different, and records of different people decided to be the same."""
    compared, person = small
    sure = np.flatnonzero(compared.probability > 0.999)[:3]
    cannot = np.stack([compared.left[sure], compared.right[sure]], axis=1)
    free = np.setdiff1d(np.arange(len(person)), cannot)
    must = np.array([[free[0], free[7]], [free[7], free[21]]])
    found = draw(compared, must=must, cannot=cannot, draws=20, seed=1)
    shown = best_clusters(compared, found, must=must, cannot=cannot).clusters
    for row in (*found.clusters, shown):
        assert (row[must[:, 0]] == row[must[:, 1]]).all()
        assert (row[cannot[:, 0]] != row[cannot[:, 1]]).all()


def test_contradicting_decisions_are_told_and_the_rest_holds(small: Small) -> None:
    found = draw(small[0], must=[(0, 1), (1, 2)], cannot=[(0, 2)], draws=4, seed=1)
    assert len(found.contradictions) == 1
    assert "r0 and r2" in found.contradictions[0]


def test_a_chain_of_likely_pairs_does_not_become_one_person(make: Callable[..., Compared]) -> None:
    """Forty records, each agreeing with the next in all and with no other in anything: no cluster swallows them."""
    pairs = [(at, at + 1) for at in range(39)]
    compared = make(
        [at % 4 for at in range(40)],
        pairs,
        [[2, 2, 2, 2]] * 39,
        lists=4,
        probability=[0.9] * 39,
        u=(0.99, 0.009, 0.001),
    )
    found = draw(compared, draws=40, seed=1)
    largest = max(int(np.bincount(row).max()) for row in found.clusters)
    assert largest <= 6
    assert np.bincount(best_clusters(compared, found).clusters).max() <= 4


def test_a_common_name_does_not_swallow_its_bearers(make: Callable[..., Compared]) -> None:
    """A clique of thirty who share a name and differ in two facts, as different people do."""
    pairs = [(one, two) for one in range(30) for two in range(one + 1, 30)]
    compared = make(
        [at % 3 for at in range(30)], pairs, [[2, 0, 0]] * len(pairs), lists=3, probability=[0.2] * len(pairs)
    )
    found = draw(compared, draws=20, seed=1)
    assert np.bincount(best_clusters(compared, found).clusters).max() <= 3


def test_every_merge_names_the_pairs_that_carried_it(small: Small, drawn: Draws) -> None:
    compared, _ = small
    shown = best_clusters(compared, drawn)
    assert sum(len(merge.records) - 1 for merge in shown.merges) == len(shown.clusters) - len(np.unique(shown.clusters))
    for merge in shown.merges:
        assert merge.pairs
        assert {int(shown.clusters[compared.left[pair]]) for pair in merge.pairs} == {merge.records[0]}


def test_the_clusters_shown_are_better_than_a_draw(small: Small, drawn: Draws) -> None:
    _, person = small

    def wrong(row: np.ndarray) -> int:
        return int(((row[:, None] == row) != (person[:, None] == person)).sum())

    assert wrong(best_clusters(small[0], drawn).clusters) <= np.median([wrong(row) for row in drawn.clusters])


def test_what_is_known_is_not_worth_asking(small: Small, drawn: Draws) -> None:
    compared, _ = small
    change, probability = expected_change(compared, drawn), co_membership(compared, drawn)
    across = compared.list_of[compared.left] != compared.list_of[compared.right]
    doubtful = across & (np.abs(probability - 0.5) < 0.2)
    settled = across & (np.abs(probability - 0.5) > 0.49)
    assert change.min() >= 0
    assert change[doubtful].min() > 10 * change[settled].max()


def test_two_lists_without_any_pair_are_drawn_as_different_people(make: Callable[..., Compared]) -> None:
    found = draw(make([0, 0, 1], [], np.zeros((0, 2))), draws=4, seed=1)
    assert (found.counts.sum(axis=1) == 3).all()
