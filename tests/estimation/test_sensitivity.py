"""The same fits under other assumptions: closed forms, full tables with a known interaction, and what never breaks."""

from __future__ import annotations

from math import exp, inf, log, nextafter, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from testimonia.estimation.loglinear.fits import fit_model
from testimonia.estimation.results import Estimate, Sensitivity, SensitivityPoint
from testimonia.estimation.sensitivity import HALF_WIDTH, SATURATED, sensitivity
from testimonia.estimation.sensitivity.assumptions import as_observed, contrast, of_interaction, two_lists
from testimonia.estimation.sensitivity.band import grid
from testimonia.estimation.sensitivity.hidden import Fitted, Scaled, from_replicates
from testimonia.estimation.sensitivity.seen import seen_interactions, spread
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.terms import closure, parse

TABLES = Path("../shared/mse")
NAMES = tuple("ABCDEF")
COUNTS = {"100": 90, "010": 70, "001": 50, "110": 20, "101": 15, "011": 10, "111": 5}


def three() -> OverlapTable:
    return OverlapTable.from_counts(COUNTS, NAMES[:3])


def shared(name: str) -> OverlapTable:
    path = TABLES / f"{name}.csv"
    if not path.exists():
        pytest.skip(f"{path} is not here: the published tables are kept beside the project")
    return OverlapTable.read_csv(path)


def full_table(k: int, interaction: float, seed: int) -> NDArray[np.float64]:
    """Expected counts of all 2**k cells whose highest-order interaction is the one given, terms drawn at random."""
    rng = np.random.default_rng(seed)
    terms = {term: rng.normal(0.0, 0.3) for term in range(1, 1 << k)}
    terms[0], terms[(1 << k) - 1] = 20.0, interaction
    return np.array([exp(sum(v for term, v in terms.items() if cell & term == term)) for cell in range(1 << k)])


def at(found: Sensitivity, value: float) -> SensitivityPoint:
    return next(point for point in found.points if point.value == pytest.approx(value))


def first(table: OverlapTable, **settings: object) -> Sensitivity:
    return sensitivity(table, **settings)[0]  # type: ignore[arg-type]


# The formula


@pytest.mark.parametrize("k", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("interaction", [-1.0, -0.25, 0.0, 0.5, 1.0])
def test_the_hidden_cell_of_a_full_table_is_found_at_its_own_interaction(k: int, interaction: float) -> None:
    """A table is built cell by cell from log-linear terms, so that the hidden cell and xi are known beforehand."""
    means = full_table(k, interaction, seed=k)
    counts = np.rint(means).astype(np.int64)
    counts[0] = 0
    answer = as_observed(OverlapTable(NAMES[:k], counts), 0.95)
    assert isinstance(answer, Fitted)
    hidden = answer.total(of_interaction(k) * interaction) - answer.n
    assert hidden == pytest.approx(means[0], rel=1e-5)


def test_three_lists_without_interaction_have_the_closed_form() -> None:
    """n0 = n111 n100 n010 n001 / (n110 n101 n011); its log has variance sum 1/n."""
    answer = as_observed(three(), 0.95)
    assert isinstance(answer, Fitted)
    assert answer.total(0.0) == pytest.approx(260 + 5 * 90 * 70 * 50 / (20 * 15 * 10))
    assert answer.variance == pytest.approx(sum(1 / count for count in COUNTS.values()))


def test_the_saturated_model_is_the_counts_as_observed() -> None:
    modelled, raw = sensitivity(three(), model=SATURATED)[:2]
    for one, other in zip(modelled.points, raw.points, strict=True):
        assert (one.total, one.lower, one.upper) == pytest.approx((other.total, other.lower, other.upper))


def test_three_lists_turn_down_and_four_up() -> None:
    """The sign of the hidden cell in the alternating sum is (-1)**k."""
    assert [of_interaction(k) for k in (2, 3, 4, 5)] == [1, -1, 1, -1]


@pytest.mark.parametrize(
    ("name", "model", "total"),
    [
        ("korea3", "[12,23]", 157.1666667),
        ("uk5", "[123,25,34]", 25311.29061),
        ("australia4", "[12,23,24]", 6496.008695),
    ],
)
def test_nil_is_the_log_linear_answer_and_the_ends_scale_its_hidden_part(name: str, model: str, total: float) -> None:
    """Published best models by BIC; at +-log 2 the hidden part is doubled and halved."""
    table = shared(name)
    found = first(table, model=model)
    sign = of_interaction(table.k)
    assert at(found, 0.0).total == pytest.approx(total, rel=1e-8)
    assert at(found, sign * log(2)).total == pytest.approx(table.n + 2 * (total - table.n))
    assert at(found, -sign * log(2)).total == pytest.approx(table.n + (total - table.n) / 2)


def test_the_default_model_is_the_best_by_bic() -> None:
    table = shared("uk5")
    assert first(table).model == "[123,25,34]"
    assert first(table) == first(table, model="[123,25,34]")


# Pairs of lists


def test_two_lists_independent_among_all_are_lincoln_petersen() -> None:
    """Of the margin of A and B: 90 + 15 on A only, 70 + 10 on B only, 20 + 5 on both."""
    found = next(
        s for s in sensitivity(three(), model="[12]") if s.assumption == "A and B independent among all people"
    )
    assert at(found, 0.0).total == pytest.approx(130 * 105 / 25)
    assert at(found, log(2)).total == pytest.approx(105 + 80 + 25 + 2 * 105 * 80 / 25)


def test_an_odds_ratio_that_leaves_fewer_people_than_were_recorded_is_said_to_be_contradicted() -> None:
    """A and B nearly the same list, C a large other one: independence of A and B would leave hardly anybody."""
    table = OverlapTable.from_counts({"100": 5, "010": 5, "110": 400, "001": 5000}, NAMES[:3])
    found = next(
        s for s in sensitivity(table, model="[12]") if s.assumption.startswith("A and B independent among all")
    )
    assert all(point.total is point.lower is point.upper is None for point in found.points)
    assert found.band_lower is found.band_upper is None
    assert "less than the 5,410 people recorded" in found.reason


def test_two_lists_independent_among_those_on_no_other_list_use_the_cells_of_these() -> None:
    found = next(s for s in sensitivity(three(), model=SATURATED) if "A and B independent among people" in s.assumption)
    assert at(found, 0.0).total == pytest.approx(260 + 90 * 70 / 20)
    assert at(found, log(2)).total == pytest.approx(260 + 2 * 90 * 70 / 20)


def test_independence_of_a_pair_in_a_model_takes_its_term_away() -> None:
    """log m0 - beta_ab: the fit to those recorded stays, only the unseen cell is another."""
    fit = fit_model(three(), parse("[12,23]", 3))
    found = next(s for s in sensitivity(three(), model="[12,23]") if "B and C independent among people" in s.assumption)
    assert at(found, 0.0).total == pytest.approx(260 + exp(fit.beta[0] - fit.beta[0b110]))
    assert f"{exp(fit.beta[0b110]):.3g}" in found.reason


def test_pairs_that_the_model_holds_independent_are_not_repeated() -> None:
    found = sensitivity(three(), model="[12]")
    assert [s.assumption for s in found if "no other list" in s.assumption] == [
        "A and B independent among people on no other list"
    ]
    assert sum("among all people" in s.assumption for s in found) == 3


# Sampling uncertainty


@pytest.mark.parametrize("cells", [{0: 1}, {1: 1, 2: 1, 3: -1}, {2: 1, 4: 1, 6: -1}])
def test_the_variance_is_that_of_numerical_derivatives(cells: dict[int, float]) -> None:
    """Delta method by hand: every count is moved a little, the model fitted again, and g' diag(mu) g taken."""
    model = parse("[12,23]", 3)
    counts = three().counts.astype(np.float64)

    def logged(moved: NDArray[np.float64]) -> float:
        return sum(weight * log(fit_model(moved, model).mu[cell]) for cell, weight in cells.items())

    step, variance = 1e-3, 0.0
    fitted = fit_model(counts, model).mu
    for cell in range(1, 8):
        up, down = counts.copy(), counts.copy()
        up[cell] += step
        down[cell] -= step
        variance += ((logged(up) - logged(down)) / (2 * step)) ** 2 * fitted[cell]
    answer = contrast(260, closure(model, 3), fitted, cells, 0.95)
    assert answer.variance == pytest.approx(variance, rel=1e-4)


def test_with_two_lists_the_interval_is_about_the_transformed_logit_interval() -> None:
    """Sadinle 2009, without its half counts: n + h exp(-+z sqrt(1/a + 1/b + 1/c + 1/h)), for large h."""
    answer = two_lists(three(), 0, 1, 0.95)
    assert isinstance(answer, Fitted)
    hidden = 105 * 80 / 25
    margin = 1.959964 * sqrt(1 / 105 + 1 / 80 + 1 / 25 + 1 / hidden)
    assert answer.lower(0.0) == pytest.approx(210 + hidden * exp(-margin), rel=1e-3)
    assert answer.upper(0.0) == pytest.approx(210 + hidden * exp(margin), rel=1e-3)


@pytest.mark.parametrize("k", [3, 4])
@pytest.mark.parametrize("interaction", [0.25, 0.5, 1.0])
def test_a_band_with_the_true_interaction_at_its_very_end_covers_as_it_should(k: int, interaction: float) -> None:
    """600 tables each; 93 % asked of a nominal 95 %, less three binomial standard errors."""
    rng = np.random.default_rng([k, round(100 * interaction)])
    cells = full_table(k, interaction, seed=3)
    cells /= cells.sum()
    covered, people, sign = [], 6000, of_interaction(k)
    for _ in range(600):
        counts = rng.multinomial(people, cells)
        counts[0] = 0
        answer = as_observed(OverlapTable(NAMES[:k], counts), 0.95)
        assert isinstance(answer, Fitted)
        ends = [(answer.lower(sign * xi), answer.upper(sign * xi)) for xi in (-interaction, interaction)]
        covered.append(min(low for low, _ in ends) <= people <= max(high for _, high in ends))
    assert np.mean(covered) > 0.93 - 3 * sqrt(0.05 * 0.95 / 600)


def test_bootstrap_totals_give_percentiles_that_move_with_the_hidden_part() -> None:
    replicates = np.arange(300.0, 1300.0)
    found = first(three(), model="[12]", replicates=replicates)
    centre = at(found, 0.0)
    assert (centre.lower, centre.upper) == (324.0, 1274.0)
    assert at(found, log(2)).upper == pytest.approx(260 + (1274 - 260) / 2)


def test_replicates_without_a_total_leave_the_upper_end_open_instead_of_being_dropped() -> None:
    replicates = np.where(np.arange(100) < 5, np.nan, 400.0)
    answer = from_replicates(260, 300.0, replicates, 0.95)
    assert answer.upper(0.0) == inf
    found = first(three(), model="[12]", replicates=replicates)
    assert found.band_upper is None
    assert all(point.upper is None and point.lower == pytest.approx(400, abs=200) for point in found.points)


def test_a_headline_keeps_its_own_interval_at_nil() -> None:
    headline = Estimate("bic-bootstrap", "[12,3]", total=500.0, lower=400.0, upper=900.0)
    found = first(three(), model="[12]", headline=headline)
    assert (found.model, at(found, 0.0).total) == ("[12,3]", 500.0)
    assert found.band_lower == pytest.approx(260 + 140 / 2)
    assert found.band_upper == pytest.approx(260 + 640 * 2)


def test_a_headline_that_rests_on_another_assumption_is_not_moved_by_this_one() -> None:
    headline = Estimate("latent-class", total=500.0, lower=400.0, upper=900.0)
    found = first(three(), model="[12]", headline=headline)
    assert found.points == first(three(), model="[12]").points
    assert "rests on another assumption" in found.reason


# Tipping


@pytest.mark.parametrize("index", [0, 1, 2])
def test_at_its_tipping_value_an_end_is_the_threshold(index: int) -> None:
    tip = first(three(), model="[12,23]", thresholds=[700])
    entry = [entry for entry in tip.tipping if entry["threshold"] == 700.0][index]
    again = first(three(), model="[12,23]", half_width=4.0, points=[entry["value"]])
    assert getattr(at(again, entry["value"]), entry["end"]) == pytest.approx(700, rel=1e-6)


def test_the_first_conclusion_is_twice_those_recorded() -> None:
    found = first(three(), model="[12,23]")
    assert {entry["conclusion"] for entry in found.tipping} == {"at least 520 people, twice those recorded"}
    assert [entry["end"] for entry in found.tipping] == ["total", "lower", "upper"]


def test_a_conclusion_below_those_recorded_never_tips() -> None:
    found = first(three(), model="[12,23]", thresholds=[200])
    assert [(e["holds"], e["value"], e["inside"]) for e in found.tipping[3:]] == [(True, None, False)] * 3


# Refusals


def test_counts_of_nil_are_named_where_the_counts_as_observed_are_asked() -> None:
    table = three().with_counts(np.where(np.arange(8) == 0b101, 0, three().counts))
    found = sensitivity(table, model="[12]")[1]
    assert found.points == ()
    assert "exactly A with C" in found.reason


def test_an_over_counted_cell_is_not_taken_at_its_word() -> None:
    table = OverlapTable.from_counts(COUNTS, NAMES[:3], censored=["001"])
    assert as_observed(table, 0.95) == "The counts as observed cannot be used: C only is over-counted."
    assert isinstance(two_lists(table, 0, 1, 0.95), Fitted)
    assert isinstance(two_lists(table, 0, 2, 0.95), str)


def test_over_counted_people_are_not_hidden_and_lend_no_precision() -> None:
    """S4 only is an over-count (King et al. 2013): the hidden part is the unseen cell alone, and only it moves."""
    path = TABLES / "scotpwid4.csv"
    if not path.exists():
        pytest.skip(f"{path} is not here: the published tables are kept beside the project")
    table = OverlapTable.read_csv(path, censored=["0001"])
    fit = fit_model(table, parse("[13,24]", 4))
    found = first(table, model="[13,24]")
    assert fit.total is not None
    assert at(found, 0.0).total == pytest.approx(fit.total)
    assert at(found, log(2)).total == pytest.approx(fit.total + fit.mu[0])
    pair = next(s for s in sensitivity(table, model="[13,24]") if "S2 and S4 independent among people" in s.assumption)
    assert pair.reason == "The answer would rest on an over-counted cell: S4 only."


def test_lists_without_a_common_person_bound_nothing() -> None:
    table = OverlapTable.from_counts({"100": 30, "010": 20, "001": 9, "101": 4, "011": 3}, NAMES[:3])
    found = sensitivity(table, model="[1,2,3]")
    pair = next(s for s in found if s.assumption == "A and B independent among all people")
    assert pair.band_upper is None
    assert "Nobody is on both A and B" in pair.reason


def test_a_model_that_the_data_cannot_identify_is_refused_with_its_reason() -> None:
    table = shared("artificial3")
    found = first(table, model="[12,13,23]")
    assert found.points == ()
    assert found.reason == fit_model(table, parse("[12,13,23]", 3)).reason


# What never breaks

counts_of = st.lists(st.integers(1, 400), min_size=7, max_size=7)


@given(counts_of, st.floats(0.0, 1.5), st.floats(0.0, 1.5), st.sampled_from(["[1,2,3]", "[12]", "[12,23]", SATURATED]))
@settings(max_examples=60, deadline=None)
def test_the_band_holds_the_point_and_grows_with_the_range(
    counts: list[int], one: float, other: float, model: str
) -> None:
    table = OverlapTable(NAMES[:3], np.array([0, *counts]))
    narrow, wide = sorted((one, other))
    for small, large in zip(
        sensitivity(table, model=model, half_width=narrow),
        sensitivity(table, model=model, half_width=wide),
        strict=True,
    ):
        if small.band_lower is None or small.band_upper is None:
            continue
        assert large.band_lower is not None and large.band_upper is not None
        assert large.band_lower <= small.band_lower * (1 + 1e-12)
        assert small.band_upper <= large.band_upper * (1 + 1e-12)
        for point in small.points:
            if point.total is not None and point.lower is not None and point.upper is not None:
                assert table.n <= point.lower <= point.total <= point.upper


@given(st.floats(-15, 12), st.floats(1e-4, 9), st.floats(-8, 8), st.floats(-8, 8))
def test_both_ends_rise_with_the_shift(log_mean: float, variance: float, one: float, other: float) -> None:
    answer = Fitted(100, 100, log_mean, variance)
    low, high = sorted((one, other))
    for end in (answer.total, answer.lower, answer.upper):
        assert 100 <= end(low) <= nextafter(end(high), inf)


@given(st.floats(0.0, 3.0), st.lists(st.floats(-3, 3), max_size=4))
def test_the_values_are_symmetric_and_hold_nil_and_the_ends(half_width: float, points: list[float]) -> None:
    values = grid(half_width, points)
    assert values == tuple(-value for value in reversed(values))
    assert {0.0, half_width, -half_width} <= set(values)
    assert max(values) <= half_width


def test_the_usual_values_are_a_quarter_a_half_and_log_two() -> None:
    assert grid(HALF_WIDTH) == (-log(2), -0.5, -0.25, 0.0, 0.25, 0.5, log(2))


def test_moving_the_answer_of_a_method_moves_only_its_hidden_part() -> None:
    answer = Scaled(100, 150.0, 120.0, 300.0)
    assert (answer.total(log(3)), answer.lower(log(3)), answer.upper(log(3))) == pytest.approx((250, 160, 700))


# The yardstick


def test_an_interaction_among_the_people_of_a_third_list_is_a_log_odds_ratio() -> None:
    found = next(seen for seen in seen_interactions(three(), 2) if seen.among == "C")
    assert found.lists == ("A", "B")
    assert found.value == pytest.approx(log(5 * 50 / (15 * 10)))
    assert found.standard_error == pytest.approx(sqrt(1 / 5 + 1 / 50 + 1 / 15 + 1 / 10))


def test_interactions_of_three_lists_that_can_be_seen_are_no_larger_than_chance_makes_them() -> None:
    """The yardstick of the default range: on dense published tables nothing is left after taking off the noise."""
    for name, usable in (("anomaly5", 14), ("lesbian4", 4), ("hare6", 14)):
        found = seen_interactions(shared(name), 3)
        assert (len(found), spread(found)) == (usable, 0.0)
    assert spread(seen_interactions(shared("lesbian4"), 2)) == pytest.approx(1.03, abs=0.005)
    assert spread(()) is None


# The page


def test_the_figures_of_the_page_are_what_is_computed() -> None:
    """docs/estimation/assumptions.md: the band of uk5, its tipping values and the yardstick."""
    page = Path("docs/estimation/assumptions.md").read_text(encoding="utf-8")
    found = first(shared("uk5"), model="[123,25,34]")
    for point in found.points:
        assert f"| {point.odds:.3g} | {point.total:,.0f} | {point.lower:,.0f} to {point.upper:,.0f} |" in page
    assert f"The band is {found.band_lower:,.0f} to {found.band_upper:,.0f}." in page
    total, lower, upper = (entry["odds"] for entry in found.tipping)
    assert f"e^ξ = {total:.1f}, the lower\nend until {lower:.1f}, the upper until {upper:.1f}" in page
    for name in ("lesbian4", "anomaly5", "hare6", "scotpwid4", "uk6", "netherlands6"):
        assert f"| {name} | {yardstick(name, 3)} | {yardstick(name, 2)} |" in page


def yardstick(name: str, order: int) -> str:
    found = seen_interactions(shared(name), order)
    if not found:
        return "0 | |"
    chance = sqrt(np.mean([seen.standard_error**2 for seen in found]))
    return f"{len(found)} | {chance:.2f} | {spread(found):.2f}"
