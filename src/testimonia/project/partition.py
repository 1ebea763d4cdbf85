"""Which records stand together: the pairs of a linkage with their probabilities, bent by what people decided since.

A quick look ahead, not a linkage: probabilities stay as they were, only links that must be and links that cannot be
are put in. The next linkage weighs everything anew, and its clusters count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Pair", "groups"]

Pair = tuple[str, str]
Near = Mapping[str, Mapping[str, float]]
NEVER = -1e9
PASSES = 20


def groups(
    records: Sequence[str],
    pairs: Mapping[Pair, float],
    must: Iterable[Pair] = (),
    cannot: Iterable[Pair] = (),
) -> list[tuple[str, ...]]:
    """The records as groups, each one person: those expected to be wrong about the fewest pairs (Binder 1978).

    `pairs`: probabilities; a pair that is not there has none. Records of a `must` pair stay together, those of a
    `cannot` pair apart; where both are asked for, apart wins. A group is in the order of `records`, as are groups.
    """
    place = {record: at for at, record in enumerate(records)}
    barred = _barred(cannot, place)
    blocks = _blocks(records, must, barred, place)
    near = _near(pairs, barred, place)
    clusters = _settled(_merged(blocks, near), blocks, near)
    found = [tuple(sorted(members, key=place.__getitem__)) for members in clusters if members]
    return sorted(found, key=lambda group: place[group[0]])


def _barred(cannot: Iterable[Pair], place: Mapping[str, int]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for a, b in cannot:
        if a in place and b in place:
            found.setdefault(a, set()).add(b)
            found.setdefault(b, set()).add(a)
    return found


def _blocks(
    records: Sequence[str], must: Iterable[Pair], barred: Mapping[str, set[str]], place: Mapping[str, int]
) -> list[set[str]]:
    """Records that must stay together; a `must` that would join what cannot be is passed over."""
    block = {record: {record} for record in records}
    for a, b in must:
        if a not in place or b not in place or block[a] is block[b]:
            continue
        if any(barred.get(one, set()) & block[b] for one in block[a]):
            continue
        joined = block[a] | block[b]
        block.update(dict.fromkeys(joined, joined))
    return [members for record, members in block.items() if min(members, key=place.__getitem__) == record]


def _near(pairs: Mapping[Pair, float], barred: Mapping[str, set[str]], place: Mapping[str, int]) -> Near:
    found: dict[str, dict[str, float]] = {}
    for (a, b), chance in pairs.items():
        if a in place and b in place:
            found.setdefault(a, {})[b] = found.setdefault(b, {})[a] = chance
    for a, others in barred.items():
        for b in others:
            found.setdefault(a, {})[b] = NEVER
    return found


def _gain(block: Iterable[str], others: Iterable[str], near: Near) -> float:
    """The fall of the expected number of wrong pairs by having the block with these others instead of apart."""
    rest = tuple(others)
    return sum(near.get(one, {}).get(other, 0.0) - 0.5 for one in block for other in rest)


def _merged(blocks: Sequence[set[str]], near: Near) -> list[set[str]]:
    """Whole groups joined along the likeliest pairs, as long as all their pairs together speak for it."""
    cluster = {record: members.copy() for members in blocks for record in members}
    for members in blocks:
        shared = members.copy()
        cluster.update(dict.fromkeys(members, shared))
    pairs = {(chance, min(a, b), max(a, b)) for a, others in near.items() for b, chance in others.items()}
    for chance, a, b in sorted(pairs, key=lambda one: (-one[0], one[1:])):
        if chance <= 0.5:
            break
        if cluster[a] is not cluster[b] and _gain(cluster[a], cluster[b], near) > 0:
            joined = cluster[a] | cluster[b]
            cluster.update(dict.fromkeys(joined, joined))
    return list({id(members): members for members in cluster.values()}.values())


def _settled(clusters: list[set[str]], blocks: Sequence[set[str]], near: Near) -> list[set[str]]:
    """Blocks moved to where they are least expected to be wrong, until none moves."""
    of = {record: members for members in clusters for record in members}
    touched = [block for block in blocks if any(record in near for record in block)]
    for _ in range(PASSES):
        if not sum(_moved(block, of, clusters, near) for block in touched):
            break
    return clusters


def _moved(block: set[str], of: dict[str, set[str]], clusters: list[set[str]], near: Near) -> bool:
    now = of[next(iter(block))]
    rest = now - block
    reachable = [of[other] for record in block for other in near.get(record, {}) if other not in now]
    best, gain = now, _gain(block, rest, near)
    for other in {id(members): members for members in reachable}.values():
        if (found := _gain(block, other, near)) > gain + 1e-12:
            best, gain = other, found
    if gain < 0 and rest:
        best = set()
        clusters.append(best)
    if best is now:
        return False
    now -= block
    best |= block
    of.update(dict.fromkeys(block, best))
    return True
