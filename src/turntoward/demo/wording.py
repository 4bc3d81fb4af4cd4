"""Words for the slots of a scene, taken in turns, so that nothing is said too often."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from turntoward.demo.dice import Dice
from turntoward.demo.life import SEASONS, Life

_SLOT = re.compile(r"\{([a-z]+?)(\d?)\}")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ONE_TO_SIX = ("one", "two", "three", "four", "five", "six")
_HOURS = ("twelve", *_ONE_TO_SIX, "seven", "eight", "nine", "ten", "eleven")
_OPEN_HOURS = (35, 68)  # quarters: what is fixed for another day lies in office hours
_LATEST = 21 * 4  # quarters of an hour from midnight; later times are meant for tomorrow


@dataclass(slots=True)
class Wording:
    """Fills slots and picks ways to say a thing, remembering how often each was used.

    `minute` is the time of day at which it is said: a time that is named lies ahead of it.
    """

    slots: dict[str, tuple[str, ...]]
    life: Life
    dice: Dice
    minute: int = 720
    used: dict[str, int] = field(default_factory=dict)

    def least_said(self, ways: tuple[str, ...]) -> str:
        """One of the ways that were used least, so that they take turns without a fixed order."""
        least = min(self.used.get(way, 0) for way in ways)
        way = self.dice.pick([way for way in ways if self.used.get(way, 0) <= least + 1])
        self.used[way] = self.used.get(way, 0) + 1
        return way

    def filled(self, text: str, day: date, bound: dict[str, str]) -> str:
        """`text` with words in its slots; within one scene (`bound`) a slot keeps its word."""

        def word(found: re.Match[str]) -> str:
            name, number = found.group(1), found.group(2)
            key = name + number
            if key not in bound:
                bound[key] = self._dated(name, day, bound) or self._listed(name, number, day, bound)
            return bound[key]

        return _SLOT.sub(word, text)

    def _listed(self, name: str, number: str, day: date, bound: dict[str, str]) -> str:
        """A word of a list; `{dish2}` has a list of its own, or else differs from `{dish}`."""
        season = SEASONS[day.month % 12 // 3]
        for listed in (name + number, name, f"{name}_{season}"):
            if listed in self.slots:
                taken = {value for key, value in bound.items() if key.rstrip("1234") == name}
                return self.least_said(tuple(w for w in self.slots[listed] if w not in taken))
        raise KeyError(f"slots.toml has no list called {name}")

    def _dated(self, name: str, day: date, bound: dict[str, str]) -> str | None:
        """Words that depend on the day and the hour; null for all others."""
        if name == "hour" and "weekday" in bound:
            return _clock(self.dice.between(*_OPEN_HOURS))
        if name == "hour":
            quarter = self.minute // 15 + self.dice.between(4, 16)
            return _clock(quarter if quarter <= _LATEST else self.dice.between(33, 42))
        if name == "hourago":
            return _clock(max(24, self.minute // 15 - self.dice.between(1, 6)))
        if name == "weekday":
            return _DAYS[_not_sunday(day.weekday() + self.dice.between(2, 5), self.dice)]
        if name == "weekdayago":
            return _DAYS[(day.weekday() - self.dice.between(2, 5)) % 7]
        if name == "weekdaytoday":
            return _DAYS[day.weekday()]
        if name == "weekdaynext":
            return _DAYS[(day + timedelta(days=1)).weekday()]
        if name == "anage":
            return str(28 + (day - self.life.start).days // 365)
        return None


def _not_sunday(weekday: int, dice: Dice) -> int:
    """Most of what is fixed for a day is not fixed for a Sunday."""
    weekday %= 7
    return 5 if weekday == 6 and dice.chance(0.8) else weekday


def _clock(quarter: int) -> str:
    """A time of day, in quarters of an hour from midnight, as people write it."""
    hour, part = divmod(quarter, 4)
    if part == 0:
        return _HOURS[hour % 12]
    if part == 2:
        return f"half {_HOURS[hour % 12]}"
    return f"{hour}.{part * 15:02}"
