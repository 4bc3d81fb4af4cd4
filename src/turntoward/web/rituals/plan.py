"""Whether one partner is to be reminded now, or why not: values in, a value out.

Few, at the hour of the two, and quiet by themselves where nobody answers: a reminder that nags is
one more thing between two people. It knows what one partner set and did, never what the other did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from turntoward.reading.companion import day_of
from turntoward.web.rituals.when import in_the_night, moment_on

#: A reminder that could not go out within this is let go: late, it would only be a reproach.
LASTS = timedelta(hours=1)
#: So many in a row that nothing followed, and the next ones rest.
IGNORED = 3
#: What this partner taps here within this time of a reminder is an answer to it.
ANSWERED_WITHIN = timedelta(days=1)
#: From here on a reminder counts as unanswered. A day of clocks that are put forward by two hours
#: has 22 hours, and the next reminder is to know of the last one.
_UNANSWERED_AFTER = timedelta(hours=21)
_A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one partner asked for: at `at` on the days of a ritual, which itself is at `ritual_at`.

    `chosen` is false where the ritual was moved since, by either, and no hour of one's own is set.
    Times are by the wall clock of the couple's zone, weekdays from Monday, 0.
    """

    zone: str
    days: frozenset[int]
    ritual_at: time
    at: time
    chosen: bool = True
    paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A reminder for `day`, at `at`, and whether this partner tapped anything after it.

    One from before they were started again counts as answered. `delivered` is false for one that
    was claimed or dropped: it takes its day and says no more.
    """

    day: date
    at: datetime
    answered: bool
    delivered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What is known of today: kept by the two, set aside by this partner, in a hard season."""

    kept: bool = False
    aside: bool = False
    hard: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Send it now, for this day of the couple."""

    day: date


class NotNow(StrEnum):
    """Why nothing is sent now."""

    PAUSED = "paused"
    NOT_THIS_DAY = "not-this-day"
    EARLY = "early"
    OVER = "over"
    NIGHT = "night"
    SENT = "sent"
    KEPT = "kept"
    ASIDE = "aside"
    HARD = "hard"
    RESTING = "resting"


def by_the_clock(wish: Wish, now: datetime) -> Due | NotNow:
    """What the settings and the clock alone say: cheap, and mostly that it is not time."""
    if wish.paused:
        return NotNow.PAUSED
    day = day_of(now, wish.zone)
    moment = moment_on(day, wish.at, wish.zone)
    if day.weekday() not in wish.days or moment is None:
        return NotNow.NOT_THIS_DAY
    if now < moment:
        return NotNow.EARLY
    if now >= moment + LASTS:
        return NotNow.OVER
    local = now.astimezone(ZoneInfo(wish.zone)).time()
    return NotNow.NIGHT if wakes(wish, local) else Due(day=day)


def wakes(wish: Wish, local: time) -> bool:
    """True at an hour of the night, unless the ritual itself is then and this partner chose so."""
    return in_the_night(local) and not (wish.chosen and in_the_night(wish.ritual_at))


def decide(wish: Wish, past: Sequence[Past], today: Day, now: datetime) -> Due | NotNow:
    """Whether to remind now. `past` are this partner's reminders of the last week and more."""
    due = by_the_clock(wish, now)
    if isinstance(due, NotNow):
        return due
    if any(one.day == due.day for one in past):
        return NotNow.SENT
    if today.kept:
        return NotNow.KEPT
    if today.aside:
        return NotNow.ASIDE
    if today.hard and any(now - one.at < _A_WEEK for one in past if one.delivered):
        return NotNow.HARD
    if rests(past, now):
        return NotNow.RESTING
    return due


def rests(past: Sequence[Past], now: datetime) -> bool:
    """True where the last three went unanswered: then they stop until they are started again."""
    delivered = sorted((one for one in past if one.delivered), key=lambda one: one.at)
    last = delivered[-IGNORED:]
    return len(last) == IGNORED and all(
        not one.answered and now - one.at >= _UNANSWERED_AFTER for one in last
    )
