"""Couples that several tests look at, each lived once."""

from __future__ import annotations

from functools import cache

from turntoward.demo import Couple, imagine


@cache
def lived(seed: int, *, steady: bool = False) -> Couple:
    """The couple of a seed."""
    return imagine(seed=seed, steady=steady)
