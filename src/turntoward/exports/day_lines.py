"""Chats in which a line names the day and the lines below it only the time of day.

What LINE and KakaoTalk share: clocks with a word for the half of the day, days in numbers, and
moments on the wall.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from turntoward.exports.clock_words import AFTERNOON, MORNING, NIGHT, NOON, half_of

_DAY_1970 = date(1970, 1, 1).toordinal()
_MICROSECONDS = 1_000_000
#: Spaces that phones write around the half of the day.
SPACE = "[ \u00a0\u2009\u202f]"
#: Marks of direction and of byte order that may stand before a line.
MARKS = "\ufeff\u200e\u200f\u202a-\u202e"
#: Three numbers as a date, with the words or signs of East Asia between them.
NUMBERS = (
    r"(?P<a>\d{1,4}) ?(?P<sep>[./\-年년]) ?(?P<b>\d{1,2}) ?[./\-月월] ?(?P<c>\d{1,4})(?: ?[日일.])?"
)
_DIGITS = re.compile(r"\d")


@lru_cache(maxsize=4096)
def clock(before: str, hour: int, minute: int, after: str) -> int | None:
    """Seconds since midnight of a time with the words beside it.

    Null where the words say nothing of a time, or where there is no such time.
    """
    half = half_of(before, after)
    if half is None or minute > 59 or hour > 24:
        return None
    return (_hour(hour, half) * 60 + minute) * 60


def _hour(hour: int, half: int) -> int:
    """The hour from 0 to 23; as `clock_words.hour_of_day`, for a single number."""
    if hour > 12:
        return hour % 24
    if half == MORNING:
        return hour % 12
    if half == AFTERNOON:
        return hour % 12 + 12
    if half == NOON:
        return hour if hour >= 10 else hour + 12
    if half == NIGHT:
        return hour % 12 if hour % 12 < 6 else hour % 12 + 12
    return hour


def wall(day: date, seconds: int) -> int:
    """A wall clock in microseconds since 1970, as if it were UTC."""
    return ((day.toordinal() - _DAY_1970) * 86_400 + seconds) * _MICROSECONDS


def length(text: str) -> float | None:
    """The seconds of `1:23` (minutes) or `1:02:03` (hours); null where it is no length."""
    parts = text.split(":")
    if not 2 <= len(parts) <= 3 or not all(part.isdecimal() and len(part) < 5 for part in parts):
        return None
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return float(seconds)


def has_digit(text: str) -> bool:
    """True where any digit of any script is in it."""
    return _DIGITS.search(text) is not None
