"""Spark blocks and compares as DuckDB does."""

from __future__ import annotations

import os
import shutil

import numpy as np
import pytest
from tests.linkage.model.test_comparing import two_lists

from testimonia.errors import MissingPart
from testimonia.linkage.model import compare_lists
from testimonia.linkage.model.spark import on_spark


def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """No Java on the path, and no JAVA_HOME."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(MissingPart, match="needs Java 17"), on_spark({}):
        pass


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")  # of pyspark
@pytest.mark.skipif(not shutil.which("java") and "JAVA_HOME" not in os.environ, reason="Java is not here")
def test_both_engines_decide_alike() -> None:
    """The same pairs with the same probabilities: at least 999 of 1,000 decisions are promised."""
    pytest.importorskip("pyspark")
    table, _ = two_lists(200, 60)
    one, other = compare_lists(table), compare_lists(table, engine="spark")
    np.testing.assert_array_equal(one.left, other.left)
    np.testing.assert_array_equal(one.right, other.right)
    np.testing.assert_allclose(one.probability, other.probability, atol=1e-6)
