"""The pages on decomposable graphs and linkage averaging: their code runs, their numbers are the program's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from testimonia.estimation.decomposable import posterior
from testimonia.estimation.examples import load

PAGES = Path(__file__).resolve().parents[3] / "docs" / "estimation"


def rows(page: str, cells: int) -> dict[str, list[str]]:
    """The rows of the page's tables with so many cells, by their first one."""
    lines = [
        line.strip("| ").split(" | ") for line in (PAGES / page).read_text("utf-8").splitlines() if line[:1] == "|"
    ]
    return {line[0]: line[1:] for line in lines if len(line) == cells}


@pytest.mark.parametrize("page", ["decomposable.md", "linkage-averaging.md"])
def test_the_code_of_a_page_runs(page: str) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (PAGES / page).read_text("utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        exec(block, {})  # noqa: S102  our own documentation


@pytest.mark.parametrize("name", ["uk5", "netherlands5", "neworleans5", "australia4"])
def test_the_answers_on_the_page_are_those_of_the_program(name: str) -> None:
    table = load(name)
    found = posterior(table)
    lower, upper = found.interval()
    assert rows("decomposable.md", 4)[name][-1] == f"{found.quantile(0.5):,.0f} ({lower:,.0f}–{upper:,.0f})"
    usual = 2.0**-table.k
    totals = [posterior(table, delta=delta).quantile(0.5) for delta in (usual / 4, usual, 4 * usual, 0.5)]
    assert rows("decomposable.md", 5)[name] == [f"{total:,.0f}" for total in totals]
