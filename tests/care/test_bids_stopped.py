"""Bids that became rare: what the reading found, as long as it has not come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import exp

import pytest
from made_records import TODAY, drift, found, reading, record, series, shift, week, weekly

from turntoward.care.bids_stopped import SIGN
from turntoward.care.sign import NotSeen, Seen, Unsure
from turntoward.drift.shift import Drift, Finding, Verdict
from turntoward.reading.reading import Reading, Scope
from turntoward.rhythms.series import Family

FELL = shift("bids_made", -1.0)


def written(*drifts: Drift, now: float = 1.4) -> Reading:
    """Four bids a day before the last thirty weeks, and then `now`."""
    weeks = weekly([(24.0, 6.0)] * 120 + [(6.0 * now, 6.0)] * 30)
    return reading(series=(series("bids_made", weeks, Family.RATE),), finding=found(*drifts))


def test_bids_that_stopped_are_seen_with_what_is_left_of_them() -> None:
    seen = SIGN.look(record(reading=written(drift(30, FELL))))
    assert isinstance(seen, Seen)
    assert seen.since == week(30)
    assert seen.evidence.interval.value == pytest.approx(exp(-1.0))
    assert seen.evidence.interval.low < exp(-1.0) < seen.evidence.interval.high < 1
    assert seen.evidence.count == 900


def test_the_whole_sentence_is_said_only_where_bids_were_met_less_often_too() -> None:
    alone = SIGN.look(record(reading=written(drift(30, FELL))))
    together = SIGN.look(record(reading=written(drift(30, FELL, shift("bids_met", -0.8)))))
    before = SIGN.look(record(reading=written(drift(60, shift("bids_met", -0.8)), drift(30, FELL))))
    after = SIGN.look(record(reading=written(drift(30, FELL), drift(9, shift("bids_met", -0.8)))))
    assert isinstance(alone, Seen)
    assert isinstance(together, Seen)
    assert isinstance(before, Seen)
    assert isinstance(after, Seen)
    assert together.says == before.says != alone.says == after.says
    assert "because" not in together.says


def test_a_small_or_doubtful_fall_is_no_sign() -> None:
    assert isinstance(
        SIGN.look(record(reading=written(drift(30, shift("bids_made", -0.4))))), NotSeen
    )
    doubtful = shift("bids_made", -0.6, reach=0.5)
    assert isinstance(SIGN.look(record(reading=written(drift(30, doubtful)))), NotSeen)


def test_what_came_back_is_no_sign() -> None:
    back = drift(12, shift("bids_made", 0.8))
    assert isinstance(SIGN.look(record(reading=written(drift(30, FELL), back))), NotSeen)
    slowly = written(drift(30, FELL), now=3.2)
    assert isinstance(SIGN.look(record(reading=slowly)), NotSeen)


def test_what_rose_long_before_does_not_hide_a_fall() -> None:
    rose = drift(90, shift("bids_made", 0.8))
    assert isinstance(SIGN.look(record(reading=written(rose, drift(30, FELL)))), Seen)


def test_other_rhythms_and_no_drift_are_no_sign() -> None:
    assert isinstance(SIGN.look(record(reading=written(drift(30, shift("pace", -1.2))))), NotSeen)
    assert isinstance(SIGN.look(record(reading=written())), NotSeen)


def test_without_enough_messages_of_today_it_cannot_be_told() -> None:
    assert isinstance(SIGN.look(record()), Unsure)
    late = record(reading=written(drift(30, FELL)), today=TODAY + timedelta(days=100))
    assert isinstance(SIGN.look(late), Unsure)
    cannot = Finding(verdict=Verdict.CANNOT_TELL, weeks=20, why="too short")
    short = replace(written(), finding=cannot)
    assert isinstance(SIGN.look(record(reading=short)), Unsure)


def test_alone_it_speaks_of_ones_own_messages() -> None:
    own = replace(written(drift(30, FELL)), scope=Scope.OWN)
    seen = SIGN.look(record(reading=own))
    assert isinstance(seen, Seen)
    assert "your own messages" in seen.says
