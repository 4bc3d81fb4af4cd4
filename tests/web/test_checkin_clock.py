"""The clock of the ten minutes and of the quiet coffee."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from turntoward.web.checkins.clock import (
    FIVE_MINUTES,
    LENGTHS,
    TEN_MINUTES,
    Clock,
    Form,
    Stage,
    begun,
    whole_s,
)

START = datetime(2026, 3, 28, 21, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_ten_minutes_means_ten_and_five_means_five() -> None:
    assert TEN_MINUTES == 600
    assert FIVE_MINUTES == 300


def test_every_part_belongs_to_a_form_and_both_arrive_and_close() -> None:
    assert {stage for form in Form for stage in LENGTHS[form]} == set(Stage) - {Stage.OVER}
    for form in Form:
        parts = list(LENGTHS[form])
        assert (parts[0], parts[-1]) == (Stage.ARRIVE, Stage.CLOSE)


def test_both_have_the_same_time() -> None:
    ten = LENGTHS[Form.TEN]
    assert ten[Stage.FIRST_SPEAKS] == ten[Stage.SECOND_SPEAKS]
    for form in Form:
        assert LENGTHS[form][Stage.FIRST_THANKS] == LENGTHS[form][Stage.SECOND_THANKS]


def test_at_a_coffee_nobody_has_to_speak() -> None:
    assert not {Stage.FIRST_SPEAKS, Stage.SECOND_SPEAKS} & set(LENGTHS[Form.COFFEE])
    assert LENGTHS[Form.COFFEE][Stage.TOGETHER] > FIVE_MINUTES / 2


@pytest.mark.parametrize("form", list(Form))
def test_every_part_comes_in_its_order_and_at_its_second(form: Form) -> None:
    clock, passed = begun(START, form), 0
    for stage, length in LENGTHS[form].items():
        assert clock.stage(after(passed)) is stage
        assert clock.left_s(after(passed)) == clock.length_s(stage) == length
        assert clock.whole_left_s(after(passed)) == whole_s(form) - passed
        assert clock.stage(after(passed + length - 0.001)) is stage
        passed += length
    assert clock.stage(after(passed)) is Stage.OVER
    assert clock.left_s(after(passed)) == clock.whole_left_s(after(passed)) == 0


def test_a_coffee_stays_a_coffee_through_rests_and_steps() -> None:
    clock = begun(START, Form.COFFEE).moved_on(Stage.ARRIVE, after(5)).paused(after(10))
    assert clock.resumed(after(100)).stage(after(101)) is Stage.TOGETHER
    assert clock.moved_on(Stage.TOGETHER, after(101)).stage(after(101)) is Stage.FIRST_THANKS


def test_it_rests_and_runs_on_where_it_was() -> None:
    rested = begun(START).paused(after(100))
    assert rested.stage(after(5000)) is Stage.FIRST_SPEAKS
    assert rested.left_s(after(5000)) == 155
    again = rested.resumed(after(5000))
    assert again.left_s(after(5010)) == 145
    assert again.resumed(after(5020)) == again


def test_it_knows_when_it_will_be_over() -> None:
    assert begun(START).over_at() == after(TEN_MINUTES)
    assert Clock(290.0, START, Form.COFFEE).over_at() == after(10)
    assert begun(START).paused(after(100)).over_at() is None


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
