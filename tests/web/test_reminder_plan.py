"""When a reminder is due and when not, on values alone; one a day in every zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings, strategies

from planted_rituals import DAY, EVENING, EVERY_DAY, ONE_DAY
from turntoward.reading.companion import day_of
from turntoward.web.rituals.plan import Day, Due, NotNow, Past, Wish, decide, rests

MINUTE = timedelta(minutes=1)

WISH = Wish(zone="Europe/Berlin", days=EVERY_DAY, ritual_at=time(20, 40), at=time(20, 40))


def past(*days_ago: int, answered: bool = False, delivered: bool = True) -> list[Past]:
    return [
        Past(
            day=DAY - n * ONE_DAY,
            at=EVENING - n * ONE_DAY,
            answered=answered,
            delivered=delivered,
        )
        for n in days_ago
    ]


@pytest.mark.parametrize(
    ("wish", "sent", "today", "now", "expected"),
    [
        (WISH, [], Day(), EVENING, Due(day=DAY)),
        (WISH, [], Day(), EVENING + 59 * MINUTE, Due(day=DAY)),
        (WISH, [], Day(), EVENING - MINUTE, NotNow.EARLY),
        (WISH, [], Day(), EVENING + 60 * MINUTE, NotNow.OVER),
        (WISH, past(0), Day(), EVENING, NotNow.SENT),
        (WISH, past(0, delivered=False), Day(), EVENING, NotNow.SENT),
        (WISH, [], Day(kept=True), EVENING, NotNow.KEPT),
        (WISH, [], Day(aside=True), EVENING, NotNow.ASIDE),
        (WISH, past(1, 2), Day(), EVENING, Due(day=DAY)),
        (WISH, past(1, 2, 3), Day(), EVENING, NotNow.RESTING),
        (WISH, past(1, 2, 3, answered=True), Day(), EVENING, Due(day=DAY)),
        (WISH, past(1, 2, 3, delivered=False), Day(), EVENING, Due(day=DAY)),
        (WISH, past(6, answered=True), Day(hard=True), EVENING, NotNow.HARD),
        (WISH, past(7, answered=True), Day(hard=True), EVENING, Due(day=DAY)),
    ],
)
def test_when_one_is_due_and_when_not(
    wish: Wish, sent: list[Past], today: Day, now: datetime, expected: Due | NotNow
) -> None:
    assert decide(wish, sent, today, now) == expected


def wish(**changed: Any) -> Wish:
    usual = {"zone": "Europe/Berlin", "days": EVERY_DAY, "ritual_at": time(20, 40)}
    return Wish(**(usual | {"at": time(20, 40)} | changed))


@pytest.mark.parametrize(
    ("asked", "local", "expected"),
    [
        (wish(paused=True), time(20, 40), NotNow.PAUSED),
        (wish(days=frozenset({3})), time(20, 40), NotNow.NOT_THIS_DAY),
        (wish(at=time(20)), time(20, 10), Due(day=DAY)),
        (wish(at=time(20)), time(19, 59), NotNow.EARLY),
        # Nobody is woken, unless the ritual itself is then.
        (wish(at=time(23, 30)), time(23, 40), NotNow.NIGHT),
        (wish(at=time(6, 30), ritual_at=time(7)), time(6, 30), NotNow.NIGHT),
        (wish(at=time(6, 30), ritual_at=time(6, 30)), time(6, 30), Due(day=DAY)),
        (wish(at=time(23, 30), ritual_at=time(0, 30)), time(23, 40), Due(day=DAY)),
        (wish(at=time(22, 50)), time(23, 5), NotNow.NIGHT),
        # Where the other moved it there, nobody is woken either.
        (wish(at=time(6, 30), ritual_at=time(6, 30), chosen=False), time(6, 30), NotNow.NIGHT),
        (wish(at=time(21), ritual_at=time(21), chosen=False), time(21), Due(day=DAY)),
    ],
)
def test_the_hour_of_the_two(asked: Wish, local: time, expected: Due | NotNow) -> None:
    now = datetime.combine(DAY, local, tzinfo=ZoneInfo("Europe/Berlin"))
    assert decide(asked, [], Day(), now) == expected


def test_half_past_midnight_is_of_the_day_before() -> None:
    now = datetime(2026, 3, 5, 0, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    only = wish(days=frozenset({DAY.weekday()}), at=time(0, 30), ritual_at=time(0, 30))
    assert decide(only, [], Day(), now) == Due(day=DAY)


def test_one_that_is_a_few_hours_old_is_not_unanswered_yet() -> None:
    sent = past(0, 1, 2)
    assert not rests(sent, EVENING + timedelta(hours=5))
    assert rests(sent, EVENING + timedelta(hours=22))


@given(
    zone=strategies.sampled_from(sorted(available_timezones())),
    minute=strategies.integers(0, 24 * 60 - 1),
    start=strategies.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 1)),
)
@settings(max_examples=40, deadline=None)
def test_at_most_one_a_day_and_one_on_each_local_day(
    zone: str, minute: int, start: datetime
) -> None:
    at = time(minute // 60, minute % 60)
    asked = wish(zone=zone, at=at, ritual_at=at)
    now, sent = start.replace(tzinfo=UTC), list[Past]()
    until = now + timedelta(days=10)
    while now < until:
        due = decide(asked, sent[-8:], Day(), now)
        if isinstance(due, Due):
            sent.append(Past(day=due.day, at=now, answered=True))
        # The last minutes of a day, and before the night, are few; else a reminder lasts an hour.
        few = now.astimezone(ZoneInfo(zone)).hour in (3, 22)
        now += timedelta(seconds=59) if few else 13 * MINUTE
    days = [one.day for one in sent]
    assert len(set(days)) == len(days)
    assert [day_of(one.at, zone) for one in sent] == days
    first, last = day_of(start.replace(tzinfo=UTC), zone), day_of(until, zone)
    whole = [first + n * ONE_DAY for n in range(1, (last - first).days)]
    assert [day for day in days if day in whole] == whole
