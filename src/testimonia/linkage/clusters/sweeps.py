"""One sweep over the partition: every record, or every block of records that must stay together, chooses again.

A block leaves its cluster and joins one of the clusters that its candidate pairs reach, or founds its own, with the
probabilities that the model gives, all else held: Gibbs sampling over partitions.

What the records of a cluster say together is not the product over its pairs, which counts the same agreement once for
every pair. For every comparison, the pairs that join the records best and without a circle are taken: one fewer than
records. That is exact where all agree, since the chance of n records sharing a value of frequency f against n
separate ones is f to the power of 1 - n, and where one record differs from all the others.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from testimonia.linkage.compiled import njit

__all__ = ["LARGEST", "sweep", "tally", "tally_patterns", "together", "weigh"]

LARGEST = 16  # records in one cluster
HOPELESS = -14.0  # clusters with smaller log odds are not joined
NEVER, UNKNOWN = -1e30, -1e20
FAINT = 5.0  # a centre this far below the best adds nothing

Ints = NDArray[np.int32]
Wide = NDArray[np.int64]
Small = NDArray[np.int8]
Floats = NDArray[np.float64]


@njit
def _pair_of(start: Wide, other: Ints, pair: Ints, one: int, two: int) -> int:
    """The candidate pair of two records, -1 where they are none."""
    low, high = start[one], start[one + 1]
    while low < high:
        middle = (low + high) // 2
        if other[middle] < two:
            low = middle + 1
        else:
            high = middle
    if low < start[one + 1] and other[low] == two:
        return pair[low]  # type: ignore[no-any-return]
    return -1


@njit
def _stars(edges: Floats, size: int) -> float:
    """The log of the mean, over the records as the centre, of the product of the edges at it.

    NEVER stands where a value is missing, UNKNOWN where the pair was never compared; the latter counts as the worst
    pair that was, or as nothing where that speaks for one person. A centre needs a pair.
    """
    worst = 0.0
    for one in range(size):
        for two in range(one):
            if UNKNOWN < edges[one, two] < worst:
                worst = edges[one, two]
    top, total, centres = NEVER, 0.0, 0
    for one in range(size):
        value, pairs = 0.0, 0
        for two in range(size):
            if one != two and edges[one, two] > NEVER:
                known = edges[one, two] > UNKNOWN
                value += edges[one, two] if known else worst
                pairs += known
        if pairs:
            centres += 1
            if value > top:
                total = total * np.exp(top - value) + 1.0 if value - top < FAINT else 1.0
                top = value
            elif value == top:
                total += 1.0
            elif top - value < FAINT:
                total += np.exp(value - top)
    if not centres:
        return 0.0
    return top if total == centres else top + np.log(total / centres)


@njit
def together(
    records: Ints,
    size: int,
    start: Wide,
    other: Ints,
    pair: Ints,
    levels: Small,
    kind: NDArray[np.int16],
    ratios: Floats,
    base: Floats,
    unfound: float,
    known: Wide,
    edges: Floats,
) -> float:
    """The log likelihood ratio of these records being one person against all being different ones.

    `ratios`: float64[classes, C, levels], `base`: float64[P], added to each pair; `unfound` is the log ratio of a
    pair that no rule has found. `known` and `edges` are places to work in, LARGEST times LARGEST.
    """
    if size < 2:
        return 0.0
    missing = 0
    for one in range(size):
        for two in range(one):
            at = _pair_of(start, other, pair, records[one], records[two])
            known[one, two] = at
            known[two, one] = at
            missing += at < 0
    total = unfound * missing * 2.0 / size
    for comparison in range(levels.shape[1] + 1):
        for one in range(size):
            for two in range(one):
                at, value = known[one, two], UNKNOWN
                if at >= 0:
                    value = NEVER
                    if comparison == levels.shape[1]:
                        value = base[at]
                    elif levels[at, comparison] >= 0:
                        value = ratios[kind[at], comparison, levels[at, comparison]]
                edges[one, two] = value
                edges[two, one] = value
        if size == 2:
            if edges[0, 1] > NEVER:
                total += edges[0, 1]
        else:
            total += _stars(edges, size)
    return total


@njit
def _prior(records: Ints, size: int, list_of: NDArray[np.int16], patterns: Floats, times: Floats, seen: Wide) -> float:
    """The log prior weight of a cluster: its pattern of lists, and how often each list holds the person.

    `patterns`: float64[2**K] log probabilities; `times`: float64[2, K], the log chance that a list does not hold a
    person again, and that it does. `seen` is a place to work in, K zeros, and left so.
    """
    pattern, total = 0, 0.0
    for place in range(size):
        which = list_of[records[place]]
        if seen[which]:
            total += times[1, which] + np.log(seen[which] + 1.0)
        else:
            total += times[0, which]
        seen[which] += 1
        pattern |= 1 << which
    for place in range(size):
        seen[list_of[records[place]]] = 0
    return total + float(patterns[pattern])


@njit
def _couples(patterns: Floats, again: Floats) -> Floats:
    """For two lists, the log prior weight of one record of each being together less that of the second alone."""
    lists = len(again)
    out = np.empty((lists, lists))
    for one in range(lists):
        for two in range(lists):
            if one == two:
                out[one, two] = np.log(2.0 * again[one])
            else:
                both = patterns[(1 << one) | (1 << two)]
                out[one, two] = both - patterns[1 << two] + np.log(1.0 - again[one])
    return out


@njit
def _forbidden(records: Ints, size: int, cluster: int, cluster_of: Ints, apart_start: Wide, apart_other: Ints) -> bool:
    for place in range(size):
        for at in range(apart_start[records[place]], apart_start[records[place] + 1]):
            if cluster_of[apart_other[at]] == cluster:
                return True
    return False


@njit
def sweep(
    order: Ints,
    block_start: Wide,
    block_records: Ints,
    start: Wide,
    other: Ints,
    pair: Ints,
    apart_start: Wide,
    apart_other: Ints,
    list_of: NDArray[np.int16],
    levels: Small,
    kind: NDArray[np.int16],
    ratios: Floats,
    base: Floats,
    weight: Floats,
    unfound: float,
    worthless: float,
    patterns: Floats,
    again: Floats,
    cluster_of: Ints,
    members: Ints,
    sizes: Ints,
    free: Ints,
    state: Wide,
    generator: np.random.Generator,
) -> int:
    """Let every block of `order` choose its cluster again; return how many changed.

    `weight`: float64[P], the log likelihood ratio of each pair. A cluster of several is not looked at unless its
    best pair alone reaches the log odds `worthless`. `cluster_of`: int32[R], `members`: int32[R, LARGEST],
    `sizes`: int32[R] and the stack `free` of empty clusters, `state` = (free clusters, clusters), are changed in place.
    """
    mark = np.full(len(sizes), -1, dtype=np.int64)
    reached = np.empty(len(sizes), dtype=np.int32)
    chance = np.empty(len(sizes) + 1, dtype=np.float64)
    joined = np.empty(LARGEST, dtype=np.int32)
    known = np.empty((LARGEST, LARGEST), dtype=np.int64)
    edges = np.empty((LARGEST, LARGEST))
    couples = _couples(patterns, again)
    times = np.stack((np.log(1.0 - again), np.log(again)))
    seen = np.zeros(len(again), dtype=np.int64)
    worth = np.full(len(sizes), np.nan)
    changed = 0
    for step in range(len(order)):
        block = order[step]
        first, last = block_start[block], block_start[block + 1]
        size = last - first
        mine = block_records[first:last]
        now = cluster_of[mine[0]]
        # which clusters can be reached, with the best pair of each
        count = 0
        for place in range(size):
            record = mine[place]
            for at in range(start[record], start[record + 1]):
                cluster = cluster_of[other[at]]
                if mark[cluster] < 0:
                    mark[cluster] = count
                    reached[count] = cluster
                    chance[count] = weight[pair[at]]
                    count += 1
                elif weight[pair[at]] > chance[mark[cluster]]:
                    chance[mark[cluster]] = weight[pair[at]]
        for at in range(count):
            mark[reached[at]] = -1
        # leave the present cluster
        kept = 0
        for place in range(sizes[now]):
            record = members[now, place]
            inside = False
            for own in range(size):
                inside = inside or mine[own] == record
            if not inside:
                members[now, kept] = record
                kept += 1
        sizes[now] = kept
        worth[now] = np.nan
        for place in range(size):
            cluster_of[mine[place]] = -1
        if kept == 0:
            free[state[0]] = now
            state[0] += 1
            state[1] -= 1
        alone = _prior(mine, size, list_of, patterns, times, seen) + np.log(state[1] + 1.0)
        apart = 0.0
        if size > 1:
            apart = together(mine, size, start, other, pair, levels, kind, ratios, base, unfound, known, edges)
        total = 1.0
        for at in range(count):
            cluster, best = reached[at], chance[at]
            chance[at] = 0.0
            there = sizes[cluster]
            if there == 0 or there + size > LARGEST:
                continue
            if len(apart_other) and _forbidden(mine, size, cluster, cluster_of, apart_start, apart_other):
                continue
            gain = best + couples[list_of[mine[0]], list_of[members[cluster, 0]]] - alone
            if there > 1 or size > 1:
                if gain < worthless:
                    continue
                for place in range(there):
                    joined[place] = members[cluster, place]
                if np.isnan(worth[cluster]):
                    worth[cluster] = _prior(joined, there, list_of, patterns, times, seen)
                    worth[cluster] += together(
                        joined, there, start, other, pair, levels, kind, ratios, base, unfound, known, edges
                    )
                gain = -worth[cluster] - alone - apart
                for place in range(size):
                    joined[there + place] = mine[place]
                gain += _prior(joined, there + size, list_of, patterns, times, seen)
                gain += together(
                    joined, there + size, start, other, pair, levels, kind, ratios, base, unfound, known, edges
                )
            if gain > HOPELESS:
                chance[at] = np.exp(min(gain, 600.0))
                total += chance[at]
        # choose
        point = generator.random() * total - 1.0
        chosen = -1
        if point >= 0.0:
            for at in range(count):
                if chance[at] > 0.0:
                    chosen = reached[at]
                    point -= chance[at]
                    if point < 0.0:
                        break
        if chosen < 0:
            state[0] -= 1
            chosen = free[state[0]]
            state[1] += 1
            # an own cluster under another number is no change
            changed += kept > 0
        else:
            changed += chosen != now
        worth[chosen] = np.nan
        for place in range(size):
            members[chosen, sizes[chosen]] = mine[place]
            sizes[chosen] += 1
            cluster_of[mine[place]] = chosen
    return changed


@njit
def weigh(levels: Small, kind: NDArray[np.int16], ratios: Floats, base: Floats) -> Floats:
    """The log likelihood ratio of every pair: float64[P]."""
    out = base.copy()
    for at in range(len(out)):
        for comparison in range(levels.shape[1]):
            level = levels[at, comparison]
            if level >= 0:
                out[at] += ratios[kind[at], comparison, level]
    return out


@njit
def tally_patterns(
    members: Ints, sizes: Ints, list_of: NDArray[np.int16], counts: Wide, held: Wide, more: Wide
) -> None:
    """Add the clusters by pattern of lists to `counts`, int64[2**K]; and for every list, int64[K], the clusters that it
    holds to `held` and the records beyond the first in them to `more`."""
    for cluster in range(len(sizes)):
        pattern = 0
        for place in range(sizes[cluster]):
            which = list_of[members[cluster, place]]
            if pattern >> which & 1:
                more[which] += 1
            else:
                held[which] += 1
                pattern |= 1 << which
        if pattern:
            counts[pattern] += 1


@njit
def tally(
    cluster_of: Ints,
    sizes: Ints,
    start: Wide,
    other: Ints,
    pair: Ints,
    levels: Small,
    kind: NDArray[np.int16],
    counts: Floats,
    linked: Floats,
) -> None:
    """Add the levels of the pairs inside clusters to `counts` and `linked`, float64[classes, C, levels].

    In `counts` the pairs of a cluster of n records count 2 / n each, so that they count as n - 1 together; in
    `linked` each counts as one.
    """
    for record in range(len(cluster_of)):
        cluster = cluster_of[record]
        if sizes[cluster] < 2:
            continue
        share = 2.0 / sizes[cluster]
        for at in range(start[record], start[record + 1]):
            if other[at] > record and cluster_of[other[at]] == cluster:
                for comparison in range(levels.shape[1]):
                    level = levels[pair[at], comparison]
                    if level >= 0:
                        counts[kind[pair[at]], comparison, level] += share
                        linked[kind[pair[at]], comparison, level] += 1.0
