"""The sums over graphs and unseen counts, compiled.

Of the margin of a set of lists S only one cell, that of the people on none of S, depends on the unseen count. So
its log marginal likelihood is one row over the grid, and a graph's is a sum of differences of such rows: k factors
log p(v | parents) = row(parents with v) - row(parents). The grid is cut into blocks. In a block each factor lies
below the line through its end points plus its greatest excess over that line, so a graph's sum lies below a line,
whose greater end bounds the graph in the block: pairs of graph and block whose bounds together are below a given
share of the posterior mass are left out, all others are summed exactly.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import njit

__all__ = [
    "blocks_of",
    "common_row",
    "exponentials",
    "factor_rows",
    "log_gamma",
    "log_gamma_ratio",
    "subset_rows",
    "sum_graphs",
]

Vector = NDArray[np.float64]
HALF_LOG_TWO_PI = 0.9189385332046727
DEPTH = 200  # nats below the reference that the histogram of bounds tells apart
SAFE = 600.0  # nats above the scale at which exp would soon overflow
SHIFT = 6755399441055744.0  # 1.5 * 2**52: added to a double, its low bits hold the rounded integer
LOG2_E, LN2_HIGH, LN2_LOW = 1.4426950408889634, 0.693147180369123816490, 1.90821492927058770002e-10
POINTS = 128  # in a block, at most: a block of every factor stays in the cache
STRETCH, OFFSET = 1.25, 16.0  # greatest ratio of the unseen counts plus 16 in a block, so that lines lie close


@njit
def _series(z2: float) -> float:
    """Stirling's series for log Gamma(1 / z), divided by z."""
    tail = 1.0 / 1260.0 - z2 * (1.0 / 1680.0 - z2 * (1.0 / 1188.0 - z2 * (691.0 / 360360.0 - z2 / 156.0)))
    return 1.0 / 12.0 - z2 * (1.0 / 360.0 - z2 * tail)


@njit
def log_gamma(x: float) -> float:
    """log Gamma(x) for x > 0, by Stirling's series from 8 upwards; error below 1e-14 (1 + |value|)."""
    product = 1.0
    while x < 8.0:
        product *= x
        x += 1.0
    z = 1.0 / x
    value = (x - 0.5) * math.log(x) - x + HALF_LOG_TWO_PI + z * _series(z * z)
    return value if product == 1.0 else value - math.log(product)


@njit
def log_gamma_ratio(x: float, d: float) -> float:
    """log Gamma(x + d) - log Gamma(x), x > 0, x + d > 0, without the cancellation of two large numbers."""
    y = x + d
    if x < 8.0 or y < 8.0:
        return log_gamma(y) - log_gamma(x)
    u, v = 1.0 / x, 1.0 / y
    step = math.log1p(d * u)
    return (x - 0.5) * step + d * (math.log(x) + step) - d + v * _series(v * v) - u * _series(u * u)


@njit
def subset_rows(counts: NDArray[np.int64], lists: int, delta: float, unseen: Vector) -> NDArray[np.float64]:
    """Log marginal likelihood of each margin under its Dirichlet prior: shape (2**lists, grid), row 0 is zero.

    A cell of the margin of S has the prior weight of the cells it adds up, delta 2**(lists - |S|).
    """
    n = 0
    for cell in range(1 << lists):
        n += counts[cell]
    whole = delta * (1 << lists)
    rows = np.zeros((1 << lists, len(unseen)))
    logs, tails = np.empty(len(unseen)), np.empty(len(unseen))
    for i in range(len(unseen)):
        z = 1.0 / (whole + n + unseen[i])
        logs[i] = -math.log(z)
        tails[i] = z * _series(z * z)
    margin = np.empty(1 << lists, dtype=np.int64)
    for subset in range(1, 1 << lists):
        for cell in range(1 << lists):
            margin[cell] = 0
        for cell in range(1 << lists):
            margin[cell & subset] += counts[cell]
        size = 0
        for i in range(lists):
            size += subset >> i & 1
        weight = whole / (1 << size)
        fixed = log_gamma(whole) - log_gamma(weight)
        for cell in range(1, 1 << lists):
            if margin[cell]:
                fixed += log_gamma_ratio(weight, margin[cell])
        difference = weight + margin[0] - whole - n
        for i in range(len(unseen)):
            x = whole + n + unseen[i]
            y = x + difference
            if y < 8.0:
                rows[subset, i] = fixed + log_gamma_ratio(x, difference)
            else:  # the same with what does not depend on the subset taken out
                z, step = 1.0 / y, math.log1p(difference / x)
                ratio = (x - 0.5) * step + difference * (logs[i] + step - 1.0) + z * _series(z * z) - tails[i]
                rows[subset, i] = fixed + ratio
    return rows


@njit
def common_row(n: int, unseen: Vector, log_weights: Vector) -> NDArray[np.float64]:
    """What all graphs share: log N! / n0! (the observed cells' factorials are constant), prior and width."""
    row = np.empty(len(unseen))
    for i in range(len(unseen)):
        row[i] = log_gamma_ratio(unseen[i] + 1.0, float(n)) + log_weights[i]
    return row


@njit
def factor_rows(
    rows: NDArray[np.float64], sets: NDArray[np.int64], start: int, stop: int, out: NDArray[np.float64]
) -> None:
    """log p(v | parents) of every factor in a block of the grid, into `out`, shape (factors, stop - start)."""
    for factor in range(sets.shape[1]):
        larger, smaller = sets[0, factor], sets[1, factor]
        for i in range(stop - start):
            out[factor, i] = rows[larger, start + i] - rows[smaller, start + i]


@njit
def _line(values: Vector, grid: Vector, out: Vector) -> None:
    """The ends of the lowest line parallel to the chord that lies on or above all values."""
    last = len(grid) - 1
    slope = (values[last] - values[0]) / (grid[last] - grid[0]) if last else 0.0
    excess = 0.0
    for i in range(len(grid)):
        excess = max(excess, values[i] - values[0] - slope * (grid[i] - grid[0]))
    out[0] = values[0] + excess
    out[1] = values[last] + excess


def blocks_of(unseen: Vector) -> NDArray[np.int64]:
    """Where the blocks of a grid begin, and its end: at most 128 points whose unseen counts differ little."""
    edges = [0]
    while edges[-1] < len(unseen):
        start = edges[-1]
        reach = int(np.searchsorted(unseen, STRETCH * (unseen[start] + OFFSET) - OFFSET, side="right"))
        edges.append(max(start + 1, min(reach, start + POINTS)))
    return np.array(edges, dtype=np.int64)


@njit
def upper_lines(
    rows: NDArray[np.float64], common: Vector, sets: NDArray[np.int64], unseen: Vector, edges: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Line bounds by block, shape (blocks, factors + 1, 2): the factors', then what all graphs share."""
    factors = sets.shape[1]
    lines = np.empty((len(edges) - 1, factors + 1, 2))
    values = np.empty((factors, POINTS))
    for b in range(len(edges) - 1):
        start, stop = edges[b], edges[b + 1]
        factor_rows(rows, sets, start, stop, values)
        for factor in range(factors):
            _line(values[factor, : stop - start], unseen[start:stop], lines[b, factor])
        _line(common[start:stop], unseen[start:stop], lines[b, factors])
        for end in range(2):
            lines[b, factors, end] += math.log(stop - start)
    return lines


@njit
def _bound(lines: NDArray[np.float64], factors: NDArray[np.int16]) -> float:
    """Above the log mass of a graph in a block."""
    left, right = lines[-1, 0], lines[-1, 1]
    for i in range(len(factors)):
        left += lines[factors[i], 0]
        right += lines[factors[i], 1]
    return float(left if left > right else right)


@njit
def _best(lines: NDArray[np.float64], factors: NDArray[np.int16], graphs: int) -> tuple[int, int]:
    """The pair of graph and block with the greatest bound."""
    best, graph, where = -np.inf, 0, 0
    for b in range(len(lines)):
        for g in range(graphs):
            bound = _bound(lines[b], factors[g])
            if bound > best:
                best, graph, where = bound, g, b
    return graph, where


@njit
def _threshold(
    lines: NDArray[np.float64], factors: NDArray[np.int16], graphs: int, reference: float, share: float
) -> float:
    """The greatest bound below which all pairs together stay under `share` of exp(reference)."""
    pairs = np.zeros(DEPTH + 1)
    for b in range(len(lines)):
        for g in range(graphs):
            below = reference - _bound(lines[b], factors[g])
            if below > 0.0:
                pairs[int(min(below, float(DEPTH)))] += 1.0
    left_out = 0.0
    for depth in range(DEPTH, 0, -1):
        left_out += pairs[depth] * math.exp(-float(depth))
        if left_out > share:
            return reference - depth - 1.0
    return reference - 1.0


@njit
def _log_mass(values: NDArray[np.float64], common: Vector, factors: NDArray[np.int16], out: Vector) -> None:
    """The log posterior of one graph over a block, into `out`."""
    for i in range(len(out)):
        out[i] = common[i]
    for f in range(len(factors)):
        factor = factors[f]
        for i in range(len(out)):
            out[i] += values[factor, i]


@njit
def exponentials(logs: Vector, scale: float, parts: Vector, out: Vector) -> None:
    """exp(logs - scale) into `out`, zero below -700: a loop that the compiler turns into vector instructions.

    exp(x) = 2**j exp(r), |r| <= log(2) / 2, with the Taylor series of exp(r) to r**11: relative error below 1e-14.
    """
    for i in range(len(logs)):
        x = max(logs[i] - scale, -700.0)
        whole = x * LOG2_E + SHIFT
        parts[i] = whole
        j = whole - SHIFT
        r = (x - j * LN2_HIGH) - j * LN2_LOW
        p = 1.0 / 3628800.0 + r * (1.0 / 39916800.0)
        p = 1.0 / 40320.0 + r * (1.0 / 362880.0 + r * p)
        p = 1.0 / 720.0 + r * (1.0 / 5040.0 + r * p)
        p = 1.0 / 24.0 + r * (1.0 / 120.0 + r * p)
        p = 0.5 + r * (1.0 / 6.0 + r * p)
        out[i] = 1.0 + r * (1.0 + r * p)
    bits = parts.view(np.int64)
    for i in range(len(logs)):
        bits[i] = (bits[i] + 1023) << 52
    for i in range(len(logs)):
        out[i] *= parts[i]


@njit
def _add(values: Vector, to: Vector) -> float:
    """Add a block to the running sums and give its own sum, in four strands so that additions overlap."""
    a = b = c = d = 0.0
    whole = len(values) - len(values) % 4
    for i in range(0, whole, 4):
        a += values[i]
        b += values[i + 1]
        c += values[i + 2]
        d += values[i + 3]
    for i in range(whole, len(values)):
        a += values[i]
    for i in range(len(values)):
        to[i] += values[i]
    return (a + b) + (c + d)


@njit
def _greatest(values: Vector, at_least: float) -> float:
    """The greatest of the values, or this one."""
    for value in values:
        if value > at_least:
            at_least = value
    return at_least


@njit
def _shrink(values: Vector, by: float) -> None:
    """Multiply all values."""
    for i in range(len(values)):
        values[i] *= by


@njit
def sum_graphs(
    rows: NDArray[np.float64],
    common: Vector,
    sets: NDArray[np.int64],
    factors: NDArray[np.int16],
    graphs: int,
    unseen: Vector,
    edges: NDArray[np.int64],
    share: float,
) -> tuple[Vector, Vector, float, int]:
    """Posterior mass over the grid and by graph of the first `graphs` graphs, in units of exp(scale).

    `edges` from `blocks_of`. Returns mass by grid point, mass by graph, scale, and the pairs of graph and block
    that were summed; what was left out is below `share` of the whole.
    """
    lines = upper_lines(rows, common, sets, unseen, edges)
    values = np.empty((sets.shape[1], POINTS))
    logs, parts, mass = np.empty(POINTS), np.empty(POINTS), np.empty(POINTS)
    graph, b = _best(lines, factors, graphs)
    points = edges[b + 1] - edges[b]
    factor_rows(rows, sets, edges[b], edges[b + 1], values)
    _log_mass(values, common[edges[b] : edges[b + 1]], factors[graph], logs[:points])
    scale = _greatest(logs[:points], -np.inf)
    exponentials(logs[:points], scale, parts[:points], mass[:points])
    reference = scale + math.log(_add(mass[:points], np.zeros(points)))
    limit = _threshold(lines, factors, graphs, reference, share)
    by_point, by_graph = np.zeros(len(unseen)), np.zeros(graphs)
    summed = 0
    for b in range(len(lines)):
        start, stop = edges[b], edges[b + 1]
        points = stop - start
        ready = False
        for g in range(graphs):
            bound = _bound(lines[b], factors[g])
            if bound < limit:
                continue
            if not ready:
                factor_rows(rows, sets, start, stop, values)
                ready = True
            _log_mass(values, common[start:stop], factors[g], logs[:points])
            if bound > scale + SAFE:
                higher = _greatest(logs[:points], scale)
                _shrink(by_point, math.exp(scale - higher))
                _shrink(by_graph, math.exp(scale - higher))
                scale = higher
            exponentials(logs[:points], scale, parts[:points], mass[:points])
            by_graph[g] += _add(mass[:points], by_point[start:stop])
            summed += 1
    return by_point, by_graph, scale, summed
