"""Invented couples for benchmarks/care.py: what one of the two may see, week by week.

Life around the signs is restless: moods that last for weeks, busy and empty weeks, evenings on
which everything happens at once, couples in which one side always does a little more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from turntoward.care.record import Began, Effort, Record
from turntoward.climate import CheckIn
from turntoward.drift.shift import Finding, Verdict
from turntoward.reading.reading import VERSION, Reading, Scope
from turntoward.rhythms.series import Family, Series, Week

Floats = NDArray[np.float64]
Random = np.random.Generator

FIRST = date(2024, 1, 1)
#: Weeks that are looked at one after the other, and the weeks before them.
LOOKS, BEFORE = 52, 65
WEEKS = LOOKS + BEFORE
#: Planted from this week on.
ONSET = BEFORE + 12


class Plan(StrEnum):
    """What is planted."""

    STEADY = "nothing"
    ONE_SIDED = "one_sided"
    TENSE = "tension, in one's own taps"
    MET = "tension, in the messages"
    COOLING = "cooling"


@dataclass(frozen=True, slots=True, kw_only=True)
class Couple:
    """All that one partner can see in the end; `seen_on` cuts it at a day."""

    whole: Record
    softness: tuple[Week, ...]

    def seen_on(self, today: date) -> Record:
        """The record as it was on a day."""
        past = today - timedelta(days=today.weekday())
        weeks = tuple(week for week in self.softness if week.start < past)
        return replace(
            self.whole,
            today=today,
            began=tuple(one for one in self.whole.began if one.day < today),
            after=tuple(tap for tap in self.whole.after if tap.day < today),
            skies=tuple(sky for sky in self.whole.skies if sky.day < today),
            practised=frozenset(day for day in self.whole.practised if day < today),
            reading=reading_of(weeks),
        )


def couple(seed: int, plan: Plan, unrest: float = 1.0) -> Couple:
    """The couple of a seed; `unrest` scales all that is not planted."""
    random = np.random.default_rng([seed, list(Plan).index(plan)])
    mood = wander(random, WEEKS, 0.5 * unrest, 3.0)
    base = float(random.normal(3.9, 0.35))
    felt = base + mood
    if plan is Plan.COOLING:
        felt = felt - 2.2 * np.clip((np.arange(WEEKS) - ONSET) / 10, 0, 1)
    after = felt + random.normal(0, 0.15, WEEKS)
    if plan is Plan.TENSE:
        after[ONSET:] -= base - 2.2
    return Couple(
        whole=Record(
            today=FIRST + timedelta(weeks=WEEKS),
            since=FIRST,
            began=_began(random, plan, unrest),
            after=_taps(random, after, float(random.uniform(1.0, 3.5)), unrest),
            skies=_taps(random, felt, float(random.uniform(2.0, 6.5)), unrest),
            practised=_practised(random, unrest),
        ),
        softness=_softness(random, plan, unrest),
    )


def wander(random: Random, weeks: int, size: float, lasts: float) -> Floats:
    """Moods of the week with standard deviation `size` that fade within about `lasts` weeks."""
    keep = float(np.exp(-1 / lasts))
    values = np.zeros(weeks)
    values[0] = random.normal(0, size)
    for week in range(1, weeks):
        values[week] = keep * values[week - 1] + random.normal(0, size * np.sqrt(1 - keep**2))
    return values


def _days(random: Random, week: int, number: int) -> list[date]:
    return [FIRST + timedelta(weeks=week, days=int(n)) for n in random.integers(0, 7, number)]


def _began(random: Random, plan: Plan, unrest: float) -> tuple[Began, ...]:
    """Efforts that come in clumps, and a side that leans by itself and wanders."""
    lean = random.beta(9, 9)
    log_odds = np.log(lean / (1 - lean)) + wander(random, WEEKS, 0.5 * unrest, 4.0)
    share = 1 / (1 + np.exp(-log_odds))
    if plan is Plan.ONE_SIDED:
        share[ONSET:] = 0.93 if lean > 0.5 else 0.07
    busy = random.gamma(4, float(random.uniform(2.5, 8)) / 4, WEEKS)
    busy[random.random(WEEKS) < 0.04 * unrest] = 0.0
    told = []
    for week in range(WEEKS):
        for day in _days(random, week, int(random.poisson(busy[week]))):
            mine = bool(random.random() < share[week])
            clump = int(random.geometric(0.7))
            told += [Began(day=day, kind=Effort.NOTICED, mine=mine)] * clump
    return tuple(told)


def _taps(random: Random, felt: Floats, each_week: float, unrest: float) -> tuple[CheckIn, ...]:
    taps = []
    for week in range(WEEKS):
        for day in _days(random, week, int(random.poisson(each_week))):
            warmth = round(float(np.clip(felt[week] + random.normal(0, 0.8 * unrest), 1, 5)))
            taps.append(CheckIn(day=day, warmth=warmth))
    return tuple(taps)


def _practised(random: Random, unrest: float) -> frozenset[date]:
    """A couple that keeps at it, with a gap now and then."""
    keeps = random.random(WEEKS) > 0.05 * unrest
    return frozenset(
        day
        for week in range(WEEKS)
        for day in _days(random, week, int(random.integers(3, 8)) if keeps[week] else 1)
    )


def _softness(random: Random, plan: Plan, unrest: float) -> tuple[Week, ...]:
    """Answered bids and how many were met without tension, with hard weeks now and then."""
    usual = random.uniform(0.01, 0.04)
    tense = usual * np.exp(wander(random, WEEKS, 0.5 * unrest, 3.0))
    tense[random.random(WEEKS) < 0.03 * unrest] += 0.1
    if plan is Plan.MET:
        tense[ONSET:] += 0.12
    bids = random.gamma(6, float(random.uniform(15, 60)) / 6, WEEKS)
    made = random.poisson(bids)
    against = random.binomial(made, np.clip(tense, 0, 0.9))
    return tuple(
        Week(
            start=FIRST + timedelta(weeks=week),
            count=float(made[week] - against[week]),
            exposure=float(made[week]),
        )
        for week in range(WEEKS)
    )


def reading_of(
    softness: tuple[Week, ...] = (),
    *,
    rounds: tuple[Week, ...] = (),
    series: tuple[Series, ...] = (),
    finding: Finding | None = None,
) -> Reading | None:
    """A reading that holds what signs look at; None without any weeks."""
    soft = (_series("softness", Family.SHARE, softness),) if softness else ()
    weeks = softness or rounds or next((one.weeks for one in series), ())
    if not weeks:
        return None
    return Reading(
        version=VERSION,
        partners=("Ana", "Ben"),
        me=None,
        scope=Scope.BOTH,
        zone=None,
        first=weeks[0].start,
        last=weeks[-1].start + timedelta(days=6),
        accounts=(),
        duplicates=0,
        language="en",
        series=soft + series,
        unmeasured={},
        finding=finding or Finding(verdict=Verdict.NOTHING, weeks=len(weeks)),
        bids=0,
        met=0,
        quotes=(),
        seasons=(),
        corrections=(),
        notes=(),
        rounds=rounds,
    )


def _series(name: str, family: Family, weeks: tuple[Week, ...]) -> Series:
    return series_of(name, family, weeks, closer=True)


def series_of(name: str, family: Family, weeks: tuple[Week, ...], *, closer: bool) -> Series:
    """A rhythm of these weeks with none of its words."""
    return Series(
        name=name,
        title=name,
        words="",
        unit="",
        family=family,
        softer_is="up" if closer else "down",
        cannot_see="",
        perhaps="",
        weeks=weeks,
    )
