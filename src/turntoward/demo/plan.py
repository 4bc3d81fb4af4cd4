"""The weekly plan: how the two turn toward each other, week by week. This is the planted truth.

Everything a detector can find was put here on purpose, as seven rhythms of the article. Around the
truth lies what real weeks have: a shared mood that lasts some weeks, a slow wander of each rhythm
that comes back, plain luck, and short stirs of life. The text is made from the plan, and only the
text is written to the export.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from datetime import date, timedelta

from turntoward.demo.dice import Dice
from turntoward.demo.life import WEEKS, Life


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What one week aims at; the messages scatter around it.

    `greeting`, `night`: share of days with a good morning, a good night, from both sides;
    `affection`, `bids`: how often a day someone reaches out with affection, with anything else;
    `met`: share of those bids that are turned toward; `full`: share of met ones answered in more
    than a word; `logistics`: share of messages; `delay`: median minutes to answer; `volume`:
    factor on how many conversations there are.
    """

    start: date
    greeting: float
    night: float
    affection: float
    bids: float
    met: float
    full: float
    logistics: float
    delay: float
    volume: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One rhythm of the truth: its planned value before, when drifted, and after the return."""

    rhythm: str
    unit: str
    before: float
    drifted: float
    returned: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """When the drift begins and how it goes; all null in a steady life."""

    drift: int | None = None  # week number
    ramp: int = 0  # weeks until it is whole
    back: int | None = None
    back_ramp: int = 0
    recovered: float = 0.0  # part of the way back, 0 to 1

    def depth(self, week: int) -> float:
        """How far into the drift a week is, 0 to 1; quick at first, then it settles."""
        if self.drift is None or self.back is None:
            return 0.0
        depth = _eased((week - self.drift + 1) / self.ramp)
        return depth - self.recovered * _eased((week - self.back + 1) / self.back_ramp)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """A parameter: where it rests, how far the drift moves it and how it wavers (link scale)."""

    rest: float
    drift: float
    luck: float
    mood: float  # how much of the shared mood it takes
    share: bool = False  # logit, else log


_LEVELS: dict[str, _Level] = {
    "greeting": _Level(rest=0.60, drift=-1.50, luck=0.10, mood=0.8, share=True),
    "night": _Level(rest=0.38, drift=-1.40, luck=0.10, mood=0.8, share=True),
    "affection": _Level(rest=0.80, drift=-0.90, luck=0.08, mood=1.0),
    "bids": _Level(rest=3.05, drift=-0.42, luck=0.05, mood=0.6),
    "met": _Level(rest=0.90, drift=-1.75, luck=0.12, mood=1.0, share=True),
    "full": _Level(rest=0.80, drift=-1.35, luck=0.10, mood=0.6, share=True),
    "logistics": _Level(rest=0.28, drift=0.90, luck=0.10, mood=-0.6, share=True),
    "delay": _Level(rest=5.0, drift=0.95, luck=0.08, mood=-0.7),
    "volume": _Level(rest=1.0, drift=0.0, luck=0.14, mood=0.5),
}

#: How often a day affection is reached out with in an ordinary week.
USUAL_AFFECTION = _LEVELS["affection"].rest

_MOOD = 0.11  # standard deviation of the shared mood
_WANDER = 0.07  # and of the slow wander of each parameter


def course(dice: Dice, *, steady: bool) -> Course:
    """Where the drift lies for this seed: it begins at 55 to 65 % of the record."""
    planned = Course(
        drift=dice.between(round(0.55 * WEEKS), round(0.65 * WEEKS)),
        ramp=dice.between(10, 14),
        back=WEEKS - dice.between(22, 30),
        back_ramp=dice.between(7, 10),
        recovered=dice.within(0.50, 0.65),
    )
    return Course() if steady else planned


def weeks(dice: Dice, life: Life, course: Course) -> tuple[Week, ...]:
    """The plan of every week of the record."""
    moods = _lasting(dice.child("mood"), 0.70, _MOOD)
    wanders = {name: _lasting(dice.child(name), 0.94, _WANDER) for name in _LEVELS}
    luck = dice.child("luck")
    planned = []
    for number in range(WEEKS):
        start = life.start + timedelta(weeks=number)
        stirred = _stirred(life, start)
        values = {}
        for name, level in _LEVELS.items():
            moved = level.drift * course.depth(number) + stirred.get(name, 0.0)
            moved += level.mood * moods[number] + wanders[name][number] + level.luck * luck.normal()
            values[name] = _moved(level, moved)
        planned.append(Week(start=start, **values))
    return tuple(planned)


def planted(course: Course) -> tuple[Planted, ...]:
    """The truth of each rhythm as planned values, without mood, wander and luck."""
    named = (
        ("greetings", "share of days", "greeting"),
        ("affection", "per day", "affection"),
        ("logistics", "share of messages", "logistics"),
        ("bids_made", "per day", "bids"),
        ("bids_met", "share of bids", "met"),
        ("pace", "minutes", "delay"),
        ("reply_length", "share of answers longer than a word or two", "full"),
    )
    drifted = 0.0 if course.drift is None else 1.0
    left = drifted - course.recovered
    return tuple(
        Planted(
            rhythm=rhythm,
            unit=unit,
            before=round(_LEVELS[name].rest, 3),
            drifted=round(_moved(_LEVELS[name], _LEVELS[name].drift * drifted), 3),
            returned=round(_moved(_LEVELS[name], _LEVELS[name].drift * left), 3),
        )
        for rhythm, unit, name in named
    )


def parameters() -> tuple[str, ...]:
    """The names of what a `Week` plans."""
    return tuple(field.name for field in fields(Week) if field.name != "start")


def _eased(part: float) -> float:
    """From 0 to 1: half the way is made in the first third."""
    part = min(max(part, 0.0), 1.0)
    return 1 - (1 - part) ** 2


def _moved(level: _Level, by: float) -> float:
    if not level.share:
        return level.rest * math.exp(by)
    odds = level.rest / (1 - level.rest) * math.exp(by)
    return odds / (1 + odds)


def _lasting(dice: Dice, keep: float, spread: float) -> list[float]:
    """A series that remembers a share `keep` of last week and stays within `spread` (sd)."""
    now, found = spread * dice.normal(), []
    for _ in range(WEEKS):
        found.append(now)
        now = keep * now + spread * math.sqrt(1 - keep * keep) * dice.normal()
    return found


def _stirred(life: Life, start: date) -> dict[str, float]:
    """What short events do to this week: illness and grief too pass in the course of months."""
    moved = {"volume": 0.0, "delay": 0.0}
    for stir in life.stirs:
        if stir.start <= start <= stir.end:
            moved["volume"] += stir.volume
            moved["delay"] += stir.delay
    since = (start - life.anchors["death"]).days / 7
    if 0 <= since < 8:
        moved["volume"] -= 0.25 * (1 - since / 8)
    return moved
