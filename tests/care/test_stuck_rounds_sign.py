"""Rounds that get stuck, as the sign sees them: week after week, or not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from made_records import TODAY, reading, record, week, weekly

from turntoward.care.sign import NotSeen, Seen, Unsure
from turntoward.care.stuck_rounds import SIGN

QUIET, STUCK, SILENT = (0.0, 12.0), (1.0, 12.0), (0.0, 0.0)


def test_rounds_that_come_back_are_seen() -> None:
    rounds = weekly([QUIET] * 40 + [QUIET, STUCK] * 6)
    found = SIGN.look(record(reading=reading(rounds=rounds)))
    assert isinstance(found, Seen)
    assert found.evidence.count == 12
    assert found.evidence.interval.value == 0.5
    assert found.since == week(10)
    assert found.evidence.quotes == ()


def test_many_rounds_in_few_weeks_are_no_familiar_pattern() -> None:
    rounds = weekly([QUIET] * 10 + [(6.0, 12.0)] * 2)
    assert isinstance(SIGN.look(record(reading=reading(rounds=rounds))), NotSeen)


@pytest.mark.parametrize("of_twelve", [0, 2, 5])
def test_some_are_no_sign(of_twelve: int) -> None:
    rounds = weekly([QUIET] * (12 - of_twelve) + [STUCK] * of_twelve)
    assert isinstance(SIGN.look(record(reading=reading(rounds=rounds))), NotSeen)


def test_what_was_long_ago_is_no_sign() -> None:
    rounds = weekly([STUCK] * 60 + [QUIET] * 12)
    assert isinstance(SIGN.look(record(reading=reading(rounds=rounds))), NotSeen)


def test_without_the_words_of_both_it_cannot_be_told() -> None:
    assert isinstance(SIGN.look(record()), Unsure)
    assert isinstance(SIGN.look(record(reading=reading())), Unsure)


def test_silent_weeks_say_nothing() -> None:
    rounds = weekly([SILENT] * 6 + [STUCK] * 6)
    assert isinstance(SIGN.look(record(reading=reading(rounds=rounds))), Unsure)


def test_conversations_of_long_ago_say_nothing_where_one_goes_on_writing() -> None:
    rounds = weekly([STUCK] * 12, until=30)
    assert isinstance(SIGN.look(record(reading=reading(rounds=rounds))), Unsure)


def test_an_old_reading_cannot_tell() -> None:
    rounds = weekly([STUCK] * 12)
    late = record(reading=reading(rounds=rounds), today=TODAY + timedelta(days=100))
    assert isinstance(SIGN.look(late), Unsure)
