"""A climate that keeps cooling in spite of eight weeks of practice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import log

import pytest
from made_records import (
    TODAY,
    drift,
    falling,
    found,
    practised,
    reading,
    record,
    series,
    shift,
    taps,
    week,
    weekly,
)

from turntoward.care.cooling import SIGN
from turntoward.care.intervals import left
from turntoward.care.sign import NotSeen, Seen, Unsure
from turntoward.drift.shift import Shift
from turntoward.messages.evidence import Interval
from turntoward.rhythms.series import Family, Series

KEPT = practised(range(9))
USUAL = taps(range(9, 30), 5, 4, 5)
QUIETER = shift("affection", -0.7)


def test_skies_that_fall_through_eight_weeks_of_practice_are_seen() -> None:
    found_ = SIGN.look(record(practised=KEPT, skies=USUAL + falling()))
    assert isinstance(found_, Seen)
    assert found_.since == week(7)
    assert found_.evidence.count == 24
    assert found_.evidence.interval.value < -2
    assert found_.evidence.interval.low <= found_.evidence.interval.value
    assert found_.evidence.interval.high < -0.5


def test_without_practice_nothing_can_be_told_of_it() -> None:
    fell = USUAL + falling()
    for days in (frozenset(), practised(range(9), days=1), practised(range(6))):
        assert isinstance(SIGN.look(record(practised=days, skies=fell)), Unsure)


def test_one_week_without_practice_is_forgiven() -> None:
    kept = practised([0, 1, 2, 4, 5, 6, 7, 8])
    assert isinstance(SIGN.look(record(practised=kept, skies=USUAL + falling())), Seen)


def test_steady_rising_and_changing_skies_are_no_sign() -> None:
    steady = USUAL + taps(range(9), 4, 3, 5)
    rising = USUAL + falling(2, 5)
    changing = USUAL + taps(range(0, 9, 2), 2, 2) + taps(range(1, 9, 2), 5, 5)
    for skies in (steady, rising, changing):
        assert isinstance(SIGN.look(record(practised=KEPT, skies=skies)), NotSeen)


def test_warm_to_mild_is_no_trouble_and_one_hard_week_no_trend() -> None:
    assert isinstance(SIGN.look(record(practised=KEPT, skies=USUAL + falling(5, 3))), NotSeen)
    hard = USUAL + taps(range(1, 9), 4, 4) + taps([0], 1, 1)
    assert isinstance(SIGN.look(record(practised=KEPT, skies=hard)), NotSeen)


def test_a_fine_month_that_ends_is_no_sign() -> None:
    """Measured against one's own usual, which was no warmer than now."""
    usual = taps(range(9, 30), 3, 2, 3)
    assert isinstance(SIGN.look(record(practised=KEPT, skies=usual + falling(5, 2))), NotSeen)


def test_few_skies_cannot_tell() -> None:
    assert isinstance(SIGN.look(record(practised=KEPT, skies=taps(range(8), 2))), Unsure)


def test_a_drift_that_began_while_practising_is_seen() -> None:
    long = practised(range(40))
    read = reading(finding=found(drift(12, QUIETER)))
    seen = SIGN.look(record(practised=long, reading=read))
    assert isinstance(seen, Seen)
    assert seen.since == week(12)
    assert seen.evidence.interval == left(QUIETER.effect)
    assert seen.evidence.interval.value == pytest.approx(0.497, abs=0.001)


def test_a_drift_from_before_the_practice_is_no_sign_nor_is_one_that_turned() -> None:
    before = reading(finding=found(drift(30, QUIETER)))
    assert isinstance(SIGN.look(record(practised=KEPT, reading=before)), NotSeen)
    turned = reading(finding=found(drift(12, QUIETER), drift(4, shift("affection", 0.6))))
    assert isinstance(SIGN.look(record(practised=practised(range(40)), reading=turned)), NotSeen)
    assert isinstance(SIGN.look(record(practised=KEPT, reading=reading())), NotSeen)


def test_what_is_counted_privately_has_no_size_here() -> None:
    tapped = replace(series("tense", weekly([(1.0, 4.0)] * 30)), private=True)
    hidden, open_ = shift("tense", -1.4), shift("pace", -0.4)
    long = practised(range(40))
    both = reading(series=(tapped,), finding=found(drift(12, hidden, open_)))
    seen = SIGN.look(record(practised=long, reading=both))
    assert isinstance(seen, Seen)
    assert seen.evidence.interval == left(open_.effect)
    alone = reading(series=(tapped,), finding=found(drift(12, hidden)))
    assert isinstance(SIGN.look(record(practised=long, reading=alone)), NotSeen)


def test_a_share_is_told_as_what_is_left_of_it_and_logistics_by_its_other_side() -> None:
    met = replace(series("bids_met", weekly([(1.0, 4.0)] * 30)), family=Family.SHARE)
    fell = replace(shift("bids_met", -log(4)), before=_at(0.5))
    assert _left(fell, met).value == pytest.approx(0.4)  # from a half to a fifth
    logistics = replace(met, name="logistics", softer_is="down")
    grew = replace(shift("logistics", -log(4)), before=_at(0.5))
    assert _left(grew, logistics).value == pytest.approx(0.4)


def _left(fell: Shift, rhythm: Series) -> Interval:
    read = reading(series=(rhythm,), finding=found(drift(12, fell)))
    seen = SIGN.look(record(practised=practised(range(40)), reading=read))
    assert isinstance(seen, Seen)
    return seen.evidence.interval


def _at(value: float) -> Interval:
    return Interval(value=value, low=value, high=value)


def test_an_old_reading_cannot_tell() -> None:
    late = TODAY + timedelta(days=100)
    kept = frozenset(late - timedelta(days=n) for n in range(80))
    old = reading(finding=found(drift(2, QUIETER)))
    assert isinstance(SIGN.look(record(practised=kept, reading=old, today=late)), Unsure)
