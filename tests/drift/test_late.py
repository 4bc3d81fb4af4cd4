"""A rhythm that begins in the middle of the record, as those of the companion do."""

from __future__ import annotations

import math
from collections.abc import Iterator

from made_series import effects, monday, series_of, without_one

from turntoward.drift.detect import find
from turntoward.drift.planted import Plan, plant
from turntoward.drift.record import VOLUME
from turntoward.drift.shift import Finding


def _numbers(finding: Finding) -> Iterator[float]:
    for drift in finding.drifts:
        yield drift.probability
        for shift in drift.shifts:
            for one in (shift.before, shift.after, shift.effect):
                yield from (one.low, one.value, one.high)


def _late(seed: int, plan: Plan, weeks_after: int) -> tuple[str, int, Finding]:
    """One rhythm that changes was first measured so many weeks after the change began."""
    couple = plant(seed, plan, weeks=190)
    name = next(name for name in effects(couple) if name != VOLUME)
    first = max(couple.changes[0].week + weeks_after, 1)
    return name, first, find(without_one(series_of(couple), name, 0, first))


def test_it_is_taken_up_and_shows_in_a_later_drift() -> None:
    found = [_late(seed, Plan.STEP_ONE, -45) for seed in range(12)]
    named = [
        name in [shift.rhythm for drift in finding.drifts for shift in drift.shifts]
        for name, _, finding in found
    ]
    assert sum(named) >= 7
    assert all(math.isfinite(number) for *_, finding in found for number in _numbers(finding))


def test_it_is_not_named_in_a_drift_from_before_it_was_there() -> None:
    checked = 0
    for seed in range(12):
        name, first, finding = _late(seed, Plan.STEP, 60)
        before = [drift for drift in finding.drifts if drift.noticed < monday(first)]
        assert not any(shift.rhythm == name for drift in before for shift in drift.shifts)
        assert all(math.isfinite(number) for number in _numbers(finding))
        checked += len(before)
    assert checked >= 7


def test_it_is_no_drift_that_it_begins_or_ends() -> None:
    told, usual = 0, 0
    for seed in range(12):
        series = series_of(plant(seed, Plan.STEADY, weeks=160))
        usual += len(find(series).drifts)
        some = without_one(series, "closeness", 0, 70)
        some = without_one(without_one(some, "words", 0, 90), "greetings", 110, 160)
        finding = find(some)
        told += len(finding.drifts)
        assert finding.weeks <= 160
    assert told <= usual + 1


def test_where_there_was_nothing_before_the_numbers_are_finite_all_the_same() -> None:
    checked = 0
    for seed in range(8):
        couple = plant(seed, Plan.STEP, weeks=190)
        series = series_of(couple)
        onset = couple.changes[0].week
        for name in effects(couple):
            series = without_one(series, name, max(onset - 52, 0), onset - 3)
        numbers = list(_numbers(find(series)))
        assert all(math.isfinite(number) for number in numbers)
        checked += bool(numbers)
    assert checked >= 4
