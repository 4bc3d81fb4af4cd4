"""Closeness that ends in tension: from one's own taps, or from the messages."""

from __future__ import annotations

from datetime import timedelta

from made_records import TODAY, reading, record, series, taps, week, weekly

from turntoward.care.sign import NotSeen, Seen, Unsure
from turntoward.care.tension import SIGN
from turntoward.messages.evidence import CannotTell
from turntoward.reading.reading import Reading

#: Two years of forty answered bids a week, one of them tense.
QUIET = [(39.0, 40.0)] * 100


def soft(*last: tuple[float, float], until: int = 0) -> Reading:
    return reading(series=(series("softness", weekly([*QUIET, *last], until)),))


def test_check_ins_that_end_tense_are_seen() -> None:
    found = SIGN.look(record(after=taps(range(7), 2, 1)))
    assert isinstance(found, Seen)
    assert found.evidence.count == 14
    assert found.evidence.interval.value == 1
    assert found.since == week(6)


def test_warm_check_ins_and_some_hard_ones_are_no_sign() -> None:
    assert isinstance(SIGN.look(record(after=taps(range(7), 4, 5))), NotSeen)
    assert isinstance(SIGN.look(record(after=taps(range(7), 2, 4, 3))), NotSeen)


def test_a_bad_fortnight_is_a_bad_fortnight() -> None:
    assert isinstance(SIGN.look(record(after=taps([0, 1], 1, 1, 1, 2))), NotSeen)


def test_it_says_the_same_from_monday_to_sunday() -> None:
    monday = TODAY - timedelta(days=TODAY.weekday())
    here = taps(range(5), 1) + taps([-1], 1, 1, 1, 1, 1, 1, 1)
    for day in range(7):
        assert isinstance(SIGN.look(record(after=here, today=monday + timedelta(days=day))), Unsure)


def test_few_or_old_taps_cannot_tell() -> None:
    assert isinstance(SIGN.look(record(after=taps(range(5), 1))), Unsure)
    assert isinstance(SIGN.look(record(after=taps(range(9, 20), 1))), Unsure)
    assert isinstance(SIGN.look(record()), Unsure)


def test_bids_met_with_tension_more_often_than_in_ones_own_past_are_seen() -> None:
    found = SIGN.look(record(reading=soft(*[(34.0, 40.0)] * 12)))
    assert isinstance(found, Seen)
    assert found.evidence.count == 480
    assert found.evidence.interval.value == 0.15 - 0.025
    assert found.evidence.interval.low > 0.05
    assert found.since == week(11)
    assert found.evidence.quotes == ()  # never a list of somebody's failures


def test_the_own_past_is_the_only_measure() -> None:
    always = reading(series=(series("softness", weekly([(34.0, 40.0)] * 112)),))
    assert isinstance(SIGN.look(record(reading=always)), NotSeen)


def test_one_quarrel_in_one_week_is_no_sign() -> None:
    quarrel = [(39.0, 40.0)] * 11 + [(0.0, 60.0)]
    assert isinstance(SIGN.look(record(reading=soft(*quarrel))), NotSeen)


def test_messages_of_long_ago_say_nothing_of_today() -> None:
    old = soft(*[(34.0, 40.0)] * 12)
    late = record(reading=old, today=TODAY + timedelta(days=100))
    assert isinstance(SIGN.look(late), Unsure)


def test_a_short_record_or_few_answers_cannot_tell() -> None:
    short = reading(series=(series("softness", weekly([(34.0, 40.0)] * 15)),))
    assert isinstance(SIGN.look(record(reading=short)), Unsure)
    few = reading(series=(series("softness", weekly([(1.0, 2.0)] * 80)),))
    assert isinstance(SIGN.look(record(reading=few)), Unsure)
    silent = reading(unmeasured={"softness": CannotTell("")})
    assert isinstance(SIGN.look(record(reading=silent)), Unsure)


def test_either_of_the_two_is_enough_to_see_or_to_tell() -> None:
    tense, quiet = soft(*[(34.0, 40.0)] * 12), soft(*[(39.0, 40.0)] * 12)
    assert isinstance(SIGN.look(record(after=taps(range(7), 4, 5), reading=tense)), Seen)
    assert isinstance(SIGN.look(record(after=taps(range(7), 2, 1), reading=quiet)), Seen)
    assert isinstance(SIGN.look(record(reading=quiet)), NotSeen)
