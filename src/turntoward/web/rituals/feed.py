"""A calendar with one ritual, repeated weekly by the wall clock of the couple's zone.

The alarm of a calendar works on every phone, without HTTPS and without this companion knowing
whether it rang. Summaries are neutral unless the partner chose otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event
from icalendar.enums import CLASS, TRANSP

from turntoward.web.rituals.when import ONE_DAY, calendar_date, minutes_into_day

#: Years of clock changes that are written down, before and after; calendars ask again long before.
_YEARS_BEFORE, _YEARS_AFTER = timedelta(days=366), timedelta(days=3 * 366)
_ASK_AGAIN = timedelta(hours=12)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One ritual as a calendar has it.

    `days` are weekdays of the couple from Monday, 0; `at` and `alarm_at` are by the wall clock of
    `zone`; without `alarm_at` it is silent. `since` is the couple's day from which it is so.
    """

    uid: str
    summary: str
    days: frozenset[int]
    at: time
    minutes: int
    zone: str
    since: date
    alarm_at: time | None


def calendar(name: str, entry: Entry | None, today: date) -> bytes:
    """The feed, called `name`, with this entry; an empty calendar without one."""
    shown = Calendar.new(
        name=name,
        prodid="-//rituals//EN",
        refresh_interval=_ASK_AGAIN,
        uid=f"{entry.uid}-calendar" if entry else "calendar",
    )
    if entry is not None:
        shown.add_component(_event(entry))
        first = min(entry.since, today) - _YEARS_BEFORE
        shown.add_missing_timezones(first_date=first, last_date=today + _YEARS_AFTER)
    return bytes(shown.to_ical())


def _event(entry: Entry) -> Event:
    first = entry.since
    while first.weekday() not in entry.days:
        first += ONE_DAY
    on = calendar_date(first, entry.at)
    later = (on - first).days
    days = [_WEEKDAYS[(day + later) % 7] for day in sorted(entry.days)]
    start = datetime.combine(on, entry.at, tzinfo=ZoneInfo(entry.zone))
    event = Event.new(
        uid=entry.uid,
        summary=entry.summary,
        start=start,
        # The same answer for the same ritual: what did not change is not news.
        stamp=datetime.combine(entry.since, time(), tzinfo=UTC),
        classification=CLASS.PRIVATE,
        transparency=TRANSP.TRANSPARENT,
    )
    event.add("duration", timedelta(minutes=entry.minutes))
    event.add("rrule", {"freq": "weekly", "byday": days, "wkst": "MO"})
    if entry.alarm_at is not None:
        event.add_component(_alarm(entry, entry.alarm_at))
    return event


def _alarm(entry: Entry, at: time) -> Alarm:
    alarm = Alarm.new(description=entry.summary)
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(minutes=minutes_into_day(at) - minutes_into_day(entry.at)))
    return alarm
