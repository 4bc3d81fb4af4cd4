"""The plan of a trial, and the weeks and pairs that are read from the taps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from turntoward.moments.trial import (
    FEWEST_PAIRS,
    MOST_PAIRS,
    SEED_BITS,
    Pair,
    Plan,
    felt,
    felt_by_both,
    next_monday,
    pairs,
)

MONDAY = date(2024, 1, 1)


def plan(number: int = 4, seed: int = 0b0101, wash_in: int = 1) -> Plan:
    return Plan(begins=MONDAY, pairs=number, seed=seed, wash_in=wash_in)


def tapped(*weeks: tuple[float, ...]) -> dict[date, float]:
    """Weather of Tuesday, Wednesday and so on, week by week."""
    return {
        MONDAY + timedelta(weeks=n, days=1 + day): warmth
        for n, week in enumerate(weeks)
        for day, warmth in enumerate(week)
    }


@pytest.mark.parametrize("number", range(FEWEST_PAIRS, MOST_PAIRS + 1))
def test_each_pair_has_one_week_with_and_one_without_whatever_the_seed(number: int) -> None:
    for seed in range(1 << number):
        weeks = [week.with_shifts for week in plan(number, seed).weeks()]
        assert len(weeks) == 2 * number
        assert all(weeks[2 * n] != weeks[2 * n + 1] for n in range(number))


def test_every_order_can_be_drawn_and_each_as_often_as_another() -> None:
    orders = {tuple(w.with_shifts for w in plan(4, seed).weeks()) for seed in range(16)}
    assert len(orders) == 16


def test_the_same_seed_makes_the_same_plan_again() -> None:
    weeks = [week.with_shifts for week in plan(4, 0b0101).weeks()]
    assert weeks == [True, False, False, True, True, False, False, True]
    assert list(plan(4, 0b0101).weeks()) == list(plan(4, 0b0101).weeks())


def test_a_day_is_in_the_week_of_its_monday() -> None:
    own = plan(4)
    assert own.week(MONDAY - timedelta(days=1)) is None
    first, last = own.week(MONDAY), own.week(own.ends - timedelta(days=1))
    assert first is not None
    assert last is not None
    assert (first.number, last.number, last.of) == (1, 8, 8)
    sunday, monday = own.week(MONDAY + timedelta(days=6)), own.week(MONDAY + timedelta(days=7))
    assert sunday is not None
    assert monday is not None
    assert (sunday.number, monday.number) == (1, 2)
    assert own.week(own.ends) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"begins": date(2024, 1, 2)},
        {"pairs": FEWEST_PAIRS - 1},
        {"pairs": MOST_PAIRS + 1},
        {"seed": 1 << SEED_BITS},
        {"seed": -1},
    ],
)
def test_a_plan_that_cannot_be_is_none(wrong: dict[str, object]) -> None:
    good: dict[str, object] = {"begins": MONDAY, "pairs": 4, "seed": 0}
    with pytest.raises(ValueError, match=r"."):
        Plan(**(good | wrong))  # type: ignore[arg-type]


def test_it_begins_on_the_next_monday_or_today_on_a_monday() -> None:
    assert next_monday(MONDAY) == MONDAY
    assert next_monday(MONDAY + timedelta(days=1)) == MONDAY + timedelta(days=7)
    assert next_monday(MONDAY + timedelta(days=6)) == MONDAY + timedelta(days=7)


def test_a_week_is_the_mean_of_its_days_without_monday() -> None:
    taps = tapped((3, 4)) | {MONDAY: 1.0}
    assert felt(plan(), taps) == {1: 3.5}
    assert felt(plan(wash_in=0), taps) == {1: pytest.approx(8 / 3)}


def test_a_week_of_one_day_is_not_known() -> None:
    assert felt(plan(), tapped((3,), (2, 4))) == {2: 3.0}


def test_days_before_and_after_the_trial_are_none_of_it() -> None:
    outside = {MONDAY - timedelta(days=n): 5.0 for n in range(1, 8)}
    outside |= {plan().ends + timedelta(days=n): 5.0 for n in range(7)}
    assert felt(plan(), outside) == {}


def test_pairs_compare_the_week_with_to_the_week_without_in_either_order() -> None:
    weeks = {1: 4.0, 2: 3.0, 3: 2.0, 4: 5.0, 5: 3.0, 6: 3.0, 7: 1.0, 8: 2.0}
    assert pairs(plan(seed=0b0101), weeks, plan().ends) == [
        Pair(with_shifts=4.0, without=3.0),
        Pair(with_shifts=5.0, without=2.0),
        Pair(with_shifts=3.0, without=3.0),
        Pair(with_shifts=2.0, without=1.0),
    ]


def test_a_pair_with_an_unknown_week_is_left_out_and_kept_in_the_count() -> None:
    assert pairs(plan(), {1: 4.0, 3: 2.0, 4: 5.0}, plan().ends)[0] is None
    assert len(pairs(plan(), {}, plan().ends)) == 4


def test_only_pairs_that_were_over_count() -> None:
    weeks = {number: 3.0 for number in range(1, 9)}
    for days, over in [(0, 0), (13, 0), (14, 1), (27, 1), (28, 2), (56, 4)]:
        assert len(pairs(plan(), weeks, MONDAY + timedelta(days=days))) == over


def test_the_two_together_are_the_mean_where_both_weeks_are_known() -> None:
    assert felt_by_both({1: 2.0, 2: 4.0, 3: 5.0}, {1: 4.0, 3: 4.0, 4: 1.0}) == {1: 3.0, 3: 4.5}
