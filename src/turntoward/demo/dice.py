"""Seeded chance: the same seed gives the same life on every machine and every Python.

Only `Random.random` is used, whose stream Python guarantees for a seeded string; the derived draws
of the standard library may change between versions, and `hash` differs between runs.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of draws that belongs to one name; `child` starts an independent stream."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._random = random.Random(name).random

    def child(self, name: str) -> Dice:
        """An independent stream: more draws in one part of life leave the others as they are."""
        return Dice(f"{self._name}/{name}")

    def random(self) -> float:
        """Uniform in [0, 1)."""
        return self._random()

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self._random() < probability

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, `limit`."""
        return int(self._random() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def within(self, low: float, high: float) -> float:
        """A number between two bounds."""
        return low + (high - low) * self._random()

    def pick(self, options: Sequence[T]) -> T:
        """One of `options`, each as likely."""
        return options[self.below(len(options))]

    def weighted(self, options: Sequence[T], weights: Sequence[float]) -> T:
        """One of `options`, as likely as its weight."""
        left = self._random() * sum(weights)
        for option, weight in zip(options, weights, strict=True):
            left -= weight
            if left < 0:
                return option
        return options[-1]

    def normal(self) -> float:
        """Mean 0, standard deviation 1: twelve uniforms, so only additions, exact everywhere."""
        return sum(self._random() for _ in range(12)) - 6.0

    def count(self, rate: float, spread: float = 0.0) -> int:
        """A Poisson count; `spread` (on the log scale) makes it overdispersed, same mean."""
        if spread:
            rate *= math.exp(spread * self.normal() - spread * spread / 2)
        limit, product, drawn = math.exp(-rate), self._random(), 0
        while product > limit:
            product *= self._random()
            drawn += 1
        return drawn
