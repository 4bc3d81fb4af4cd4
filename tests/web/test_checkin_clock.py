"""The clock of the ten minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from turntoward.web.checkins.clock import LENGTHS, TEN_MINUTES, Clock, Stage, begun

START = datetime(2026, 3, 28, 21, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_ten_minutes_means_ten() -> None:
    assert TEN_MINUTES == 600
    assert set(LENGTHS) == set(Stage) - {Stage.OVER}


def test_both_speak_for_the_same_time() -> None:
    assert LENGTHS[Stage.FIRST_SPEAKS] == LENGTHS[Stage.SECOND_SPEAKS]
    assert LENGTHS[Stage.FIRST_THANKS] == LENGTHS[Stage.SECOND_THANKS]


def test_every_part_comes_in_its_order_and_at_its_second() -> None:
    clock, passed = begun(START), 0
    for stage, length in LENGTHS.items():
        assert clock.stage(after(passed)) is stage
        assert clock.left_s(after(passed)) == length
        assert clock.stage(after(passed + length - 0.001)) is stage
        passed += length
    assert clock.stage(after(passed)) is Stage.OVER
    assert clock.left_s(after(passed)) == 0


def test_it_rests_and_runs_on_where_it_was() -> None:
    rested = begun(START).paused(after(100))
    assert rested.stage(after(5000)) is Stage.FIRST_SPEAKS
    assert rested.left_s(after(5000)) == 155
    again = rested.resumed(after(5000))
    assert again.left_s(after(5010)) == 145
    assert again.resumed(after(5020)) == again


def test_going_on_twice_in_the_same_second_moves_once() -> None:
    clock = begun(START)
    once = clock.moved_on(Stage.ARRIVE, after(10))
    twice = once.moved_on(Stage.ARRIVE, after(10))
    assert once.stage(after(10)) is Stage.FIRST_SPEAKS
    assert twice == once


def test_going_on_while_it_rests_leaves_it_resting() -> None:
    clock = begun(START).paused(after(10)).moved_on(Stage.ARRIVE, after(20))
    assert clock.running_since is None
    assert clock.stage(after(900)) is Stage.FIRST_SPEAKS


@pytest.mark.parametrize("hours", [-2, 0, 30])
def test_a_clock_that_is_set_back_never_runs_backwards(hours: int) -> None:
    clock = Clock(50.0, START)
    assert clock.elapsed_s(START + timedelta(hours=hours)) >= 50.0
    assert clock.elapsed_s(START + timedelta(hours=hours)) <= TEN_MINUTES
