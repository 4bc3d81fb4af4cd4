"""Invented couples with a known truth, for tests and benchmarks: drift, or none.

The numbers of a week come about as in life: somebody was there on some days, they wrote so much,
so many of those messages were bids, so many bids were met. The detector sees only the series.
What is planted is drawn here and not in the detector's own model: beta-binomial shares,
gamma-Poisson counts, log-normal waiting times, and the life of `planted_life`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from turntoward.drift.planted_life import Floats, Random, live
from turntoward.drift.shift import Toward
from turntoward.rhythms.series import Family, Series, Week

FIRST = date(2019, 1, 7)

#: name, family, which way is closer. Order is the order of the latent columns.
RHYTHMS: tuple[tuple[str, Family, str], ...] = (
    ("greetings", Family.SHARE, "up"),
    ("affection", Family.RATE, "up"),
    ("logistics", Family.SHARE, "down"),
    ("bids_made", Family.RATE, "up"),
    ("bids_met", Family.SHARE, "up"),
    ("pace", Family.LEVEL, "down"),
    ("reply_length", Family.LEVEL, "up"),
    ("balance", Family.SHARE, "up"),
    ("messages", Family.RATE, "up"),
)
NAMES = tuple(name for name, _, _ in RHYTHMS)
WARM = NAMES[:-1]


class Plan(StrEnum):
    """What is planted."""

    STEADY = "steady"
    MOVED_IN = "moved_in"
    STEP = "step"  # several rhythms at once
    STEP_ONE = "step_one"  # one rhythm alone, strongly
    RAMP = "ramp"  # several rhythms, over 8 to 26 weeks
    RAMP_ALL = "ramp_all"  # all of them a little, over 8 to 26 weeks
    RECOVERY = "recovery"  # a drift, and a part of the way back later


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One planted change: it begins at `onset` and is complete at `full` (the same for a step)."""

    toward: Toward
    onset: date
    full: date
    effects: dict[str, float] = field(default_factory=dict)  # link scale, positive is closer


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A couple and what is true of it."""

    series: tuple[Series, ...]
    changes: tuple[Change, ...]
    moved_in: date | None


def _effects(random: Random, plan: Plan) -> dict[str, float]:
    if plan is Plan.STEP_ONE:
        return {str(random.choice(WARM[:7])): -float(random.uniform(0.9, 1.3))}
    if plan is Plan.RAMP_ALL:
        return {name: -float(random.uniform(0.2, 0.4)) for name in NAMES}
    chosen = random.choice(WARM, size=int(random.integers(3, 7)), replace=False)
    effects = {str(name): -float(random.uniform(0.35, 0.85)) for name in chosen}
    if random.random() < 0.5:
        effects["messages"] = -float(random.uniform(0.15, 0.35))
    return effects


def _curve(weeks: int, onset: int, length: int) -> Floats:
    """0 before `onset`, 1 from `onset + length` on, a straight line between."""
    after = np.arange(weeks) - onset + 1.0
    return np.clip(after / max(length, 1), 0.0, 1.0) if length else (after >= 1.0).astype(float)


def _changes(random: Random, plan: Plan, weeks: int) -> list[tuple[int, int, dict[str, float]]]:
    if plan in (Plan.STEADY, Plan.MOVED_IN):
        return []
    onset = int(random.integers(60, max(61, weeks - 60)))
    if plan is Plan.RECOVERY:
        onset = int(random.integers(60, max(61, weeks - 150)))
    length = 0 if plan in (Plan.STEP, Plan.STEP_ONE) else int(random.integers(8, 27))
    effects = _effects(random, Plan.STEP if plan is Plan.RECOVERY else plan)
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
    life = live(random, weeks, len(RHYTHMS), unrest)
    latent = life.latent.copy()
    changes = []
    for onset, length, effects in _changes(random, plan, weeks):
        curve = _curve(weeks, onset, length)
        for name, effect in effects.items():
            latent[:, NAMES.index(name)] += effect * curve
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
        fewer = -float(random.uniform(0.3, 1.0)) * _curve(weeks, week, int(random.integers(0, 5)))
        # What is counted per day falls with the messages; shares, waits and lengths stay.
        for name in ("messages", "affection", "bids_made"):
            latent[:, NAMES.index(name)] += fewer * (1.0 if name == "messages" else 0.9)
    numbers = _numbers(random, latent, life.recorded)
    return Planted(
        series=tuple(_series(name, *numbers[name]) for name in NAMES),
        changes=tuple(changes),
        moved_in=moved_in,
    )


def _numbers(
    random: Random, latent: Floats, recorded: np.ndarray
) -> dict[str, tuple[Floats, Floats, Floats]]:
    """Counts, exposures and squares of every rhythm, from the latent link values."""
    weeks = len(latent)
    sign = np.array([1.0 if closer == "up" else -1.0 for _, _, closer in RHYTHMS])
    raw = latent * sign
    at = {name: raw[:, column] for column, name in enumerate(NAMES)}
    days = random.binomial(7, random.uniform(0.8, 0.98), size=weeks) * recorded

    def count(mean: Floats, spread: float) -> Floats:
        shape = 1.0 / spread**2
        mixed = random.gamma(shape, 1.0 / shape, size=weeks)
        return random.poisson(np.minimum(mean * mixed, 1e6)).astype(float)

    def share(of: Floats, base: float, link: Floats) -> Floats:
        p = 1.0 / (1.0 + np.exp(-(np.log(base / (1 - base)) + link)))
        together = random.uniform(40, 120)
        mixed = random.beta(p * together, (1 - p) * together)
        return random.binomial(of.astype(int), mixed).astype(float)

    def level(of: Floats, centre: float, spread: float, link: Floats) -> tuple[Floats, Floats]:
        sums, squares = np.zeros(weeks), np.zeros(weeks)
        for week in np.flatnonzero(of):
            values = random.normal(centre + link[week], spread, size=int(of[week]))
            sums[week], squares[week] = values.sum(), (values**2).sum()
        return sums, squares

    per_day = random.uniform(12, 45)
    messages = count(days * per_day * np.exp(at["messages"]), 0.15)
    bids = count(days * per_day * random.uniform(0.08, 0.16) * np.exp(at["bids_made"]), 0.12)
    met = share(bids, random.uniform(0.5, 0.8), at["bids_met"])
    openings = random.binomial(days, 0.75) + random.binomial(days, 0.4)
    pace = level(met, np.log(random.uniform(4, 20)), 1.3, at["pace"])
    length = level(met, np.log(random.uniform(4, 10)), 0.8, at["reply_length"])
    warm = days * random.uniform(0.5, 2.5)
    none = np.zeros(weeks)
    exposed = days.astype(float)
    return {
        "greetings": (share(exposed, random.uniform(0.35, 0.75), at["greetings"]), exposed, none),
        "affection": (count(warm * np.exp(at["affection"]), 0.2), exposed, none),
        "logistics": (share(messages, random.uniform(0.12, 0.35), at["logistics"]), messages, none),
        "bids_made": (bids, exposed, none),
        "bids_met": (met, bids, none),
        "pace": (pace[0], met, pace[1]),
        "reply_length": (length[0], met, length[1]),
        "balance": (share(openings, random.uniform(0.35, 0.5), at["balance"]),
                    openings.astype(float), none),
        "messages": (messages, exposed, none),
    }  # fmt: skip


def _series(name: str, counts: Floats, exposures: Floats, squares: Floats) -> Series:
    family, closer = next((f, c) for n, f, c in RHYTHMS if n == name)
    weeks = tuple(
        Week(
            start=FIRST + timedelta(weeks=number),
            count=float(counts[number]),
            exposure=float(exposures[number]),
            squares=float(squares[number]),
        )
        for number in range(len(counts))
    )
    return Series(
        name=name,
        title=name.replace("_", " ").capitalize(),
        words="",
        unit=family.value,
        family=family,
        softer_is=closer,
        cannot_see="what happened face to face",
        perhaps="a busy time, or more time together",
        weeks=weeks,
    )
