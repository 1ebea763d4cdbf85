"""How far two people, or more, agree about the same pairs beyond what chance would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from testimonia.linkage.review.decisions import ADJUDICATION, Decision, Pair, pair_of

__all__ = ["Agreement", "agreement"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement over the pairs that two people or more decided; "unsure" is a verdict of its own.

    `observed`: share of couples of verdicts that are equal. `kappa`: Cohen's (1960), where just two people decided;
    `alpha`: Krippendorff's for nominal data (2004), for any number. None where fewer than two pairs, or verdicts that
    never vary, leave nothing to measure. Both assume that people decided without knowing of one another; where they
    talked, both are too high.
    """

    people: tuple[str, ...]
    pairs: int
    observed: float | None
    kappa: float | None
    alpha: float | None
    disputed: tuple[Pair, ...]


def agreement(decisions: Iterable[Decision]) -> Agreement:
    """Agreement of everybody's last verdicts before any adjudication."""
    verdicts = _verdicts(decisions)
    shared = {pair: by for pair, by in verdicts.items() if len(by) > 1}
    people = tuple(sorted({who for by in shared.values() for who in by}))
    couples = [couple for by in shared.values() for couple in combinations(by.values(), 2)]
    return Agreement(
        people=people,
        pairs=len(shared),
        observed=sum(one == other for one, other in couples) / len(couples) if couples else None,
        kappa=_kappa(shared, people),
        alpha=_alpha(shared),
        disputed=tuple(pair for pair, by in shared.items() if {"same", "different"} <= set(by.values())),
    )


def _verdicts(decisions: Iterable[Decision]) -> dict[Pair, dict[str, str]]:
    found: dict[Pair, dict[str, str]] = {}
    for one in decisions:
        if one.chosen != ADJUDICATION:
            found.setdefault(pair_of(one.a, one.b), {})[one.who] = one.verdict
    return found


def _kappa(shared: Mapping[Pair, Mapping[str, str]], people: tuple[str, ...]) -> float | None:
    """(observed - expected) / (1 - expected), expected from each person's own shares of the verdicts."""
    if len(people) != 2 or len(shared) < 2:
        return None
    first, second = (Counter(by[who] for by in shared.values()) for who in people)
    count = len(shared)
    observed = sum(by[people[0]] == by[people[1]] for by in shared.values()) / count
    expected = sum(first[verdict] * second[verdict] for verdict in first) / count**2
    return (observed - expected) / (1 - expected) if expected < 1 else None


def _alpha(shared: Mapping[Pair, Mapping[str, str]]) -> float | None:
    """1 - observed / expected disagreement, over all couples of verdicts; each pair weighs 1 / (its people - 1)."""
    if len(shared) < 2:
        return None
    totals = Counter(verdict for by in shared.values() for verdict in by.values())
    count = sum(totals.values())
    observed = 0.0
    for by in shared.values():
        own = Counter(by.values())
        unequal = len(by) ** 2 - sum(number**2 for number in own.values())
        observed += unequal / (len(by) - 1)
    expected = (count**2 - sum(number**2 for number in totals.values())) / (count - 1)
    return 1 - observed / expected if expected else None
