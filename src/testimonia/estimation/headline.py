"""The one answer to stand on, or the refusal to give one: each rule is a short function with its reason in words.

The default is the BIC bootstrap: of the methods that choose among models it is the one whose interval carries the
choice, since every bootstrap table chooses anew (Silverman, Chan & Vincent 2024).

What makes the number meaningless refuses it. What only weakens it stands in `why` beside the number: a model that
describes the counts exactly is the usual case with three lists, and its assumption is shown in the sensitivity band.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from testimonia.estimation.results import CAUTION, REFUSED, Draws, Estimate, Headline
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.terms import generators, members, order, parse

__all__ = ["DEFAULT", "REFUSED_SHARE", "headline"]

DEFAULT = "bic-bootstrap"
WIDE = 10  # times: beyond, an interval says little more than the order of magnitude
REFUSED_SHARE = 0.05  # of bootstrap tables, or of linkage draws


def headline(
    table: OverlapTable, estimate: Estimate | None, draws: Draws | None = None, *, method: str = DEFAULT
) -> Headline:
    """Return the answer of the default method, or a refusal with every reason for it.

    `estimate` is the answer of `method` to the table, None where it was not asked for. With `draws`, the interval
    and the variances are those over the draws.
    """
    reasons = tuple(reason for rule in RULES for reason in rule(table, estimate, draws))
    level = estimate.level if estimate else 0.95
    if reasons or estimate is None:
        why = "The data cannot say how many people there are: " + _joined(reasons)
        return Headline(method, None, None, None, level, True, why, **_spread(method, draws))
    return Headline(
        method,
        estimate.total,
        estimate.lower,
        estimate.upper,
        level,
        False,
        " ".join((RESTS_ON, *_doubts(table, estimate))),
        **_spread(method, draws),
    )


def _spread(method: str, draws: Draws | None) -> dict[str, float | None]:
    if draws is None:
        return {}
    return {
        "within": draws.within.get(method),
        "between": draws.between.get(method),
        "n_observed_lower": draws.n_observed_lower,
        "n_observed_upper": draws.n_observed_upper,
    }


RESTS_ON = (
    "This rests on log-linear models of which lists people are on. The interval carries the choice of the model: each "
    "of the tables drawn anew chose for itself. It rests on one assumption that no data can test: that the lists taken "
    "all together show no dependence beyond that of smaller groups of them; the sensitivity band says what follows if "
    "they do."
)


def _joined(reasons: tuple[str, ...]) -> str:
    return "; ".join(reason.rstrip(".") for reason in reasons) + "."


def _no_overlap(table: OverlapTable, _estimate: Estimate | None, _draws: Draws | None) -> Iterator[str]:
    if table.overlap == 0:
        yield "nobody is on two lists, so that nothing shows how many were missed"


def _not_run(table: OverlapTable, estimate: Estimate | None, _draws: Draws | None) -> Iterator[str]:
    if estimate is None:
        yield f"the method it would rest on ({DEFAULT}) was left out"


def _refused(table: OverlapTable, estimate: Estimate | None, draws: Draws | None) -> Iterator[str]:
    if _too_many(draws):
        return
    if estimate is not None and estimate.total is None and table.overlap:
        yield estimate.reason or "the method it would rest on gives no estimate"


def _no_model(_table: OverlapTable, estimate: Estimate | None, _draws: Draws | None) -> Iterator[str]:
    if estimate is not None and estimate.admissible_models == 0 and estimate.verdict != REFUSED:
        yield "no model of the lists can be identified from this table"


def _unbounded(_table: OverlapTable, estimate: Estimate | None, _draws: Draws | None) -> Iterator[str]:
    if estimate is not None and estimate.total is not None and (estimate.lower is None or estimate.upper is None):
        yield "the interval has no upper end" if estimate.upper is None else "the interval has no lower end"


def _two_lists(table: OverlapTable, _estimate: Estimate | None, _draws: Draws | None) -> Iterator[str]:
    pairs = [pair for pair in combinations(range(table.k), 2) if table.size(sum(1 << place for place in pair))]
    if len(pairs) == 1:
        first, second = (table.lists[place] for place in pairs[0])
        yield (
            f"only {first} and {second} have people in common, so that this is in truth a table of two lists: whether "
            "being on one makes being on the other more likely cannot be tested with it, and no model that allows it "
            "can be fitted"
        )


def _too_many(draws: Draws | None) -> bool:
    return draws is not None and draws.refused > REFUSED_SHARE * draws.draws


def _draws_refused(_table: OverlapTable, _estimate: Estimate | None, draws: Draws | None) -> Iterator[str]:
    if draws is not None and _too_many(draws):
        yield (
            f"{draws.refused} of {draws.draws} ways of linking the records give no estimate, more than "
            f"{REFUSED_SHARE:.0%}"
        )


RULES: tuple[Callable[[OverlapTable, Estimate | None, Draws | None], Iterator[str]], ...] = (
    _no_overlap,
    _not_run,
    _refused,
    _no_model,
    _unbounded,
    _two_lists,
    _draws_refused,
)


def _doubts(table: OverlapTable, estimate: Estimate) -> Iterator[str]:
    """What weakens the answer without taking it away, in whole sentences."""
    if estimate.verdict == CAUTION and estimate.reason:
        yield f"Caution: {estimate.reason}"
    if estimate.lower and estimate.upper and estimate.upper > WIDE * estimate.lower:
        yield (
            f"The upper end of the interval is more than {WIDE} times the lower: the table hardly limits the number, "
            "and the ends say more than the middle."
        )
    if estimate.model is None:
        return
    model = parse(estimate.model, table.k)
    if len(model) >= (1 << table.k) - 1:
        yield (
            "The best model has a parameter for every combination of lists, so that it describes the counts exactly "
            "and nothing in them could speak against it."
        )
    empty = [term for term in generators(model) if order(term) > 1 and not table.size(term)]
    if empty:
        groups = "; ".join(" and ".join(table.lists[place] for place in members(term)) for term in empty)
        yield f"The best model takes it that nobody at all can be on these lists together: {groups}."
