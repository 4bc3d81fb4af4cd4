"""When a ritual is: its moment on a day of the couple, by the wall clock of their zone.

A day of the couple begins at four in the morning (`reading.companion.day_of`), so half past
midnight belongs to the evening before, and so does a ritual at half past midnight.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from turntoward.reading.companion import day_of

ONE_DAY = timedelta(days=1)
#: Where a day of the couple begins, as `day_of` has it; a test holds the two together.
DAY_BEGINS = time(4)
#: Hours in which nobody is reminded, unless the ritual itself is then.
_NIGHT_FROM, _NIGHT_TO = time(23), time(7)


def moment_on(day: date, at: time, zone: str) -> datetime | None:
    """The moment of `at` on a couple's day; None where their clocks had no such time on it.

    Where clocks are put forward over `at`, it is as `zoneinfo` has it: by the old offset (`fold`
    0), so half past two becomes half past three. Where that is on another day of the couple, it is
    by the new one. Where clocks are put back over `at`, it is the first of the two. A date that a
    zone left out (Apia, 30 December 2011) has none.
    """
    for on in (day, day + ONE_DAY):
        for fold in (0, 1):
            wall = datetime.combine(on, at.replace(fold=fold), tzinfo=ZoneInfo(zone))
            moment = wall.astimezone(UTC)
            if day_of(moment, zone) == day:
                return moment
    return None


def calendar_date(day: date, at: time) -> date:
    """The date in a calendar on which `at` lies, for a day of the couple."""
    return day if at >= DAY_BEGINS else day + ONE_DAY


def minutes_into_day(at: time) -> int:
    """Minutes from the begin of the couple's day to `at`."""
    return (at.hour * 60 + at.minute - DAY_BEGINS.hour * 60) % (24 * 60)


def in_the_night(at: time) -> bool:
    """True from eleven in the evening to seven in the morning."""
    return at >= _NIGHT_FROM or at < _NIGHT_TO


def days_in(stored: str) -> frozenset[int]:
    """Weekdays from how they are kept, such as "0124"; Monday is 0."""
    return frozenset(int(digit) for digit in stored)


def stored_days(days: Collection[int]) -> str:
    """Weekdays as they are kept."""
    return "".join(str(day) for day in sorted(days))
