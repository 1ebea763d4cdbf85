"""From an answer that moves with an assumption to what a report prints: points, a band, tipping values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import exp, isfinite, log
from typing import Any

from testimonia.estimation.results import Sensitivity, SensitivityPoint
from testimonia.estimation.sensitivity.hidden import Answer

__all__ = ["HALF_WIDTH", "WIDTHS", "grid", "refused", "summarise"]

HALF_WIDTH = log(2.0)  # odds ratios from one half to two: the range of Aleshin-Guendel, Sadinle & Wakefield
WIDTHS = (0.25, 0.5, HALF_WIDTH, 1.0)
FURTHEST = 12.0  # on the log scale: a factor of 160,000; a conclusion that needs more does not tip


def grid(half_width: float, points: Sequence[float] | None = None) -> tuple[float, ...]:
    """The values to answer at: nil, both ends of the range, and inside it the given ones or the usual widths."""
    inner = WIDTHS if points is None else points
    both = {0.0, half_width, -half_width, *inner, *(-value for value in inner)}
    return tuple(sorted(value for value in both if abs(value) <= half_width))


def summarise(
    answer: Answer,
    *,
    assumption: str,
    parameter: str,
    model: str | None,
    sign: int,
    values: Iterable[float],
    thresholds: Iterable[float],
    reason: str,
) -> Sensitivity:
    """The points, the band over them and the tipping values; `sign` says how the parameter moves the hidden cell.

    The band is the union of the intervals over the range: where the true value lies in the range, it covers the
    total at least as often as the interval at the true value does.
    """
    points = tuple(at(answer, value, sign) for value in values)
    lowers = [point.lower for point in points if point.lower is not None]
    bounded = all(point.upper is not None for point in points if point.lower is not None)
    uppers = [point.upper for point in points if point.upper is not None]
    half_width = max((abs(point.value) for point in points), default=0.0)
    return Sensitivity(
        assumption=assumption,
        parameter=parameter,
        model=model,
        points=points,
        band_lower=min(lowers, default=None),
        band_upper=max(uppers, default=None) if bounded else None,
        tipping=tuple(tips(answer, sign, thresholds, half_width)),
        reason=" ".join(filter(None, [reason, contradicted(points, answer.n)])),
    )


def refused(assumption: str, parameter: str, model: str | None, reason: str) -> Sensitivity:
    """No answer under this assumption, and why."""
    return Sensitivity(assumption, parameter, model, (), None, None, (), reason[:1].upper() + reason[1:])


def at(answer: Answer, value: float, sign: int) -> SensitivityPoint:
    """The answer at one value of the parameter; totals below the people recorded are impossible and not given."""
    shift = sign * value
    upper = answer.upper(shift)
    if upper < answer.n:
        return SensitivityPoint(value, exp(value), None, None, None)
    total, lower = answer.total(shift), max(answer.lower(shift), float(answer.n))
    return SensitivityPoint(
        value,
        exp(value),
        total if total >= answer.n and isfinite(total) else None,
        lower if isfinite(lower) else None,
        upper if isfinite(upper) else None,
    )


def contradicted(points: Sequence[SensitivityPoint], n: float) -> str:
    """Which values of the parameter the table itself rules out, if any."""
    odds = [f"{point.odds:.3g}" for point in points if point.total is None]
    if not odds:
        return ""
    return f"At an odds ratio of {', '.join(odds)} the total would be less than the {n:,.0f} people recorded."


def tips(answer: Answer, sign: int, thresholds: Iterable[float], half_width: float) -> Iterable[Mapping[str, Any]]:
    """For each stated conclusion the value of the parameter at which the point and each end pass it."""
    for threshold in thresholds:
        twice = ", twice those recorded" if threshold == 2 * answer.n else ""
        conclusion = f"at least {threshold:,.0f} people{twice}"
        for end, total in (("total", answer.total), ("lower", answer.lower), ("upper", answer.upper)):
            shift = crossing(total, threshold)
            value = None if shift is None else sign * shift
            yield {
                "conclusion": conclusion,
                "threshold": float(threshold),
                "end": end,
                "holds": bool(total(0.0) >= threshold),
                "value": value,
                "odds": None if value is None else exp(value),
                "inside": value is not None and abs(value) <= half_width,
            }


def crossing(total: Any, threshold: float) -> float | None:
    """The shift at which a rising function passes the threshold, by halving; None where it does not within reach."""
    below, above = -FURTHEST, FURTHEST
    if not total(below) < threshold <= total(above):
        return None
    while above - below > 1e-9:
        middle = (below + above) / 2
        below, above = (middle, above) if total(middle) < threshold else (below, middle)
    return above
