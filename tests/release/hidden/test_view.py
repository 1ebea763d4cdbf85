"""What is handed over is read in every form it may have, and nothing that is not finite gets in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.release.hidden import reports

from testimonia.estimation import OverlapTable, as_plain
from testimonia.estimation.results import (
    Consistency,
    Draws,
    Estimate,
    FittedModel,
    Headline,
    Report,
    Sensitivity,
    SensitivityPoint,
    StratumEstimate,
    Variation,
    VerdictCount,
)
from testimonia.release.hidden.view import read

ON = {(0,): 40, (1,): 30, (2,): 20, (0, 1): 6}


@pytest.mark.parametrize(
    "patterns",
    [
        {"100": 40, "010": 30, "001": 20, "110": 6},
        [{"pattern": p, "count": c} for p, c in reports.ARTIFICIAL.items()],
        [{"pattern": 1, "count": 40}, {"pattern": 2, "count": 30}, {"pattern": 4, "count": 20},
         {"pattern": 3, "count": 6}],
        [{"lists": ["A"], "count": 40}, {"lists": ["B"], "count": 30}, {"lists": ["C"], "count": 20},
         {"lists": ["A", "B"], "count": 6}],
    ],
)  # fmt: skip
def test_patterns_are_read_in_every_form(patterns: Any) -> None:
    found = read({"table": {"lists": ["A", "B", "C"], "n_observed": 96, "patterns": patterns}}).lists
    assert {p.on: p.count for p in found.patterns} == ON
    assert (found.size(0), found.size(0, 1), found.alone(0), found.overlap) == (46, 6, 40, 6)


def test_a_number_that_is_not_finite_is_none() -> None:
    odd = reports.estimate("chao", float("nan"), float("-inf"), float("inf"))
    answer = read({"estimates": [odd]}).answers[0]
    assert (answer.total, answer.lower, answer.upper) == (None, None, None)
    assert answer.refused


def test_nothing_at_all_is_a_refusal() -> None:
    report = read({})
    assert report.head.refused
    assert not (report.answers or report.sweeps or report.models)
    assert report.draws is None


def test_everything_the_statistics_hand_over_is_read() -> None:
    """Each value of the room `estimation`, through its own JSON form, comes out as it went in."""
    table = OverlapTable.from_counts(reports.ARTIFICIAL, ("A", "B", "C"), name="small")
    answer = Estimate("chao", "[1,2,3]", 771.0, 400.0, 1600.0, reason="a lower bound")
    made = Report(
        table=table,
        headline=Headline("chao", 771.0, 400.0, 1600.0, 0.95, False, "because", 1.0, 2.0, 95.0, 97.0),
        estimates=(answer,),
        sensitivity=(
            Sensitivity("none", "xi", None, (SensitivityPoint(0.0, 1.0, 771.0, 400.0, 1600.0),), 1.0, 2.0,
                        ({"conclusion": "many", "odds": None},), "why"),
        ),
        models=(FittedModel("[12,3]", 5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.5, 0.25),),
        verdicts=(VerdictCount("fine", 4, "said"),),
        variations=(Variation("without A", ("B", "C"), answer),),
        consistency=(Consistency("A", 46, answer, None),),
        strata=(StratumEstimate("women", 50, answer),),
        draws=Draws(10, 1, 95.0, 97.0, (answer,), {"chao": 1.0}, {"chao": None}),
        cautions=("few",),
        version="0.1.0",
        versions={"numpy": "2"},
    )  # fmt: skip
    found = read(json.loads(json.dumps(as_plain(made))))
    assert {p.on: p.count for p in found.lists.patterns} == ON
    assert (found.head.total, found.head.within, found.head.n_observed_upper) == (771.0, 1.0, 97.0)
    assert (found.answers[0].total, found.answers[0].reason) == (771.0, "a lower bound")
    assert found.headline == found.answers[0]
    assert found.sweeps[0].points[0].upper == 1600.0
    assert found.sweeps[0].tipping[0]["conclusion"] == "many"
    assert (found.models[0].model, found.models[0].weight_bic) == ("[12,3]", 0.25)
    assert (found.verdicts[0].verdict, found.verdicts[0].models) == ("fine", 4)
    assert (found.changes[0].change, found.changes[0].answer.total) == ("without A", 771.0)
    assert (found.checks[0].list_name, found.checks[0].known, found.checks[0].inside) == ("A", 46, None)
    assert (found.strata[0].stratum, found.strata[0].n_observed) == ("women", 50)
    assert found.draws is not None
    assert (found.draws.draws, found.draws.refused, found.draws.between) == (10, 1, {"chao": None})
    assert (found.cautions, found.seed, found.version) == (("few",), 1, "0.1.0")
