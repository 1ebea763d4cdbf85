"""What a linkage comes to, as plain values: persons, lists, overlaps, evidence, calibration, what is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from testimonia.casebook import Decision
    from testimonia.project.resolving import Resolved

__all__ = ["summary"]

Counts = Mapping[int, int]
Plain = dict[str, Any]
LEVEL = 0.95
DOUBTFUL = (0.05, 0.95)
RANGES = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0)
SETTLED = ("same", "different")
BANDS = (0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99)
FEW = 21  # draws that are asked for a total at first
WIDTH = 3.92  # of a 95 % interval in standard errors


def summary(found: Resolved, decisions: Sequence[Decision]) -> Plain:
    """Everything a report of links says, as JSON values; of records it holds ids at most."""
    names = found.compared.lists
    return {
        "level": LEVEL,
        "records": len(found.compared.record_ids),
        "persons": _spread(found, _all),
        "several": _spread(found, _several),
        "lists": [_list(found, at, name) for at, name in enumerate(names)],
        "overlaps": [_overlap(found, one, two) for one, two in combinations(range(len(names)), 2)],
        "draws": len(found.draws),
        "pairs": _pairs(found),
        "rules": _rules(found),
        "evidence": _evidence(found),
        "calibration": _calibration(decisions),
        "review": _review(decisions),
        "certain": {"persons": _all(found.certain), "several": _several(found.certain)},
        "totals": _totals(found),
        "copied": 0.0 if found.copied is None else float(found.copied.sum()),
        "missed": dict(found.missed),
        "refusal": found.refusal,
        "notes": [*([found.refusal] if found.refusal else ()), *found.notes],
    }


def _spread(found: Resolved, number: Callable[[Counts], float]) -> Plain:
    """A number by the clusters, and the interval that the draws give it."""
    import numpy as np

    drawn = np.array([number(one) for one in found.draws] or [number(found.counts)], dtype=float)
    tail = 50 * (1 - LEVEL)
    low, middle, high = np.percentile(drawn, [tail, 50, 100 - tail])
    return {"best": float(middle), "lower": float(low), "upper": float(high), "clusters": float(number(found.counts))}


def _all(counts: Counts) -> float:
    return float(sum(counts.values()))


def _several(counts: Counts) -> float:
    return float(sum(count for pattern, count in counts.items() if pattern.bit_count() > 1))


def _on(*lists: int) -> Callable[[Counts], float]:
    wanted = sum(1 << at for at in lists)
    return lambda counts: float(sum(count for pattern, count in counts.items() if pattern & wanted == wanted))


def _list(found: Resolved, at: int, name: str) -> Plain:
    records = int((found.compared.list_of == at).sum())
    return {"name": name, "records": records, "persons": _spread(found, _on(at)), "alone": _spread(found, _alone(at))}


def _alone(at: int) -> Callable[[Counts], float]:
    return lambda counts: float(counts.get(1 << at, 0))


def _overlap(found: Resolved, one: int, two: int) -> Plain:
    names = found.compared.lists
    return {"lists": [names[one], names[two]], "persons": _spread(found, _on(one, two))}


def _totals(found: Resolved) -> Plain:
    """The total by the best simple model, with all doubt drawn and without the doubtful links; or why there is none.

    For a first look: `estimate` asks every method and every draw, and gives intervals. `spread` is the width that an
    interval would have, by the draws and by the standard error within them, with which review is measured.
    """
    names = found.compared.lists
    drawn = [_total(names, one) for one in found.draws[:: max(1, len(found.draws) // FEW)]]
    known = sorted(one for one in drawn if one is not None)
    certain = _total(names, found.certain)
    told: Plain = {"method": "loglinear-bic", "drawn": None, "certain": certain[0] if certain else None, "spread": None}
    if not known or len(known) <= len(drawn) // 2:
        return {**told, "why": "These lists do not give a total; `testimonia estimate` says why."}
    middle, error = known[len(known) // 2]
    between = sum((total - middle) ** 2 for total, _ in known) / len(known)
    return {**told, "drawn": middle, "spread": WIDTH * (between + error**2) ** 0.5, "why": ""}


def _total(names: Sequence[str], counts: Counts) -> tuple[float, float] | None:
    """A total and its standard error, 0 where there is none."""
    from testimonia.errors import BadTable
    from testimonia.estimation import OverlapTable
    from testimonia.estimation.methods import Settings, answer

    try:
        table = OverlapTable.from_counts({key: count for key, count in counts.items() if key}, names)
    except BadTable:
        return None
    found = answer(table, "loglinear-bic", Settings())
    return None if found.total is None else (found.total, found.standard_error or 0.0)


# Pairs ---------------------------------------------------------------------------------------------------


def _pairs(found: Resolved) -> Plain:
    import numpy as np

    probability = found.probability
    edges = np.array([0.0, *BANDS, 1.0])
    of = np.clip(np.searchsorted(edges, probability, side="right") - 1, 0, len(edges) - 2)
    bands = [
        {
            "low": float(edges[at]),
            "high": float(edges[at + 1]),
            "pairs": int((of == at).sum()),
            "same": float(probability[of == at].sum()),
        }
        for at in range(len(edges) - 1)
    ]
    doubtful = (probability > DOUBTFUL[0]) & (probability < DOUBTFUL[1])
    return {
        "candidates": len(probability),
        "expected": float(probability.sum()),
        "doubtful": int(doubtful.sum()),
        "bands": bands,
    }


def _rules(found: Resolved) -> list[Plain]:
    """For each blocking rule the pairs it finds, weighed by their probability, and those only it finds."""
    masks, probability = found.compared.rules, found.probability
    rows = []
    for at, name in enumerate(found.compared.rule_names):
        finds = (masks >> at & 1).astype(bool)
        alone = masks == 1 << at
        rows.append(
            {
                "name": name,
                "pairs": int(finds.sum()),
                "same": float(probability[finds].sum()),
                "only": float(probability[alone].sum()),
            }
        )
    return rows


# Evidence ------------------------------------------------------------------------------------------------


def _evidence(found: Resolved) -> list[Plain]:
    """Each comparison: the weight of its levels, and its share of the evidence behind the links.

    The weight of a level is log2(m/u), in bits. The share is that of all positive and negative weight, taken over
    candidate pairs, each counted with its probability.
    """
    import numpy as np

    compared, total = found.compared, 0.0
    rows: list[Plain] = []
    for at, name in enumerate(compared.comparisons):
        weights = _bits(compared.m[at], compared.u[at])
        levels = compared.levels[:, at]
        held = np.where(levels >= 0, weights[np.maximum(levels, 0)], 0.0)
        carried = float((held * found.probability).sum())
        total += max(carried, 0.0)
        rows.append(
            {
                "comparison": name,
                "carried": carried,
                "missing": _share(levels < 0, found.probability),
                "levels": [
                    {
                        "label": label,
                        "bits": float(weights[level]),
                        "m": float(compared.m[at][level]),
                        "u": float(compared.u[at][level]),
                        "share": _share(levels == level, found.probability),
                    }
                    for level, label in enumerate(_labels(name, len(weights)))
                ],
            }
        )
    extra = float((compared.extra * found.probability).sum()) / np.log(2)
    rows.append({"comparison": "rarity", "carried": extra, "missing": 0.0, "levels": []})
    total += max(extra, 0.0)
    return [{**row, "share": max(row["carried"], 0.0) / total if total else 0.0} for row in rows]


def _bits(m: Any, u: Any) -> Any:
    import numpy as np

    return np.log2(np.maximum(m, 1e-12) / np.maximum(u, 1e-12))


def _share(held: Any, probability: Any) -> float:
    whole = float(probability.sum())
    return float(probability[held].sum()) / whole if whole else 0.0


def _labels(name: str, size: int) -> Sequence[str]:
    """What the levels of a comparison mean, least agreement first; numbers where that is not known."""
    from testimonia.linkage.model.cases import case_design

    for comparison in case_design().comparisons:
        if comparison.name == name and comparison.size == size:
            return [comparison.meaning(level) for level in range(size)]
    return [f"level {level}" for level in range(size)]


# Review --------------------------------------------------------------------------------------------------


def _calibration(decisions: Sequence[Decision]) -> Plain:
    """How often pairs that people looked at were the same, beside what the linkage had said of them before.

    Only pairs drawn at random judge the probabilities, each range of them by itself.
    """
    from testimonia.linkage.review import pair_of, standing

    stands = {pair: one.verdict == "same" for pair, one in standing(decisions).items() if one.verdict in SETTLED}
    said = {
        pair_of(one.a, one.b): one.probability
        for one in decisions
        if one.chosen == "audit" and one.probability is not None
    }
    known = [(chance, stands[pair]) for pair, chance in said.items() if pair in stands]
    bins = [
        _bin(low, high, [one for one in known if low <= one[0] < high or one[0] == high == 1.0])
        for low, high in pairwise(RANGES)
    ]
    return {"labels": len(stands), "audited": len(known), "bins": [one for one in bins if one["pairs"]]}


def _bin(low: float, high: float, known: Sequence[tuple[float, bool]]) -> Plain:
    count = max(1, len(known))
    said, same = sum(chance for chance, _ in known) / count, sum(one for _, one in known) / count
    return {"low": low, "high": high, "pairs": len(known), "said": said, "same": same}


def _review(decisions: Sequence[Decision]) -> Plain:
    from testimonia.linkage.review import agreement, standing

    found = agreement(decisions)
    stands = [one.verdict for one in standing(decisions).values()]
    return {
        "decisions": len(decisions),
        "people": len({one.who for one in decisions}),
        "pairs": len(stands),
        **{verdict: stands.count(verdict) for verdict in ("same", "different", "unsure", "disputed")},
        "twice": found.pairs,
        "observed": found.observed,
        "kappa": found.kappa,
        "alpha": found.alpha,
    }
