"""How it felt between the demo couple, day by day, as each of the two tapped it as weather."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from turntoward.demo.checkins import COOLEST, WARMEST
from turntoward.demo.couple import Demo
from turntoward.demo.dice import Dice


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoWeather:
    """One `day` from where each of the two stands.

    `warmth` is 1 (stormy) to 5 (warm), in the order of `Demo.names`, null where one did not tap.
    """

    day: date
    warmth: tuple[int | None, int | None]


def weather(demo: Demo, weeks: int = 10) -> tuple[DemoWeather, ...]:
    """The weather of the last `weeks` weeks before the record's last day, oldest first.

    The two share a mood that wanders from day to day, and each has an own view of it. A couple on
    its way back has warmer days from week to week; a steady one stays as it is. The last day itself
    is left open, for whoever looks around.
    """
    dice = Dice(f"turntoward-demo-{demo.seed}/weather")
    days, mood, seen = weeks * 7, 0.0, []
    for number in range(days):
        usual = 3.8 if demo.steady else 2.3 + 1.4 * (number + 1) / days
        mood = 0.7 * mood + 0.55 * dice.normal()
        taps = (_tapped(usual + mood, dice), _tapped(usual + mood, dice))
        day = demo.last - timedelta(days=days - number)
        if taps != (None, None):
            seen.append(DemoWeather(day=day, warmth=taps))
    return tuple(seen)


def _tapped(day: float, dice: Dice) -> int | None:
    """What one of the two tapped on two days of three, or nothing."""
    if dice.chance(0.33):
        return None
    return min(max(round(day + 0.5 * dice.normal()), COOLEST), WARMEST)
