"""How sure a small count is: intervals in plain Python, so that a page need not load numpy."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import exp, floor, log, sqrt
from statistics import NormalDist, median

from turntoward.care.thresholds import LEVEL
from turntoward.messages.evidence import Interval

_Z = NormalDist().inv_cdf(0.5 + LEVEL / 2)


def share(count: int, of: int) -> Interval:
    """`count` of `of` with its interval after Wilson (1927): good for few, never beyond 0 or 1.

    Raises `ValueError` unless 0 <= count <= of and of > 0.
    """
    if not 0 <= count <= of or of == 0:
        raise ValueError(f"{count} of {of} is no share.")
    value, z2 = count / of, _Z * _Z
    middle = (value + z2 / (2 * of)) / (1 + z2 / of)
    reach = _Z / (1 + z2 / of) * sqrt(value * (1 - value) / of + z2 / (4 * of * of))
    return Interval(
        value=value,
        low=max(0.0, min(middle - reach, value)),
        high=min(1.0, max(middle + reach, value)),
        level=LEVEL,
    )


def more(now: Interval, before: Interval) -> Interval:
    """How much larger the share `now` is, with its interval after Newcombe (1998), method 10."""
    gap = now.value - before.value
    below = sqrt((now.value - now.low) ** 2 + (before.high - before.value) ** 2)
    above = sqrt((now.high - now.value) ** 2 + (before.value - before.low) ** 2)
    return Interval(value=gap, low=gap - below, high=gap + above, level=LEVEL)


def slope(points: Sequence[tuple[float, float]]) -> Interval:
    """The robust slope of (when, what) with its interval, after Theil (1950) and Sen (1968).

    The median of all slopes between two points: one odd week does not turn it. Raises
    `ValueError` for fewer than three points or two at the same time.
    """
    if len(points) < 3 or len({when for when, _ in points}) < len(points):
        raise ValueError("A slope takes three points or more, each at its own time.")
    pairs = combinations(sorted(points), 2)
    slopes = sorted((b - a) / (later - earlier) for (earlier, a), (later, b) in pairs)
    n = len(points)
    wide = _Z * sqrt(n * (n - 1) * (2 * n + 5) / 18)
    first = max(0, floor((len(slopes) - wide) / 2))
    return Interval(value=median(slopes), low=slopes[first], high=slopes[-1 - first], level=LEVEL)


def left(effect: Interval) -> Interval:
    """A change on the log scale, of a rate or a level, as the share that is left of what it was."""
    return Interval(
        value=exp(effect.value), low=exp(effect.low), high=exp(effect.high), level=LEVEL
    )


def left_of_share(before: float, effect: Interval) -> Interval:
    """The same for a share that was `before` (0 to 1), whose change is on the logit scale."""
    if not 0 < before < 1:
        return left(effect)
    odds = log(before / (1 - before))

    def part(change: float) -> float:
        return 1 / (1 + exp(-(odds + change))) / before

    return Interval(
        value=part(effect.value), low=part(effect.low), high=part(effect.high), level=LEVEL
    )
