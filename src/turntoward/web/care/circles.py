"""The seven pairs of circles of the Inclusion of Other in the Self picture, drawn anew.

As published, the circles of a pair are equally large, the area that both cover together is the same
in all seven, and how much they overlap grows in equal steps. Source: Aron, Aron and Smollan (1992),
J Pers Soc Psychol 63, 596-612.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import acos, pi, sqrt

#: How much of each circle lies in the other, from the first pair to the last: touching, then nearly
#: one. In equal steps.
OVERLAPS: tuple[float, ...] = tuple(step * 0.15 for step in range(7))
#: The drawing, in its own units; its middle is the middle of the pair.
WIDTH, HEIGHT = 100.0, 68.0
_RADIUS_APART = 23.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One pair: the radius of both circles and the distance between their middles."""

    radius: float
    distance: float

    @property
    def left(self) -> str:
        """Where the middle of the left circle is, as it stands in a drawing."""
        return f"{(WIDTH - self.distance) / 2:.2f}"

    @property
    def right(self) -> str:
        """The same of the right circle."""
        return f"{(WIDTH + self.distance) / 2:.2f}"

    @property
    def across(self) -> str:
        """The radius, as it stands in a drawing."""
        return f"{self.radius:.2f}"


@cache
def pairs() -> tuple[Pair, ...]:
    """The seven pairs, from apart to nearly one."""
    return tuple(_pair(overlap) for overlap in OVERLAPS)


def overlap(pair: Pair) -> float:
    """Which share of a circle lies in the other one."""
    return _lens(pair.distance / pair.radius)


def _pair(share: float) -> Pair:
    radius = _RADIUS_APART * sqrt(2 / (2 - share))
    near, far = 0.0, 2.0  # in radii; the nearer, the more overlap
    for _ in range(50):
        middle = (near + far) / 2
        near, far = (middle, far) if _lens(middle) > share else (near, middle)
    return Pair(radius=radius, distance=far * radius)


def _lens(distance: float) -> float:
    """The overlap of two circles of radius 1, as a share of one of them."""
    return (2 * acos(distance / 2) - distance / 2 * sqrt(4 - distance * distance)) / pi
