"""Published and exact values, held against the public functions; each row says where it is from.

Sources. BHS: Bales, Hesketh & Silverman 2015, Significance 12(3). CSV: Chan, Silverman & Vincent 2021, JASA
116:1297-1306. SCV: Silverman, Chan & Vincent 2024, Statistics and Computing 34:44. B&S: Binette & Steorts 2022, JRSS
A 185:640-676. MV: Manrique-Vallier 2016, Biometrics 72:1246-1254, run long where its sampler mixes. F&R: Fienberg &
Rinaldo 2012, Annals of Statistics 40:996-1023. Totals and criteria with more digits than a paper prints are those of
maximum likelihood for the model the paper names, computed to the digits shown by two programs of other authors.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from testimonia.estimation.loglinear.fits import fit_model
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.terms import parse

TABLES = Path(__file__).parents[2].parent / "shared" / "mse"
pytestmark = pytest.mark.skipif(not TABLES.is_dir(), reason="the published tables are not beside the project")


def table(name: str) -> OverlapTable:
    """A published table."""
    return OverlapTable.read_csv(TABLES / f"{name}.csv")


BEST = [
    # table, model, total, BIC, source
    ("korea3", "[12,23]", "157.1666667", "57.14080988", "SCV section 5"),
    ("australia4", "[12,23,24]", "6496.008695", "114.1275484", "B&S table 4; 6,496"),
    ("uk5", "[123,25,34]", "25311.29061", "195.8791056", "SCV section 4"),
    ("neworleans5", "[1,2,3,4,5]", "1034.151065", "96.85152421", "CSV section 4; 1,034"),
    ("netherlands5", "[135,12,24,34]", "148788.759", "219.1707295", "SCV section 4"),
    ("uk6", "[12,13,25,35,36,45]", "12349.58695", "244.1193457", "BHS, among pairs; 10,000 to 13,000"),
]


def digits(value: float | None, printed: str) -> str:
    """A value with as many decimals as the printed one."""
    assert value is not None
    return f"{value:.{len(printed.partition('.')[2])}f}"


@pytest.mark.parametrize(("name", "model", "total", "bic", "source"), BEST, ids=[row[0] for row in BEST])
def test_the_model_that_a_paper_names_gives_its_total_and_bic(
    name: str, model: str, total: str, bic: str, source: str
) -> None:
    """Total and BIC of the best model, to every digit printed."""
    at = table(name)
    fit = fit_model(at, parse(model, at.k))
    assert (digits(fit.total, total), digits(fit.bic, bic)) == (total, bic), source


VERDICTS = {
    "[12,13,23]": "not identifiable",
    "[12,3]": "no extended MLE",
    "[12,13]": "no extended MLE",
    "[12,23]": "no extended MLE",
    "[1,2,3]": "fine",
    "[13,2]": "fine",
    "[23,1]": "fine",
    "[13,23]": "fine",
}


@pytest.mark.parametrize(("model", "verdict"), VERDICTS.items())
def test_the_artificial_table_has_the_verdicts_of_the_paper(model: str, verdict: str) -> None:
    """CSV table 2 and section 2.4, after F&R."""
    assert fit_model(table("artificial3"), parse(model, 3)).verdict == verdict
