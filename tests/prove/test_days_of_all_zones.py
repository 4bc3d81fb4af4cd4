"""The proof of local days finds nothing, and finds what is broken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from turntoward.prove import days
from turntoward.web.rituals.plan import decide

#: Clocks by an hour, by two, by half an hour, in Ramadan, over midnight, and never.
ZONES = [
    "Africa/Casablanca",
    "Africa/Cairo",
    "Antarctica/Troll",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Europe/Berlin",
]


def quiet(done: int, of: int) -> None:
    """Says nothing."""


def gone_through() -> Any:
    return days.gone_through(ZONES, 366, 1, quiet)


def test_each_day_has_its_ritual_and_its_reminder() -> None:
    result = gone_through()
    assert (result.tried, result.failed) == (len(ZONES) * 366, ())
    assert result.shown == ("6 zones, 10 of 10 changes of the clocks played",)


def test_it_finds_a_ritual_that_comes_every_24_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    def every_24_hours(day: date, at: time, zone: str) -> datetime:
        return datetime.combine(day, at, tzinfo=UTC) - timedelta(hours=1)

    monkeypatch.setattr(days, "moment_on", every_24_hours)
    assert any("another day" in miss for miss in gone_through().failed)


def test_it_finds_reminders_that_are_sent_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(wish: Any, past: Sequence[Any], today: Any, now: datetime) -> Any:
        return decide(wish, [], today, now)

    monkeypatch.setattr(days, "decide", forgetful)
    assert any("reminders" in miss for miss in gone_through().failed)


def test_it_finds_taps_of_a_day_before(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_a_clock_that_goes_back(at: datetime, zone: str) -> date:
        return date(2025, 1, 1 + at.hour % 2)

    monkeypatch.setattr(days, "day_of", by_a_clock_that_goes_back)
    assert any("taps go from" in miss for miss in gone_through().failed)
