"""`Watch` on invented couples: one week after the other goes in, a drift comes out once."""

from __future__ import annotations

import numpy as np
import pytest
from made_series import weeks_of

from turntoward.drift import Report, Watch
from turntoward.drift.days import NAMES
from turntoward.drift.planted import Plan, Planted, plant
from turntoward.drift.shift import Toward
from turntoward.drift.stream import TELL

Told = list[tuple[int, Report]]


def watched(couple: Planted, first: int = 0, last: int | None = None) -> Told:
    """Reports by the number of the week, counted from `first`."""
    watch, told = Watch(), []
    for number, days in enumerate(weeks_of(couple)[first:last]):
        report = watch.week(days)
        if report is not None:
            told.append((number, report))
    return told


@pytest.fixture(scope="module")
def steps() -> list[tuple[Planted, Told]]:
    couples = [plant(seed, Plan.STEP, weeks=180) for seed in range(14)]
    return [(couple, watched(couple)) for couple in couples]


def test_a_step_is_told_once(steps: list[tuple[Planted, Told]]) -> None:
    once = [couple for couple, told in steps if [r.state for _, r in told] == ["drift"]]
    assert len(once) >= 11
    soon = [
        told[0][0] - couple.changes[0].week <= 26
        for couple, told in steps
        if told and told[0][0] >= couple.changes[0].week
    ]
    assert sum(soon) >= 10


def test_a_report_holds_days_rhythms_and_evidence(steps: list[tuple[Planted, Told]]) -> None:
    near, right, named = 0, 0, 0
    for couple, told in steps:
        for week, report in told[:1]:
            early, likely, late = report.onset
            assert 0 <= early <= likely <= late <= 7 * week + 6
            assert (early % 7, likely % 7, late % 7) == (0, 0, 6)
            # How often it holds the day exactly is measured on more couples, in test_find.
            near += early - 21 <= 7 * couple.changes[0].week <= late + 21
            assert report.rhythms
            assert report.rhythms.keys() <= set(NAMES)
            assert all(effect < 0 for effect in report.rhythms.values())
            assert report.evidence >= TELL[Toward.QUIETER]
            right += len(report.rhythms.keys() & couple.changes[0].effects.keys())
            named += len(report.rhythms)
    assert near >= 9
    assert right >= 0.75 * named


def test_where_more_is_further_apart_the_effect_is_negative_all_the_same() -> None:
    found = []
    for seed in range(40):
        couple = plant(seed, Plan.STEP_ONE, weeks=150)
        name = next(iter(couple.changes[0].effects))
        if name in ("logistics", "latency"):
            found += [report.rhythms.get(name, 0.0) for _, report in watched(couple)[:1]]
    assert len(found) >= 5
    assert np.median(found) < -0.5


def test_the_way_back_is_told_after_a_drift_and_as_positive() -> None:
    couples = [plant(seed, Plan.RECOVERY, weeks=240) for seed in range(10)]
    back = 0
    for couple in couples:
        told = watched(couple)
        states = [report.state for _, report in told]
        assert states[:1] in ([], ["drift"])
        for week, report in told:
            if report.state == "reconnected":
                assert week >= couple.changes[1].week
                assert np.median(list(report.rhythms.values())) > 0
        back += states[:2] == ["drift", "reconnected"]
    assert back >= 6


def test_nothing_is_told_in_the_first_year() -> None:
    told = []
    for seed in range(8):
        couple = plant(seed, Plan.STEP_ONE, weeks=180)
        first = couple.changes[0].week - 33
        told += [week for week, _ in watched(couple, first)]
        assert not [week for week, _ in watched(couple, first) if week < 51]
    # They are told soon after.
    assert sum(week < 78 for week in told) >= 4


def test_what_comes_later_changes_nothing_that_was_told(
    steps: list[tuple[Planted, Told]],
) -> None:
    checked = 0
    for couple, told in steps[:6]:
        other = weeks_of(plant(99, Plan.STEADY, weeks=180))
        for week, _ in told:
            watch = Watch()
            mixed = [*weeks_of(couple)[: week + 1], *other[week + 1 :]]
            again = [(n, found) for n, days in enumerate(mixed) if (found := watch.week(days))]
            upto = [one for one in told if one[0] <= week]
            assert again[: len(upto)] == upto == watched(couple, 0, week + 1)
            assert watched(couple, 0, week) == upto[:-1]
            checked += 1
    assert checked >= 5


def test_two_couples_at_once_and_a_buffer_that_is_used_again(
    steps: list[tuple[Planted, Told]],
) -> None:
    (one, told_one), (two, told_two) = steps[0], steps[3]
    watches = (Watch(), Watch())
    told: tuple[Told, Told] = ([], [])
    for number, weeks in enumerate(zip(weeks_of(one), weeks_of(two), strict=True)):
        for watch, heard, days in zip(watches, told, weeks, strict=True):
            buffer = {name: list(values) for name, values in days.items()}
            report = watch.week(buffer)
            for values in buffer.values():
                values[:] = [-1e6] * 7
            if report is not None:
                heard.append((number, report))
    assert told_one
    assert told_two
    assert told == (told_one, told_two)
