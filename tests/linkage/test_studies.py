"""The studies of reviewed pairs count as they say: F1 after each judgement; a reviewer who errs as often as told."""

from __future__ import annotations

import numpy as np
import pytest
from evals.linkage_labels import f1_after, needed, pairs_of
from evals.linkage_reviewed import Reviewer, cells, covers, error
from hypothesis import given
from hypothesis import strategies as st

from testimonia.linkage.review import Ask


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=12), st.integers(0, 3), st.randoms())
def test_f1_after_each_judgement_is_that_of_the_pairs_as_they_then_stand(
    pairs: list[tuple[bool, bool]], lost: int, shuffled: object
) -> None:
    """Recomputed from scratch: judged pairs as they are, others as called; `lost` matches are no candidates."""
    said, same = (np.array(column, dtype=bool) for column in zip(*pairs, strict=True))
    order = np.arange(len(pairs))
    shuffled.shuffle(order)  # type: ignore[attr-defined]
    true = int(same.sum()) + lost
    found = f1_after(order, said, same, true)
    for judged in range(len(order) + 1):
        now = said.copy()
        now[order[:judged]] = same[order[:judged]]
        assert found[judged] == pytest.approx(2 * (now & same).sum() / max(now.sum() + true, 1))


def test_needed_is_the_first_judgement_that_comes_near() -> None:
    """Within .01 of .97 is .96; nothing where that is never reached."""
    rising = np.array([0.90, 0.95, 0.961, 0.97])
    assert needed(rising, 0.97) == 2
    assert needed(rising, 0.99) is None


def test_pairs_of_persons() -> None:
    """Three records of one person make three pairs, one record alone none."""
    assert pairs_of({"r1": "a", "r2": "a", "r3": "a", "r4": "b"}) == 3


def test_a_reviewer_errs_and_is_unsure_as_often_as_told() -> None:
    """Of 10,000 pairs that are the same: 2 % called different, 3 % left open, five standard deviations allowed."""
    asked = [Ask(f"l{at}", f"r{at}", 1.0) for at in range(10_000)]
    person = {f"{side}{at}": str(at) for at in range(10_000) for side in "lr"}
    judged = Reviewer(person, wrong=0.02, unsure=0.03).judges(asked, np.random.default_rng(1))
    counts = {verdict: sum(one.verdict == verdict for one in judged) for verdict in ("same", "different", "unsure")}
    assert counts["different"] == pytest.approx(200, abs=70)
    assert counts["unsure"] == pytest.approx(300, abs=85)
    exact = Reviewer(person, 0.0, 0.0).judges(asked, np.random.default_rng(1))
    assert {one.verdict for one in exact} == {"same"}


def test_cells_and_errors_of_an_answer() -> None:
    """Patterns are places of the table; a refusal has no error and does not cover."""
    assert cells({1: 5, 3: 2}, 2).tolist() == [0, 5, 0, 2]
    told = {
        "truth": 100,
        "total": 110.0,
        "lower": 99.0,
        "upper": 121.0,
        "true_total": "",
        "true_lower": "",
        "true_upper": "",
    }
    assert error(told, "") == pytest.approx(0.1) and covers(told, "")
    assert error(told, "true_") is None and not covers(told, "true_")
