"""Drift found in invented couples: when it began, which rhythms, and the way back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from made_series import onset_week

from turntoward.drift.detect import find
from turntoward.drift.planted import Plan, Planted, plant
from turntoward.drift.shift import Drift, Finding, Toward, Verdict

COUPLES = 20


def _found(plan: Plan, couples: int, weeks: int = 170) -> list[tuple[Planted, Finding]]:
    planted = [plant(seed, plan, weeks=weeks) for seed in range(couples)]
    return [(couple, find(couple.series)) for couple in planted]


@pytest.fixture(scope="module")
def steps() -> list[tuple[Planted, Finding]]:
    return _found(Plan.STEP, COUPLES)


def _first(couple: Planted, finding: Finding) -> Drift | None:
    """The drift that was noticed once the planted one had begun."""
    onset = couple.changes[0].onset
    return next((drift for drift in finding.drifts if drift.noticed >= onset), None)


def test_a_step_in_several_rhythms_is_found_within_half_a_year(
    steps: list[tuple[Planted, Finding]],
) -> None:
    drifts = [(couple, _first(couple, finding)) for couple, finding in steps]
    soon = [
        drift
        for couple, drift in drifts
        if drift and drift.noticed <= couple.changes[0].onset + timedelta(weeks=26)
    ]
    assert len(soon) >= 0.8 * COUPLES
    assert all(drift.toward is Toward.QUIETER for drift in soon)


def test_the_interval_holds_the_start_of_a_step(steps: list[tuple[Planted, Finding]]) -> None:
    drifts = [(couple.changes[0].onset, _first(couple, finding)) for couple, finding in steps]
    held = [drift.earliest <= onset <= drift.latest for onset, drift in drifts if drift]
    assert sum(held) >= 0.75 * len(held)
    assert all(d.earliest <= d.likeliest <= d.latest for _, d in drifts if d)


def test_the_rhythms_that_changed_are_named_with_their_size(
    steps: list[tuple[Planted, Finding]],
) -> None:
    right, named, true, inside = 0, 0, 0, []
    for couple, finding in steps:
        effects = couple.changes[0].effects
        drift = _first(couple, finding)
        if drift is None:
            continue
        names = {shift.rhythm for shift in drift.shifts}
        right, named, true = (
            right + len(names & effects.keys()),
            named + len(names),
            true + len(effects),
        )
        inside += [
            shift.effect.low <= effects[shift.rhythm] <= shift.effect.high
            for shift in drift.shifts
            if shift.rhythm in effects
        ]
    assert 2 * right / (named + true) >= 0.8
    assert 0.65 <= sum(inside) / len(inside) <= 0.95


def test_before_and_after_are_in_the_unit_of_the_series(
    steps: list[tuple[Planted, Finding]],
) -> None:
    shifts = [
        shift
        for couple, finding in steps
        for drift in finding.drifts
        for shift in drift.shifts
        if shift.rhythm in couple.changes[0].effects
    ]
    shares = [s for s in shifts if s.rhythm in ("greetings", "bids_met", "balance")]
    assert shares
    for shift in shares:
        assert 0 < shift.after.low < shift.after.value < shift.after.high < 1
        assert shift.evidence.count > 0
        assert shift.evidence.perhaps == "a busy time, or more time together"
    lower = [s.after.value < s.before.value for s in shares]
    assert sum(lower) >= 0.9 * len(lower)
    slower = [s.after.value > s.before.value for s in shifts if s.rhythm == "pace"]
    assert sum(slower) >= 0.8 * len(slower)


@pytest.mark.parametrize(
    ("plan", "found", "held"), [(Plan.STEP_ONE, 0.8, 0.7), (Plan.RAMP, 0.85, 0.65)]
)
def test_other_shapes_are_found_too(plan: Plan, found: float, held: float) -> None:
    drifts = [(c.changes[0].onset, _first(c, f)) for c, f in _found(plan, COUPLES)]
    there = [(onset, drift) for onset, drift in drifts if drift]
    assert len(there) >= found * COUPLES
    inside = [drift.earliest <= onset <= drift.latest for onset, drift in there]
    assert sum(inside) >= held * len(inside)


def test_a_part_of_the_way_back_is_told_as_reconnection_and_not_before_it_begins() -> None:
    couples = _found(Plan.RECOVERY, 14, weeks=260)
    back = [
        (couple.changes[1].onset, drift)
        for couple, finding in couples
        for drift in finding.drifts
        if drift.toward is Toward.CLOSER
    ]
    assert len(back) >= 0.7 * len(couples)
    true = [(onset, drift) for onset, drift in back if drift.noticed >= onset]
    assert len(back) - len(true) <= 1
    assert sum(d.earliest <= onset <= d.latest for onset, d in true) >= 0.7 * len(true)
    for _, finding in couples:
        firsts = [drift.likeliest for drift in finding.drifts]
        assert firsts == sorted(firsts)
        assert not finding.drifts or finding.drifts[0].toward is Toward.QUIETER


def test_one_rhythm_is_enough_to_measure() -> None:
    found = 0
    for seed in range(10):
        couple = plant(seed, Plan.STEP_ONE, weeks=170)
        name = next(iter(couple.changes[0].effects))
        only = tuple(one for one in couple.series if one.name == name)
        finding = find(only)
        assert all(s.rhythm == name for d in finding.drifts for s in d.shifts)
        drifts = [d for d in finding.drifts if d.noticed >= couple.changes[0].onset]
        found += bool(drifts)
    assert found >= 7


def test_a_wider_level_gives_a_wider_interval() -> None:
    couple = plant(3, Plan.RAMP)
    usual, wide = find(couple.series), find(couple.series, level=0.95)
    assert usual.verdict is wide.verdict is Verdict.CHANGED
    assert wide.drifts[0].earliest <= usual.drifts[0].earliest
    assert wide.drifts[0].latest >= usual.drifts[0].latest
    assert wide.drifts[0].noticed == usual.drifts[0].noticed
    effect, wider = usual.drifts[0].shifts[0].effect, wide.drifts[0].shifts[0].effect
    assert wider.high - wider.low > effect.high - effect.low
    assert wider.level == 0.95
    assert onset_week(couple) > 0
