"""Full weeks before a day: Monday to Sunday, as everywhere in Turntoward.

A sign looks at whole weeks, so that it says the same from Monday to Sunday and nobody watches it.
"""

from __future__ import annotations

from datetime import date, timedelta

from turntoward.care.thresholds import FRESH
from turntoward.messages.evidence import CannotTell
from turntoward.reading.reading import Reading
from turntoward.words import gettext

WEEK = timedelta(weeks=1)


def monday(day: date) -> date:
    """The Monday of the week that a day is in."""
    return day - timedelta(days=day.weekday())


def full_weeks(today: date, number: int) -> tuple[date, ...]:
    """The Mondays of the last `number` weeks that are over, the oldest first."""
    this = monday(today)
    return tuple(this - WEEK * n for n in range(number, 0, -1))


def of_today(reading: Reading | None, today: date) -> Reading | CannotTell:
    """The reading, or why it says nothing of today: there is none, or it ends too long ago."""
    if reading is None or reading.last is None:
        return CannotTell(gettext("This is looked for in your messages, and none are read yet."))
    if today - reading.last > FRESH:
        return CannotTell(
            gettext("The messages that were read end some months ago. Newer ones could tell.")
        )
    return reading
