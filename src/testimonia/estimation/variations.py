"""The same question asked of changed tables: lists left out, lists merged, and a list as a population of known size.

None of these says that an answer is right. They say where it is fragile: an answer that jumps when one list goes
rests on that list; an answer that finds a known population wrong was made by a method that fails on these lists
(Hook & Regal 2000, American Journal of Epidemiology 152, on internal validity; Binette & Steorts 2022, Journal of
the Royal Statistical Society A 185).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from testimonia.estimation.results import CAUTION, REFUSED, Consistency, Estimate, Variation
from testimonia.estimation.simple import lincoln_petersen
from testimonia.estimation.table import OverlapTable

__all__ = ["Estimator", "consistency", "merge_two", "omit_one", "variations"]

Estimator = Callable[[OverlapTable], Estimate]
FEWEST = 3  # lists that a log-linear model needs to let any two of them depend on each other


def variations(table: OverlapTable, estimator: Estimator) -> tuple[Variation, ...]:
    """Every list left out in turn, then every two lists merged into one, each estimated by `estimator`."""
    return (*omit_one(table, estimator), *merge_two(table, estimator))


def omit_one(table: OverlapTable, estimator: Estimator) -> tuple[Variation, ...]:
    """The answer without each list in turn, of the whole population as before.

    People whom the omitted list alone recorded become hidden again, so that the answers have the same target. If the
    assumption holds for all lists and without each, they agree up to chance. Where two lists would remain, the
    variation is refused: two lists cannot show any dependence.
    """
    return tuple(_omitted(table, place, estimator) for place in range(table.k))


def merge_two(table: OverlapTable, estimator: Estimator) -> tuple[Variation, ...]:
    """The answer with each two lists taken as one; nobody leaves the table, and the pair may depend as it likes."""
    return tuple(_merged(table, a, b, estimator) for a, b in combinations(range(table.k), 2))


def consistency(
    table: OverlapTable, estimator: Estimator, *, two_lists: Estimator = lincoln_petersen
) -> tuple[Consistency, ...]:
    """Each list as a population of known size, estimated from the captures of its people by the other lists.

    `estimator` answers where three lists or more are left that recorded somebody on the list, `two_lists` where two
    are left (Lincoln-Petersen in Chapman's form: it takes the two as independent). `inside` says whether the known
    size lies in the interval, None where there is none. At a level of 0.95 one list in twenty may lie outside by
    chance alone, and intervals of the same people are not independent of each other.
    """
    return tuple(_checked(table, place, estimator, two_lists) for place in range(table.k))


def _omitted(table: OverlapTable, place: int, estimator: Estimator) -> Variation:
    name = table.lists[place]
    changed, gone = _without_empty(table.drop(place))
    answer = _answered(changed, gone, estimator, f"without {name}")
    return Variation(f"without {name}", changed.lists, _held_against(answer, table.n))


def _merged(table: OverlapTable, a: int, b: int, estimator: Estimator) -> Variation:
    change = f"{table.lists[a]} and {table.lists[b]} as one list"
    changed = table.merge(a, b)
    return Variation(change, changed.lists, _answered(changed, (), estimator, f"with {change}"))


def _answered(table: OverlapTable, gone: Iterable[str], estimator: Estimator, change: str) -> Estimate:
    """The answer of three lists or more, or a refusal that says what two lists could still say."""
    if table.k < FEWEST:
        why = f"{change} fewer than three lists are left, which cannot show any dependence; see Lincoln-Petersen."
        return Estimate("", verdict=REFUSED, reason=why)
    return _noted(estimator(table), gone)


def _held_against(answer: Estimate, recorded: int) -> Estimate:
    """The answer with a caution where it is below the people whom all lists together recorded."""
    if answer.total is None or answer.total >= recorded:
        return answer
    note = f"below the {recorded:,} people whom all lists recorded"
    return replace(answer, verdict=CAUTION, reason="; ".join(filter(None, [note, answer.reason])))


def _checked(table: OverlapTable, place: int, estimator: Estimator, two_lists: Estimator) -> Consistency:
    name, known = table.lists[place], table.size(1 << place)
    inner, gone = _without_empty(table.within(place))
    if inner.k < 2:
        why = f"fewer than two other lists recorded anybody of the people on {name}: nothing overlaps."
        return Consistency(name, known, Estimate("", verdict=REFUSED, reason=why), None)
    if inner.k < FEWEST:
        answer = _noted(two_lists(inner), gone)
        note = f"only two other lists recorded people on {name}"
        answer = replace(answer, reason="; ".join(filter(None, [note, answer.reason])))
    else:
        answer = _noted(estimator(inner), gone)
    return Consistency(name, known, answer, _holds(answer, known))


def _holds(answer: Estimate, known: int) -> bool | None:
    """Whether the known size lies in the interval; an end that is missing is no end."""
    if answer.total is None or answer.lower is None:
        return None
    return answer.lower <= known and (answer.upper is None or known <= answer.upper)


def _without_empty(table: OverlapTable) -> tuple[OverlapTable, tuple[str, ...]]:
    """The table without the lists that hold nobody, and their names: they say nothing about who was missed."""
    gone = tuple(_empty(table))
    for name in gone:
        table = table.drop(name)
    return table, gone


def _empty(table: OverlapTable) -> Iterator[str]:
    for place, name in enumerate(table.lists):
        if not table.size(1 << place):
            yield name


def _noted(answer: Estimate, gone: Iterable[str]) -> Estimate:
    """The answer with a word on lists that held nobody here."""
    names = ", ".join(gone)
    if not names:
        return answer
    note = f"{names} recorded nobody here and was left out"
    verdict = answer.verdict if answer.total is None else CAUTION
    return replace(answer, verdict=verdict, reason="; ".join(filter(None, [note, answer.reason])))
