"""Splink's first estimates, and where it stops with an error."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from splink import Linker

from testimonia.linkage.model import training
from testimonia.linkage.model.database import in_memory
from testimonia.linkage.model.levels import Comparison, Level
from testimonia.linkage.model.rules import Rule
from testimonia.linkage.model.settings import settings_of
from testimonia.linkage.model.vectors import Pairs, blocked_pairs

COMPARISONS = tuple(
    Comparison(name, f"{name}_l is null or {name}_r is null", (Level(f"{name}_l = {name}_r", "same"),), "another")
    for name in ("a", "b", "c", "d")
)
RULES = (Rule("", ("a", "b")),)


def table() -> pa.Table:
    """300 pairs that agree in all but now and then one thing, among records that agree by chance in few."""
    rng = np.random.default_rng(2)
    one = rng.integers(0, 12, (600, 4))
    other = np.where(rng.random((300, 4)) < 0.1, rng.integers(0, 12, (300, 4)), one[:300])
    rows = np.vstack([one, other])
    numbers = pa.array(np.arange(len(rows), dtype=np.int32))
    return pa.table({"unique_id": numbers, **{name: rows[:, k] for k, name in enumerate("abcd")}})


def trained(columns: tuple[str, ...]) -> tuple[tuple[Any, ...] | None, Pairs]:
    """m after a start on the columns."""
    with training.quiet(), in_memory({}) as api:
        settings = settings_of(COMPARISONS, RULES)
        linker = Linker(api.register(table()), settings, log_level=None, validate_settings=False)
        candidates = blocked_pairs(linker)
        training.set_u(linker, tuple(np.array([11 / 12, 1 / 12]) for _ in COMPARISONS))
        return training.first_m(linker, table(), candidates, columns), candidates


def test_a_start_estimates_what_it_does_not_share() -> None:
    """Two records of one person agree in nine of ten of the other two fields: a few rounds come near it from .95."""
    m, candidates = trained(("a", "b"))
    assert m is not None
    assert (candidates.levels[:, :2] == 1).all()
    for shares in m[2:]:
        assert shares[1] == pytest.approx(0.9, abs=0.1)
        assert shares.sum() == pytest.approx(1.0)


def test_a_start_that_finds_hardly_a_pair_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer candidates than a start needs."""
    monkeypatch.setattr(training, "FEWEST", 10_000)
    assert trained(("a", "b"))[0] is None


def test_where_an_m_underflows_fewer_rounds_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Splink 5 stops with a ValueError below 1e-300: fewer rounds are made then. Another error is not hidden."""
    rounds: list[int] = []
    real = training._session

    def failing(linker: Linker, model: Any, columns: tuple[str, ...], most: int) -> Any:
        rounds.append(most)
        if most > 4:
            raise ValueError("m_probability value 0.0 is below the minimum allowed value of 1e-300.")
        return real(linker, model, columns, most)

    monkeypatch.setattr(training, "_session", failing)
    assert trained(("a", "b"))[0] is not None
    assert rounds == [10, 4]
    monkeypatch.setattr(training, "TOO_SMALL", "something else")
    with pytest.raises(ValueError, match="below the minimum"):
        trained(("a", "b"))
