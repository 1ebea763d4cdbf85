"""The published tables are what was published."""

from __future__ import annotations

from pathlib import Path

import pytest

from testimonia.estimation import examples

MSE = Path(__file__).parents[3].parent / "shared" / "mse"
# Distinct people, and people on two lists or more, as counted by hand from the sources.
KNOWN = {
    "uk5": (2744, 221), "uk6": (2744, 252), "netherlands5": (8234, 431), "neworleans5": (185, 12),
    "australia4": (414, 69), "korea3": (123, 72), "spinabifida3": (621, 269), "scotpwid4": (5670, 489),
    "hiv4": (1896, 122),
}  # fmt: skip


@pytest.mark.parametrize("name", examples.names())
def test_each_table_is_read_and_told_about(name: str) -> None:
    """n and overlap are the known ones; every list of the file is explained, and nothing else."""
    table, told = examples.load(name), examples.about(name)
    assert (table.n, table.overlap) == KNOWN[name]
    assert tuple(told.lists) == table.lists
    assert told.people and told.source
    assert not table.notes


@pytest.mark.skipif(not MSE.exists(), reason="the published tables are not beside this project")
@pytest.mark.parametrize("name", examples.names())
def test_each_file_is_that_of_the_collection(name: str) -> None:
    """Byte for byte."""
    assert examples.path(name).read_bytes() == (MSE / f"{name}.csv").read_bytes()


@pytest.mark.parametrize("name", examples.names())
def test_a_published_estimate_has_a_source_and_lies_in_its_interval(name: str) -> None:
    """And is not below the people recorded."""
    n = examples.load(name).n
    for found in examples.about(name).estimates:
        ends = [end for end in (found.lower, found.total, found.upper) if end is not None]
        assert found.source and ends and ends == sorted(ends) and ends[0] >= n


def test_the_overcounted_cell_is_marked() -> None:
    """Scotland's fourth list alone (King et al. 2013)."""
    assert examples.load("scotpwid4").censored == {0b1000}


def test_a_name_that_is_not_there_is_answered_with_those_that_are() -> None:
    """KeyError lists them."""
    with pytest.raises(KeyError, match="uk5"):
        examples.load("atlantis")
