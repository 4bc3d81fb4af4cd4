"""Every local day of ten years in every zone: one ritual, one reminder, and taps of that day alone.

For each day of the couple and for several wall times, among them those that a change of the clocks
leaves out or repeats, the ritual has one moment; it lies in its own day, and after that of the day
before. Around each change of the clocks the loop that sends reminders is played by looking every
ten minutes; and a tap at each of these looks belongs to the day of the one before it, or to the
next.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from turntoward.prove.result import Result, Say, Size
from turntoward.reading.companion import day_of
from turntoward.web.rituals.plan import Day, Due, Past, Wish, decide
from turntoward.web.rituals.when import moment_on

PROMISE = "A daily ritual comes once in each local day, wherever the clocks are put."
WHAT = "local days, in every zone"

_FIRST = date(2025, 1, 1)
_ONE_DAY = timedelta(days=1)
#: How often the loop is taken to look; it looks every half minute, and a reminder lasts an hour.
_LOOK = timedelta(minutes=10)
_TIMES = (
    time(0, 0), time(0, 30), time(1, 30), time(2, 30), time(3, 30), time(4, 0), time(7, 30),
    time(21, 0), time(23, 30),
)  # fmt: skip
#: The times whose reminders are played.
_PLAYED = (time(2, 30), time(4, 0), time(21, 0))
_MOST_TOLD = 20


def prove(size: Size, say: Say) -> Result:
    """Go through the days; see the module."""
    return gone_through(
        sorted(available_timezones()), size.of(full=3652, quick=366), size.of(full=1, quick=4), say
    )


def gone_through(zones: list[str], days: int, every: int, say: Say) -> Result:
    """So many days from the first on in each zone; each `every`-th change of clocks is played."""
    failed: list[str] = []
    changes = played = tried = 0
    for n, zone in enumerate(zones):
        tried += days
        failed += _moments(zone, days)
        for change in _changes(zone, days):
            changes += 1
            if changes % every == 0:
                played += 1
                failed += _taps(zone, change)
                failed += [miss for at in _PLAYED for miss in _reminders(zone, change, at)]
        if len(failed) > _MOST_TOLD:
            break
        say(n + 1, len(zones))
    shown = (f"{tried // days} zones, {played:,} of {changes:,} changes of the clocks played",)
    if not played:
        failed.append("no change of the clocks was played, so these days prove nothing")
    return Result(tried=tried, failed=tuple(failed), shown=shown)


def _moments(zone: str, days: int) -> Iterator[str]:
    """Days on which a ritual has no moment, one that lies elsewhere, or one that is not later."""
    for at in _TIMES:
        before: datetime | None = None
        for n in range(days):
            day = _FIRST + n * _ONE_DAY
            moment = moment_on(day, at, zone)
            if moment is None:
                yield f"{zone}, {day}, {at}: there is no such time"
                continue
            if day_of(moment, zone) != day:
                yield f"{zone}, {day}, {at}: it is on another day"
            if before is not None and moment <= before:
                yield f"{zone}, {day}, {at}: it is no later than on the day before"
            before = moment


def _changes(zone: str, days: int) -> Iterator[date]:
    """The days on which the clocks of a zone are changed."""
    there = ZoneInfo(zone)
    noon = datetime.combine(_FIRST, time(12), tzinfo=UTC)
    before = noon.astimezone(there).utcoffset()
    for n in range(1, days - 2):
        now = (noon + n * _ONE_DAY).astimezone(there).utcoffset()
        if now != before:
            yield _FIRST + n * _ONE_DAY
        before = now


def _looks(change: date) -> Iterator[datetime]:
    """The moments of the days around a change, at each of which somebody may look or tap."""
    now = datetime.combine(change - 2 * _ONE_DAY, time(0), tzinfo=UTC)
    while now.date() <= change + 2 * _ONE_DAY:
        yield now
        now += _LOOK


def _taps(zone: str, change: date) -> Iterator[str]:
    """Moments that belong to an earlier day than those before them, or leave a day out."""
    before: date | None = None
    for now in _looks(change):
        day = day_of(now, zone)
        if before is not None and not timedelta(0) <= day - before <= _ONE_DAY:
            yield f"{zone}, {now:%Y-%m-%d %H:%M} UTC: taps go from {before} to {day}"
        before = day


def _reminders(zone: str, change: date, at: time) -> Iterator[str]:
    """Days around a change on which no reminder is sent, or more than one."""
    wish = Wish(zone=zone, days=frozenset(range(7)), ritual_at=at, at=at)
    past: list[Past] = []
    for now in _looks(change):
        due = decide(wish, past, Day(), now)
        if isinstance(due, Due):
            past.append(Past(day=due.day, at=now, answered=True))
    sent = [one.day for one in past]
    # The first and the last day of these looks are not looked at as a whole.
    for n in range(-1, 2):
        day = change + n * _ONE_DAY
        if sent.count(day) != 1:
            yield f"{zone}, {day}, {at}: {sent.count(day)} reminders"
