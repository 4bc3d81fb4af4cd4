"""Invented days of one person in a trial: what would be tapped with and without small shifts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

Floats = NDArray[np.float64]
WARM_UP = 60
#: Of a person's days: how far they lie apart from the level for long, and for a day alone.
MOOD, DAY = 0.5, 0.6
TAPS = 0.7


@dataclass(frozen=True)
class World:
    """What is different from plain days. `life` adds to the weather of `days` days."""

    name: str
    lasting: float = 0.8  # correlation of the mood with that of the day before
    level: float = 3.4
    life: Callable[[np.random.Generator, int], Floats] | None = None
    taps: float = TAPS
    taps_when_cold: float | None = None  # on days of weather 1 and 2
    taps_without: float | None = None  # in weeks without small shifts
    half_life: float = 0.0  # days in which half of what shifts do has come, or has gone
    varies: float = 0.0  # how far the effect differs from week to week


def _climbing(random: np.random.Generator, days: int) -> Floats:
    return random.choice([-1.0, 1.0]) * np.linspace(-1, 1, days)


def _waves(random: np.random.Generator, days: int) -> Floats:
    return 0.6 * np.sin(2 * np.pi * (np.arange(days) / 28 + random.random()))


def _hard(random: np.random.Generator, days: int) -> Floats:
    start, long = random.integers(0, days - 14), random.integers(7, 22)
    passed = np.arange(days) - start
    return np.where((passed >= 0) & (passed < long), -1.5, 0.0)


def _every_other(random: np.random.Generator, days: int) -> Floats:
    return random.choice([-0.5, 0.5]) * np.where(np.arange(days) // 7 % 2, 1.0, -1.0)


def _quarrels(random: np.random.Generator, days: int) -> Floats:
    fades = -2.5 * 0.5 ** np.arange(8)
    return np.convolve((random.random(days) < 0.03).astype(float), fades)[:days]


WORLDS = (
    World("each day on its own", lasting=0.0),
    World("moods of some days"),
    World("moods of weeks", lasting=0.95),
    World("two steps up or down on the way", life=_climbing),
    World("waves of four weeks", life=_waves),
    World("one to three hard weeks", life=_hard),
    World("every other week is harder", life=_every_other),
    World("quarrels that fade in days", life=_quarrels),
    World("mostly warm days", level=4.6),
    World("fewer taps on cold days", taps_when_cold=0.35),
    World("fewer taps on cold days and in weeks without", taps_when_cold=0.35, taps_without=0.5),
    World("few taps, on 2 of 5 days", taps=0.4),
    World("the effect varies from week to week", varies=0.4),
    World("the effect comes and goes in days", half_life=1.5),
)
USUAL, CARRIES = WORLDS[1], WORLDS[-1]
#: In which weeks resemble or oppose each other most.
ROUGH = (USUAL, *WORLDS[4:7])


@dataclass(frozen=True)
class Days:
    """The days of one trial. `tapped` is 0 where nothing was; `truth` is the mean difference."""

    tapped: NDArray[np.int64]
    truth: float


def live(
    random: np.random.Generator, world: World, with_shifts: NDArray[np.bool_], effect: float
) -> Days:
    """Days of weeks that are with small shifts or not, where these make `effect` steps."""
    days = 7 * len(with_shifts)
    shifts = np.repeat(with_shifts, 7)
    fresh = random.normal(size=days + WARM_UP) * np.sqrt(1 - world.lasting**2)
    mood = lfilter([1.0], [1.0, -world.lasting], fresh)[WARM_UP:]
    plain = random.normal(world.level, 0.5) + MOOD * mood + DAY * random.normal(size=days)
    if world.life is not None:
        plain = plain + world.life(random, days)
    full = effect + np.repeat(world.varies * random.normal(size=len(with_shifts)), 7)
    felt = _sky(plain + full * _dose(shifts, world.half_life))
    chance = np.where(shifts, world.taps, world.taps_without or world.taps)
    if world.taps_when_cold is not None:
        chance = np.where(felt <= 2, chance * world.taps_when_cold / TAPS, chance)
    tapped = np.where(random.random(days) < chance, felt, 0)
    return Days(tapped=tapped, truth=float((_sky(plain + full) - _sky(plain)).mean()))


def _sky(weather: Floats) -> NDArray[np.int64]:
    return np.clip(np.round(weather), 1, 5).astype(np.int64)


def _dose(shifts: NDArray[np.bool_], half_life: float) -> Floats:
    """How much of what shifts do is there on each day."""
    if not half_life:
        return shifts.astype(np.float64)
    stays, dose, now = 0.5 ** (1 / half_life), np.empty(len(shifts)), 0.0
    for day, shift in enumerate(shifts):
        now = 1 - (1 - now) * stays if shift else now * stays
        dose[day] = now
    return dose
