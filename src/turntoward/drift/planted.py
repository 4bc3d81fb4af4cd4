"""Invented couples with a known truth, for tests and benchmarks: drift, or none.

The life around it is that of `planted_life`, the numbers come about in `planted_days`. A detector
sees only the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from turntoward.drift.days import NAMES, NUMBERS, VOLUME
from turntoward.drift.known import Told
from turntoward.drift.planted_days import Usual, numbers_of, usual_of
from turntoward.drift.planted_life import Bools, Floats, Random, live
from turntoward.drift.shift import Toward

FIRST = date(2019, 1, 7)

WARM = tuple(name for name in NAMES if name != VOLUME)
#: Rhythms that can be strong enough to show a drift alone.
_ALONE = ("greetings", "affection", "logistics", "bids", "answered", "latency", "words")


class Plan(StrEnum):
    """What is planted."""

    STEADY = "steady"
    MOVED_IN = "moved_in"
    STEP = "step"  # several rhythms at once
    STEP_ONE = "step_one"  # one rhythm alone, strongly
    RAMP = "ramp"  # several rhythms, over 8 to 26 weeks
    RAMP_ALL = "ramp_all"  # all of them a little, over 8 to 26 weeks
    RECOVERY = "recovery"  # a drift, and a part of the way back later
    RAMP_16 = "ramp_16"  # as a ramp, over exactly 16 weeks; last, since seeds count plans


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One planted change: it begins at `onset` and is complete at `full` (the same for a step)."""

    toward: Toward
    onset: date
    full: date
    effects: dict[str, float] = field(default_factory=dict)  # link scale, positive is closer

    @property
    def week(self) -> int:
        """Number of the week in which it begins."""
        return (self.onset - FIRST).days // 7

    @property
    def length(self) -> int:
        """Weeks until it is complete."""
        return (self.full - self.onset).days // 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A couple and what is true of it.

    `numbers` are daily values by name, NaN where nothing was recorded; `told` is days by `Told`.
    `latent` is the life without any change, days by rhythms, and `usual` what is usual for them: no
    detector sees these, an oracle may.
    """

    numbers: dict[str, Floats]
    told: Bools
    changes: tuple[Change, ...]
    moved_in: date | None
    latent: Floats
    usual: Usual

    @property
    def weeks(self) -> int:
        """How many there are."""
        return len(self.told) // 7

    def by_week(self) -> Iterator[dict[str, Floats | Bools]]:
        """The weeks in their order, as `turntoward.drift.Watch` takes them."""
        for week in range(self.weeks):
            days = slice(7 * week, 7 * week + 7)
            told = {what.value: self.told[days, n] for n, what in enumerate(Told)}
            yield {name: self.numbers[name][days] for name in NUMBERS} | told


def effects_of(random: Random, plan: Plan) -> dict[str, float]:
    """Which rhythms a drift of this plan moves, and by how much on the link scale."""
    if plan is Plan.STEP_ONE:
        return {str(random.choice(_ALONE)): -float(random.uniform(0.8, 1.2))}
    if plan is Plan.RAMP_ALL:
        return {name: -float(random.uniform(0.15, 0.35)) for name in NAMES}
    chosen = random.choice(WARM, size=int(random.integers(3, 7)), replace=False)
    effects = {str(name): -float(random.uniform(0.3, 0.7)) for name in chosen}
    if random.random() < 0.5:
        effects[VOLUME] = -float(random.uniform(0.15, 0.35))
    return effects


def length_of(random: Random, plan: Plan) -> int:
    """Weeks until a drift of this plan is complete."""
    if plan in (Plan.STEP, Plan.STEP_ONE):
        return 0
    return 16 if plan is Plan.RAMP_16 else int(random.integers(8, 27))


def curve(weeks: int, onset: int, length: int) -> Floats:
    """0 before week `onset`, 1 from `onset + length` on, a straight line between."""
    after = np.arange(weeks) - onset + 1.0
    return np.clip(after / length, 0.0, 1.0) if length else (after >= 1.0).astype(float)


def _changes(random: Random, plan: Plan, weeks: int) -> list[tuple[int, int, dict[str, float]]]:
    if plan in (Plan.STEADY, Plan.MOVED_IN):
        return []
    onset = int(random.integers(60, max(61, weeks - 60)))
    if plan is Plan.RECOVERY:
        onset = int(random.integers(60, max(61, weeks - 150)))
    length = length_of(random, plan)
    effects = effects_of(random, plan)
    changes = [(onset, length, effects)]
    if plan is Plan.RECOVERY:
        part = float(random.uniform(0.6, 1.0))
        back = onset + length + int(random.integers(45, 70))
        gain = {name: -part * effect for name, effect in effects.items()}
        changes.append((back, int(random.integers(0, 13)), gain))
    return changes


def plant(seed: int, plan: Plan, *, weeks: int = 208, unrest: float = 1.0) -> Planted:
    """Invent the couple of `seed`; the same seed gives the same couple, always.

    `weeks` counts from `FIRST`. Changes begin no earlier than week 60. `unrest` scales all that is
    not drift: wander, moods, seasons, and how often life happens.
    """
    random = np.random.default_rng([seed, list(Plan).index(plan)])
    life = live(random, weeks, len(NAMES), NAMES.index(VOLUME), unrest)
    latent = life.latent.copy()
    changes = []
    for onset, length, effects in _changes(random, plan, weeks):
        along = np.repeat(curve(weeks, onset, length), 7)
        for name, effect in effects.items():
            latent[:, NAMES.index(name)] += effect * along
        closer = next(iter(effects.values())) > 0
        changes.append(
            Change(
                toward=Toward.CLOSER if closer else Toward.QUIETER,
                onset=FIRST + timedelta(weeks=onset),
                full=FIRST + timedelta(weeks=onset + length),
                effects=effects,
            )
        )
    moved_in: date | None = None
    if plan is Plan.MOVED_IN:
        week = int(random.integers(60, max(61, weeks - 40)))
        moved_in = FIRST + timedelta(weeks=week)
        fewer = -float(random.uniform(0.3, 1.0)) * curve(weeks, week, int(random.integers(0, 5)))
        latent[:, NAMES.index(VOLUME)] += np.repeat(fewer, 7)
    usual = usual_of(random)
    numbers = numbers_of(random, latent, usual)
    for values in numbers.values():
        values[~life.recorded] = np.nan
    return Planted(
        numbers=numbers,
        told=life.told,
        changes=tuple(changes),
        moved_in=moved_in,
        latent=life.latent,
        usual=usual,
    )
