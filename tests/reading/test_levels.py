"""Then and now, parted where the changes began."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from reading.made_readings import CHANGED, DRIFT, DRIFTED, FIRST, NOTHING, reading
from turntoward.drift.shift import Drift, Finding, Toward, Verdict
from turntoward.reading.levels import Level, levels, stretches
from turntoward.reading.reading import Reading


def level(made: Reading, name: str) -> Level:
    return next(level for level in levels(made) if level.series.name == name)


def later(weeks: int, toward: Toward) -> Drift:
    shifts = tuple(replace(shift, toward=toward) for shift in DRIFT.shifts)
    start = DRIFTED + timedelta(weeks=weeks)
    return replace(DRIFT, toward=toward, likeliest=start, shifts=shifts)


def found(*drifts: Drift) -> Reading:
    return reading(finding=Finding(verdict=Verdict.CHANGED, weeks=200, drifts=drifts))


def test_a_drift_parts_where_it_begins() -> None:
    before, since = stretches(reading(finding=CHANGED))
    assert (before.start, since.start) == (FIRST, DRIFTED)
    assert (before.name, since.name) == ("before mid-September 2023", "since mid-September 2023")


def test_a_rhythm_that_changed_has_the_detectors_own_values() -> None:
    met = level(reading(), "bids_met")
    assert met.values == (DRIFT.shifts[0].before, DRIFT.shifts[0].after)
    assert met.changed == (Toward.QUIETER,)


def test_a_rhythm_that_did_not_change_is_pooled_and_not_judged() -> None:
    pace = level(reading(), "pace")
    assert pace.changed == ()
    before, since = pace.values
    assert before is not None
    assert since is not None
    assert since.value > before.value


def test_a_change_and_its_return_have_three_stretches() -> None:
    made = found(DRIFT, later(40, Toward.CLOSER))
    assert [stretch.start for stretch in stretches(made)] == [
        FIRST, DRIFTED, DRIFTED + timedelta(weeks=40),
    ]  # fmt: skip
    assert level(made, "bids_met").changed == (Toward.QUIETER, Toward.CLOSER)
    assert len(level(made, "pace").values) == 3


def test_of_many_changes_the_latest_are_shown() -> None:
    made = found(DRIFT, later(30, Toward.CLOSER), later(50, Toward.QUIETER))
    before, *rest = stretches(made)
    assert before.start == DRIFTED
    assert [stretch.start for stretch in rest] == [
        DRIFTED + timedelta(weeks=30), DRIFTED + timedelta(weeks=50),
    ]  # fmt: skip
    assert len(level(made, "pace").values) == 3


def test_without_a_change_the_last_half_year_stands_beside_the_rest() -> None:
    made = reading(finding=NOTHING)
    assert [stretch.name for stretch in stretches(made)] == ["before", "in the last 26 weeks"]
    assert all(level.changed == () for level in levels(made))


def test_an_empty_reading_has_no_levels() -> None:
    assert stretches(reading(series=())) == ()
    assert levels(reading(series=())) == ()
