"""A calendar invitation for one meeting, by the wall clock of its zone, marked private.

Its words are neutral: what is in a calendar is seen on lock screens and by whoever shares it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress
from icalendar.enums import CLASS


def invitation(
    *,
    uid: str,
    summary: str,
    start: datetime,
    minutes: int,
    zone: str,
    place: str = "",
    description: str = "",
    organizer: str = "",
    attendees: tuple[str, ...] = (),
    stamp: datetime | None = None,
) -> bytes:
    """The `.ics` of one meeting that begins at `start`, an aware time, and takes `minutes`.

    `organizer` and `attendees` are mail addresses. The same `uid` again, with a later `stamp`,
    replaces what the calendar has. Without `stamp` the start serves, so that the same meeting is
    the same file.
    """
    begins = start.astimezone(ZoneInfo(zone))
    event = Event.new(
        uid=uid,
        summary=summary,
        start=begins,
        stamp=(stamp or start).astimezone(UTC),
        classification=CLASS.PRIVATE,
        location=place or None,
        description=description or None,
    )
    event.add("duration", timedelta(minutes=minutes))
    if organizer:
        event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    for attendee in attendees:
        event.add("attendee", vCalAddress(f"mailto:{attendee}"))
    calendar = Calendar.new(name=summary, prodid="-//appointments//EN", uid=f"{uid}-calendar")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones(
        first_date=begins.date() - timedelta(days=366),
        last_date=begins.date() + timedelta(days=366),
    )
    return bytes(calendar.to_ical())
