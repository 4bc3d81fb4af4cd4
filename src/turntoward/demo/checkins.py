"""Past ten-minute check-ins of the demo couple, so that its history does not begin empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from turntoward.demo.couple import Demo
from turntoward.demo.dice import Dice

#: How warm it felt, as tapped afterwards.
COOLEST, WARMEST = 1, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCheckIn:
    """Ten minutes that were held, begun `at` a time in the couple's own zone.

    `opener` is who began, 0 or 1 in the order of `Demo.names`. `warmth` holds what each tapped,
    1 to 5, in the same order, null where someone did not tap.
    """

    at: datetime
    opener: int
    warmth: tuple[int | None, int | None]


def checkins(demo: Demo, weeks: int = 6) -> tuple[DemoCheckIn, ...]:
    """The check-ins of the last `weeks` weeks of the record, two to five a week, oldest first.

    A couple on its way back feels a little warmer from week to week; a steady one stays as it is.
    """
    dice, zone = Dice(f"turntoward-demo-{demo.seed}/check-ins"), ZoneInfo(demo.zone)
    held = []
    for number in range(weeks):
        monday = demo.last - timedelta(days=demo.last.weekday(), weeks=weeks - number)
        warmth = 3.9 if demo.steady else 2.7 + 1.2 * (number + 1) / weeks
        for weekday in range(7):
            if not dice.chance(0.5):
                continue
            day = monday + timedelta(days=weekday)
            minute = dice.between(20 * 60 + 25, 21 * 60 + 45)
            at = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)
            evening = warmth + 0.5 * dice.normal()
            taps = (_tapped(evening, dice), _tapped(evening, dice))
            held.append(DemoCheckIn(at=at, opener=dice.below(2), warmth=taps))
    return tuple(held)


def _tapped(evening: float, dice: Dice) -> int | None:
    """What one of the two tapped: near the evening they shared, or nothing."""
    if dice.chance(0.12):
        return None
    return min(max(round(evening + 0.45 * dice.normal()), COOLEST), WARMEST)
