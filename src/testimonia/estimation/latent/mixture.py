"""A mixture of Student's t distributions fitted to draws: where the posterior is, roughly, with all its answers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["FREEDOM", "Mixture", "fit", "nothing"]

FREEDOM = 6.0  # of the t distributions: tails heavy enough that a draw outside is not held for long
PARTS, ROUNDS, MOST = 20, 20, 3000  # parts of the mixture, rounds of its fit, draws that are used
LEAST = 200  # draws below which nothing is fitted
FAR = 60.0  # log odds and log ratios of weights beyond this belong to classes that nobody is in
Floats = NDArray[np.float64]


class Mixture(NamedTuple):
    """`centre` has shape (parts, size), `root` and its inverse are lower triangular, (parts, size, size).

    `reach` are the running sums of the shares; `constant` is what is the same for all points: log share, less the
    logarithm of the root's determinant, plus the constant of the t density.
    """

    centre: Floats
    root: Floats
    inverse: Floats
    reach: Floats
    constant: Floats


def nothing(size: int) -> Mixture:
    """A mixture without parts: nothing was learnt yet."""
    empty = np.zeros((0, size, size))
    return Mixture(np.zeros((0, size)), empty, empty.copy(), np.zeros(0), np.zeros(0))


def fit(draws: Floats, rng: np.random.Generator) -> Mixture:
    """The mixture that describes `draws`, shape (draws, size), by expectation and maximisation of normal parts.

    Covariances are drawn towards that of all draws, so that no part collapses. Draws far out are left out; where too
    few remain, there are no parts.
    """
    from scipy.special import gammaln

    near = draws[(np.abs(draws) < FAR).all(axis=1)]
    size = draws.shape[1]
    if len(near) < max(LEAST, 4 * size) or not (near.std(axis=0) > 0).all():
        return nothing(size)
    near = near[np.linspace(0, len(near) - 1, min(len(near), MOST)).astype(int)]
    share, centre, spread = _parts(near, rng)
    root = np.asarray(np.linalg.cholesky(spread), dtype=np.float64)
    inverse: Floats = np.tril(np.linalg.inv(root))
    constant = np.log(share) - np.log(np.diagonal(root, axis1=1, axis2=2)).sum(axis=1)
    constant += gammaln((FREEDOM + size) / 2) - gammaln(FREEDOM / 2) - size / 2 * np.log(FREEDOM * np.pi)
    return Mixture(centre, root, np.ascontiguousarray(inverse), np.cumsum(share), constant)


def _parts(draws: Floats, rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Shares, centres and covariances of the parts."""
    near = _scattered(draws / draws.std(axis=0), rng)
    held = np.eye(PARTS)[near.argmin(axis=1)]
    for _ in range(ROUNDS):
        share, centre, spread = _maximise(draws, held)
        logs = _log_normal(draws, centre, spread) + np.log(share)
        held = np.exp(logs - logs.max(axis=1, keepdims=True))
        held /= held.sum(axis=1, keepdims=True)
    return share, centre, spread


def _scattered(draws: Floats, rng: np.random.Generator) -> Floats:
    """Squared distances to centres picked far from one another (Arthur & Vassilvitskii 2007)."""
    squares = np.zeros((len(draws), PARTS))
    chance = np.full(len(draws), 1 / len(draws))
    for part in range(PARTS):
        squares[:, part] = ((draws - draws[rng.choice(len(draws), p=chance)]) ** 2).sum(axis=1)
        least = squares[:, : part + 1].min(axis=1)
        chance = least / least.sum() if least.sum() > 0 else chance
    return squares


def _maximise(draws: Floats, held: Floats) -> tuple[Floats, Floats, Floats]:
    size = draws.shape[1]
    weight = held.sum(axis=0) + 1e-9
    centre = held.T @ draws / weight[:, None]
    own = np.zeros((PARTS, size, size))
    common = 0.05 * size * np.diag(draws.var(axis=0)) + 0.02 * np.eye(size)
    for part in range(PARTS):
        gap = draws - centre[part]
        own[part] = ((held[:, part, None] * gap).T @ gap + common) / (weight[part] + 0.05 * size + 1)
    return weight / weight.sum(), centre, own


def _log_normal(draws: Floats, centre: Floats, spread: Floats) -> Floats:
    """Log normal densities of all draws in all parts, up to a common constant."""
    root = np.linalg.cholesky(spread)
    found = np.zeros((len(draws), PARTS))
    for part in range(PARTS):
        scaled = np.linalg.solve(root[part], (draws - centre[part]).T)
        found[:, part] = -0.5 * (scaled**2).sum(axis=0) - np.log(np.diag(root[part])).sum()
    return found
