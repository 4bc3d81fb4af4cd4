"""The life around an invented couple's rhythms: wander, moods, seasons, events, holes.

Everything here is on the link scale (logit or log) and signed so that positive is closer. None of
it is drift: each of these comes back by itself, and a detector has to live with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Random = np.random.Generator

YEAR = 52.18


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What one couple lives with, over `weeks` weeks and `rhythms` rhythms.

    `latent` is weeks by rhythms. `recorded` is false in the holes of the record. `events` are the
    unlabelled life events as (first week, weeks); they may last less than a week.
    """

    latent: Floats
    recorded: NDArray[np.bool_]
    events: tuple[tuple[float, float], ...]


def autoregressive(random: Random, weeks: int, memory: float, spread: float) -> Floats:
    """A stationary wander with standard deviation `spread` that forgets in `memory` weeks."""
    keep = np.exp(-1.0 / memory)
    steps = random.normal(size=weeks) * spread * np.sqrt(1.0 - keep**2)
    path = np.empty(weeks)
    path[0] = random.normal() * spread
    for week in range(1, weeks):
        path[week] = keep * path[week - 1] + steps[week]
    return path


def _events(
    random: Random, weeks: int, rhythms: int, unrest: float
) -> tuple[Floats, list[tuple[float, float]]]:
    """Illness, visitors, deadlines: three or so a year, for days to weeks, felt in all rhythms."""
    effect = np.zeros((weeks, rhythms))
    events: list[tuple[float, float]] = []
    for _ in range(random.poisson(3.0 * unrest * weeks / YEAR)):
        first = float(random.uniform(0, weeks))
        length = float(np.clip(np.exp(random.normal(np.log(1.4), 0.75)), 0.3, 8.0))
        shared = random.normal(-0.25, 0.45)
        size = shared + random.normal(0.0, 0.25, size=rhythms)
        at = np.arange(weeks)
        part = np.clip(np.minimum(at + 1, first + length) - np.maximum(at, first), 0.0, 1.0)
        effect += part[:, None] * size
        events.append((first, length))
    return effect, events


def _season(random: Random, weeks: int, rhythms: int) -> Floats:
    """A yearly swing that all rhythms share in part, with a dip of its own around the holidays."""
    phase = random.uniform(0, 2 * np.pi)
    swing = np.cos(2 * np.pi * np.arange(weeks) / YEAR + phase)
    size = random.uniform(0.0, 0.1) + random.normal(0.0, 0.05, size=rhythms)
    holidays = (np.arange(weeks) % 52 >= 50) * random.normal(0.0, 0.2)
    return np.asarray(swing[:, None] * size + holidays[:, None])


def _recorded(random: Random, weeks: int) -> NDArray[np.bool_]:
    """Lost phones and other channels: now and then no record for one to ten weeks."""
    recorded = np.ones(weeks, dtype=np.bool_)
    for _ in range(random.poisson(0.5 * weeks / YEAR)):
        first = int(random.integers(0, weeks))
        recorded[first : first + int(random.integers(1, 11))] = False
    return recorded


def live(random: Random, weeks: int, rhythms: int, unrest: float) -> Life:
    """Draw one couple's life without any drift; `unrest` 1 is usual, 2 is twice as much of all."""
    mood = autoregressive(random, weeks, random.uniform(0.3, 1.5), random.uniform(0.08, 0.22))
    loading = np.clip(random.normal(0.9, 0.35, size=rhythms), 0.0, None)
    shared = autoregressive(random, weeks, random.uniform(8, 40), random.uniform(0.0, 0.08))
    own = np.stack(
        [
            autoregressive(random, weeks, random.uniform(6, 40), random.uniform(0.03, 0.13))
            for _ in range(rhythms)
        ],
        axis=1,
    )
    blips = random.standard_t(5, size=(weeks, rhythms)) * random.uniform(0.05, 0.15, size=rhythms)
    effect, events = _events(random, weeks, rhythms, unrest)
    season = _season(random, weeks, rhythms)
    usual = mood[:, None] * loading + shared[:, None] + own + blips + season
    latent = unrest * usual + effect
    return Life(latent=latent, recorded=_recorded(random, weeks), events=tuple(events))
