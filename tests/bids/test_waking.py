"""The couple's night: learned from when they write, and left out of waiting."""

from __future__ import annotations

from datetime import datetime, timedelta

import polars as pl

from turntoward.bids.waking import USUAL_NIGHT, is_late, night_hours, waking_seconds

DAY = datetime(2024, 5, 6)


def written_at(hours: range, days: int = 60) -> pl.Series:
    times = [DAY + timedelta(days=day, hours=hour) for day in range(days) for hour in hours]
    return pl.Series("ts_local", times, dtype=pl.Datetime("us"))


def test_the_night_is_the_longest_quiet_stretch() -> None:
    assert night_hours(written_at(range(7, 23))) == (23, 0, 1, 2, 3, 4, 5, 6)


def test_quiet_working_hours_are_no_night() -> None:
    lunch = written_at(range(12, 13))
    evenings = written_at(range(18, 24))
    # Silent from 0 to 11 and from 13 to 17: the night is the longer one, and at most nine hours.
    assert night_hours(pl.concat([lunch, evenings])) == tuple(range(9))


def test_a_couple_that_writes_at_all_hours_has_no_night() -> None:
    assert night_hours(written_at(range(24))) == ()


def test_few_messages_teach_nothing() -> None:
    assert night_hours(written_at(range(9, 22), days=3)) == USUAL_NIGHT
    assert night_hours(pl.Series([], dtype=pl.Datetime("us"))) == USUAL_NIGHT


def test_waking_time_leaves_the_night_out() -> None:
    evening, morning = DAY + timedelta(hours=22, minutes=30), DAY + timedelta(hours=31)
    times = pl.Series([evening, morning, None], dtype=pl.Datetime("us"))
    seconds = waking_seconds(times, (23, 0, 1, 2, 3, 4, 5, 6))
    assert seconds[1] - seconds[0] == 30 * 60
    assert seconds[2] != seconds[2]  # nan: no time is not a time
    clock = waking_seconds(times, ())
    assert clock[1] - clock[0] == 8.5 * 3600


def test_late_is_in_the_night_or_shortly_before() -> None:
    night = (23, 0, 1, 2, 3, 4, 5, 6)
    times = pl.Series([DAY + timedelta(hours=h) for h in (12, 19.9, 20.5, 23.5, 30.9, 31.1)])
    late = is_late(times, night, timedelta(hours=3))
    assert late.tolist() == [False, False, True, True, True, False]
    assert not is_late(times, (), timedelta(hours=3)).any()
