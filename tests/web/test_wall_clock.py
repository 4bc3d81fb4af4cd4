"""A ritual by the wall clock of the couple's zone: once on each local day, in every zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings, strategies

from planted_rituals import DAY
from turntoward.reading.companion import day_of
from turntoward.web.rituals.when import DAY_BEGINS, calendar_date, minutes_into_day, moment_on


def test_the_couples_day_begins_where_the_reading_has_it() -> None:
    before = datetime(2026, 3, 4, DAY_BEGINS.hour - 1, 59, tzinfo=UTC)
    assert day_of(before, "UTC") == DAY - timedelta(days=1)
    assert day_of(before + timedelta(minutes=1), "UTC") == DAY
    assert calendar_date(DAY, DAY_BEGINS) == DAY
    assert calendar_date(DAY, time(3, 59)) == DAY + timedelta(days=1)
    assert minutes_into_day(time(3, 59)) == 24 * 60 - 1


def moments(zone: str, first: date, days: int, at: time) -> list[datetime | None]:
    return [moment_on(first + timedelta(days=n), at, zone) for n in range(days)]


@given(
    zone=strategies.sampled_from(sorted(available_timezones())),
    minute=strategies.integers(0, 24 * 60 - 1),
    start=strategies.dates(date(2026, 1, 1), date(2028, 10, 1)),
)
@settings(max_examples=150, deadline=None)
def test_each_local_day_has_the_moment_once(zone: str, minute: int, start: date) -> None:
    at = time(minute // 60, minute % 60)
    found = [moment for moment in moments(zone, start, 100, at) if moment]
    days = [day_of(moment, zone) for moment in found]
    assert days == [start + timedelta(days=n) for n in range(100)]
    assert found == sorted(set(found))
    # By the wall clock it is that time, but on a day whose clocks left it out.
    walls = [moment.astimezone(ZoneInfo(zone)) for moment in found]
    assert sum((wall.hour, wall.minute) != (at.hour, at.minute) for wall in walls) <= 2


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        # Clocks go from two to three: by the old offset it is half past three.
        ("Europe/Berlin", date(2026, 3, 28), time(2, 30), "2026-03-29T03:30:00+02:00"),
        # Clocks go back: the first of the two.
        ("Europe/Berlin", date(2026, 10, 24), time(2, 30), "2026-10-25T02:30:00+02:00"),
        ("Europe/Berlin", date(2026, 3, 29), time(20, 40), "2026-03-29T20:40:00+02:00"),
        ("Europe/Berlin", date(2026, 10, 25), time(20, 40), "2026-10-25T20:40:00+01:00"),
        # Half an hour of summer time.
        ("Australia/Lord_Howe", date(2026, 10, 3), time(2, 15), "2026-10-04T02:45:00+11:00"),
        ("Australia/Lord_Howe", date(2026, 4, 4), time(1, 45), "2026-04-05T01:45:00+11:00"),
        # Two hours: by the old offset it would be the next day of the couple.
        ("Antarctica/Troll", date(2026, 3, 28), time(2, 30), "2026-03-29T00:30:00+00:00"),
        ("Antarctica/Troll", date(2026, 3, 28), time(1, 30), "2026-03-29T03:30:00+02:00"),
        # Midnight itself is left out.
        ("Africa/Cairo", date(2026, 4, 23), time(0, 30), "2026-04-24T01:30:00+03:00"),
    ],
)
def test_a_time_that_clocks_leave_out_or_have_twice(
    zone: str, day: date, at: time, expected: str
) -> None:
    moment = moment_on(day, at, zone)
    assert moment is not None
    assert moment.astimezone(ZoneInfo(zone)).isoformat() == expected


def test_a_date_that_a_zone_left_out_has_none() -> None:
    # Apia went over the date line: after 29 December 2011 came the 31st.
    found = moments("Pacific/Apia", date(2011, 12, 28), 5, time(20, 40))
    local = [one.astimezone(ZoneInfo("Pacific/Apia")).day if one else None for one in found]
    assert local == [28, 29, None, 31, 1]
