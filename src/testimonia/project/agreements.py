"""How far two records agree, comparison by comparison, in words: what a link rests on and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from testimonia.project.partition import Pair
from testimonia.project.resolving import linking

if TYPE_CHECKING:
    from testimonia.linkage.lists import ListRecord

__all__ = ["Agreement", "agreements"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What one comparison says of two records: its name, the meaning of its level in English, and how far it goes.

    `share`: 1 for the level that agrees most, 0 for the one that agrees least, by rank. `bits`: the weight that the
    last linkage gave to this level, log2(m/u); None where it had no level of this meaning.
    """

    comparison: str
    meaning: str
    share: float
    bits: float | None = None


def agreements(
    records: Mapping[str, ListRecord], pairs: Iterable[Pair], evidence: Sequence[Mapping[str, Any]] = ()
) -> dict[Pair, list[Agreement]]:
    """For each pair what can be compared, first what speaks most for one person. Raises MissingPart.

    `evidence`: the weights as the summary of the linkage holds them.
    """
    wanted = list(pairs)
    ids = sorted({one for pair in wanted for one in pair})
    with linking():
        from testimonia.linkage.values import prepare

        sides = dict(zip(ids, prepare([records[one] for one in ids]).to_pylist(), strict=True)) if ids else {}
        weights = {
            (row["comparison"], level["label"]): float(level["bits"]) for row in evidence for level in row["levels"]
        }
        return {pair: _agreements(records, sides, pair, weights) for pair in wanted}


Weights = Mapping[tuple[str, str], float]


def _agreements(
    records: Mapping[str, ListRecord], sides: Mapping[str, Mapping[str, Any]], pair: Pair, weights: Weights
) -> list[Agreement]:
    left, right = (records[one] for one in pair)
    found = [*_names(left, right), *_values(sides[pair[0]], sides[pair[1]], weights)]
    return sorted(found, key=lambda one: (-one.share, one.comparison != "name"))


def _names(left: ListRecord, right: ListRecord) -> Iterator[Agreement]:
    from testimonia.linkage.names import compare

    if left.name and right.name:
        found = compare(left.name, right.name)
        yield Agreement("name", found.reason, found.score)


def _values(left: Mapping[str, Any], right: Mapping[str, Any], weights: Weights) -> Iterator[Agreement]:
    from testimonia.linkage.values import LEVELS
    from testimonia.linkage.values.agreement import level_of

    for comparison in LEVELS:
        level = level_of(comparison.name, left, right)
        if level is not None:
            size = len(comparison.levels)
            meaning = comparison.levels[size - 1 - level].meaning
            yield Agreement(comparison.name, meaning, level / (size - 1), weights.get((comparison.name, meaning)))
