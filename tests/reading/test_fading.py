"""What faded, what is on its way back, and what is back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from reading.made_readings import CHANGED, DRIFT, DRIFTED, NOTHING, interval, reading
from turntoward.drift.shift import Drift, Finding, Toward
from turntoward.reading.fading import fading


def back(**effects: float) -> Finding:
    """The drift, and a return in which these rhythms came closer by so much."""
    shifts = tuple(
        replace(shift, toward=Toward.CLOSER, effect=interval(effects[shift.rhythm], 0.1))
        for shift in DRIFT.shifts
        if shift.rhythm in effects
    )
    later = DRIFTED + timedelta(weeks=40)
    returned: Drift = replace(DRIFT, toward=Toward.CLOSER, likeliest=later, shifts=shifts)
    return replace(CHANGED, drifts=(DRIFT, returned))


def test_where_nothing_changed_nothing_fades() -> None:
    assert fading(reading(finding=NOTHING)) == ()


def test_what_became_quieter_is_named_with_its_month() -> None:
    faded = {one.name: one for one in fading(reading(finding=CHANGED))}
    assert set(faded) == {"bids_met", "affection"}
    assert faded["affection"].since == DRIFTED
    assert not faded["affection"].returning


def test_what_came_back_in_part_is_returning_and_in_full_is_left_out() -> None:
    half = {one.name: one for one in fading(reading(finding=back(bids_met=0.3, affection=0.6)))}
    assert set(half) == {"bids_met"}
    assert half["bids_met"].returning
    assert half["bids_met"].since == DRIFTED
