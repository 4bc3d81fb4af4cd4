"""Efforts on one side: planted truth, and the same for both."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from made_records import TODAY, efforts, record, swapped, week

from turntoward.care.one_sided import SIGN
from turntoward.care.sign import NotSeen, Seen, Unsure

SIX = range(6)


def test_six_weeks_on_one_side_are_seen_with_their_count_and_interval() -> None:
    found = SIGN.look(record(began=efforts(SIX, 2, 0)))
    assert isinstance(found, Seen)
    assert found.evidence.count == 12
    assert found.evidence.interval.value == 1
    assert 0.85 < found.evidence.interval.low < 1
    assert found.since == week(5)
    assert found.evidence.quotes == ()
    assert found.evidence.perhaps


def test_both_see_the_same_whichever_side_it_is() -> None:
    for began in (efforts(SIX, 2, 0), efforts(SIX, 2, 2), efforts(SIX, 1, 0)):
        seen = record(began=began)
        assert SIGN.look(seen) == SIGN.look(swapped(seen))


def test_efforts_of_both_are_no_sign() -> None:
    assert isinstance(SIGN.look(record(began=efforts(SIX, 2, 2))), NotSeen)
    assert isinstance(SIGN.look(record(began=efforts(SIX, 3, 1))), NotSeen)


def test_an_evening_with_many_efforts_is_one_evening() -> None:
    few = efforts(SIX, 1, 0)
    assert isinstance(SIGN.look(record(began=few * 5)), Unsure)


def test_what_one_does_privately_is_never_set_against_the_other() -> None:
    both = record(began=efforts(SIX, 2, 2))
    shifts = tuple(TODAY - timedelta(days=n) for n in range(60))
    assert SIGN.look(replace(both, own_shifts=shifts)) == SIGN.look(both)


def test_one_empty_week_may_be_a_week_away_but_not_two() -> None:
    assert isinstance(SIGN.look(record(began=efforts([0, 1, 3, 4, 5], 3, 0))), Seen)
    assert isinstance(SIGN.look(record(began=efforts([0, 1, 4, 5], 4, 0))), Unsure)


def test_a_lopsided_fortnight_does_not_speak_for_six_weeks() -> None:
    turned = efforts([0, 1, 2], 6, 0) + efforts([3, 4, 5], 0, 1)
    assert not isinstance(SIGN.look(record(began=turned)), Seen)


def test_the_week_that_is_not_over_does_not_count() -> None:
    now = tuple(replace(one, day=TODAY) for one in efforts([0], 1, 0))
    seen = record(began=efforts(SIX, 2, 0))
    assert SIGN.look(replace(seen, began=seen.began + now)) == SIGN.look(seen)


@pytest.mark.parametrize("since", [None, week(5) + timedelta(days=1)])
def test_alone_or_new_it_cannot_be_told(since: object) -> None:
    found = SIGN.look(record(began=efforts(SIX, 2, 0), since=since))
    assert isinstance(found, Unsure)
    assert found.why.why


def test_since_reaches_back_as_far_as_it_leaned() -> None:
    long = efforts(range(10), 2, 0) + efforts([10, 11], 0, 2)
    found = SIGN.look(record(began=long))
    assert isinstance(found, Seen)
    assert found.since == week(9)
    short = SIGN.look(record(began=efforts(range(10), 2, 0), since=week(7)))
    assert isinstance(short, Seen)
    assert short.since == week(7)
