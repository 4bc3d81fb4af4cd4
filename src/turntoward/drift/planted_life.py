"""The life around an invented couple's rhythms: wander, moods, busy weeks, seasons, events, holes.

Everything here is by day, on the link scale (logit or log), and signed so that positive is closer.
None of it is drift: each of these comes back by itself, and a detector has to live with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from turntoward.drift.known import Told

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Random = np.random.Generator

YEAR_DAYS = 365.25
#: How often a year something of each sort is told, and for how many days (log mean, log spread).
TOLD = {
    Told.TOGETHER: (8.0, 1.0, 0.5),
    Told.TRAVEL: (2.5, 1.6, 0.5),
    Told.ILL: (1.5, 1.5, 0.5),
    Told.BUSY: (3.0, 1.9, 0.5),
    Told.HOLIDAY: (1.5, 2.1, 0.5),
    Told.LIFE: (0.3, 2.7, 0.6),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What one couple lives with, over days and rhythms.

    `latent` is days by rhythms. `recorded` is false in the holes of the record. `told` is days by
    `Told`: what the two said of their days. Of most events nobody ever says anything.
    """

    latent: Floats
    recorded: Bools
    told: Bools


def autoregressive(random: Random, days: int, memory: Floats, spread: Floats) -> Floats:
    """Stationary paths, days by rhythms, that forget in `memory` days; `spread` is their sd."""
    keep = np.exp(-1.0 / memory)
    steps = random.normal(size=(days, len(memory))) * spread * np.sqrt(1.0 - keep**2)
    steps[0] = random.normal(size=len(memory)) * spread
    paths = [lfilter([1.0], [1.0, -keep[n]], steps[:, n]) for n in range(len(memory))]
    return np.stack(paths, axis=1)


def live(random: Random, weeks: int, rhythms: int, volume: int, unrest: float) -> Life:
    """Draw one couple's life without any drift.

    `unrest` scales all that is not drift, 1 is usual; `volume` is the column that counts messages.
    """
    days = 7 * weeks
    usual = _moods(random, days, rhythms) + _wander(random, days, rhythms)
    usual += _blips(random, weeks, rhythms) + _season(random, days, rhythms)
    told, effect = _told(random, days, rhythms, volume)
    latent = unrest * (usual + effect) + _events(random, days, rhythms, unrest)
    latent[:, volume] += np.tile(random.normal(0.0, 0.18, size=7), weeks)
    return Life(latent=latent, recorded=_recorded(random, days), told=told)


def _moods(random: Random, days: int, rhythms: int) -> Floats:
    """Moods of days to weeks that all rhythms share, each by its own measure."""
    loading = np.clip(random.normal(0.9, 0.4, size=rhythms), -0.2, None)
    memory = np.array([random.uniform(2.0, 14.0)])
    return autoregressive(random, days, memory, np.array([random.uniform(0.08, 0.26)])) * loading


def _wander(random: Random, days: int, rhythms: int) -> Floats:
    """Slow changes that come back: of each rhythm, and a smaller one that all share."""
    shared = autoregressive(
        random, days, np.array([random.uniform(60, 300)]), np.array([random.uniform(0.0, 0.08)])
    )
    memory, spread = random.uniform(40, 280, rhythms), random.uniform(0.03, 0.13, rhythms)
    return shared + autoregressive(random, days, memory, spread)


def _blips(random: Random, weeks: int, rhythms: int) -> Floats:
    """What is different in a single week, now and then a lot."""
    size = random.uniform(0.04, 0.15, size=rhythms)
    return np.repeat(random.standard_t(5, size=(weeks, rhythms)) * size, 7, axis=0)


def _season(random: Random, days: int, rhythms: int) -> Floats:
    """A yearly swing that the rhythms share in part, with a dip of its own around the new year."""
    at = np.arange(days)
    swing = np.cos(2 * np.pi * at / YEAR_DAYS + random.uniform(0, 2 * np.pi))
    size = random.uniform(0.0, 0.1) + random.normal(0.0, 0.05, size=rhythms)
    dip = (at % 365 >= 354) * random.normal(0.0, 0.2)
    return np.asarray(swing[:, None] * size + dip[:, None])


def _spells(random: Random, days: int, yearly: float, middle: float, spread: float) -> Floats:
    """First day and number of days of each spell."""
    count = random.poisson(yearly * days / YEAR_DAYS)
    first = random.integers(0, days, size=count)
    return np.stack([first, np.ceil(np.exp(random.normal(middle, spread, size=count)))], axis=1)


def _told(random: Random, days: int, rhythms: int, volume: int) -> tuple[Bools, Floats]:
    """What the two tell, and how such days differ: usual for the couple, and each time a little."""
    told, effect = np.zeros((days, len(Told)), dtype=np.bool_), np.zeros((days, rhythms))
    for column, (what, (yearly, middle, spread)) in enumerate(TOLD.items()):
        usual = random.normal(-0.05, 0.2, size=rhythms)
        usual[volume] = random.normal(-0.6 if what is Told.TOGETHER else -0.2, 0.3)
        often = yearly * random.gamma(2.0, 0.5)
        for first, length in _spells(random, days, often, middle, spread).astype(int):
            told[first : first + length, column] = True
            effect[first : first + length] += usual + random.normal(0.0, 0.12, size=rhythms)
    return told, effect


def _events(random: Random, days: int, rhythms: int, unrest: float) -> Floats:
    """Illness, visitors, deadlines that nobody tells of: days to weeks, felt in all rhythms."""
    effect = np.zeros((days, rhythms))
    for first, length in _spells(random, days, 3.0 * unrest, np.log(10.0), 0.75).astype(int):
        last = first + int(np.clip(length, 2, 56))
        effect[first:last] += random.normal(-0.2, 0.4) + random.normal(0.0, 0.25, size=rhythms)
    return effect


def _recorded(random: Random, days: int) -> Bools:
    """Lost phones and other channels: now and then no record for days to ten weeks."""
    recorded = np.ones(days, dtype=np.bool_)
    for first, length in _spells(random, days, 0.7, np.log(12.0), 1.0).astype(int):
        recorded[first : first + min(length, 70)] = False
    return recorded
