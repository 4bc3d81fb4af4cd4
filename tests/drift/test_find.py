"""Drift found in invented couples: when it began, which rhythms, and the way back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from made_series import PERHAPS, effects, series_of

from turntoward.drift.detect import find
from turntoward.drift.planted import Plan, Planted, plant
from turntoward.drift.shift import Drift, Finding, Toward, Verdict

COUPLES = 20
HALF_A_YEAR = timedelta(weeks=26)
SHARES = ("greetings", "answered", "logistics")

Found = list[tuple[Planted, Finding]]


def _found(plan: Plan, couples: int, weeks: int = 170) -> Found:
    planted = [plant(seed, plan, weeks=weeks) for seed in range(1000, 1000 + couples)]
    return [(couple, find(series_of(couple))) for couple in planted]


@pytest.fixture(scope="module")
def steps() -> Found:
    return _found(Plan.STEP, COUPLES)


def _first(couple: Planted, finding: Finding) -> Drift | None:
    """The drift that was noticed once the planted one had begun."""
    onset = couple.changes[0].onset
    drifts = (drift for drift in finding.drifts if drift.toward is Toward.QUIETER)
    return next((drift for drift in drifts if drift.noticed >= onset), None)


def _there(found: Found) -> list[tuple[Planted, Drift]]:
    firsts = [(couple, _first(couple, finding)) for couple, finding in found]
    return [(couple, drift) for couple, drift in firsts if drift]


def _held(there: list[tuple[Planted, Drift]]) -> float:
    """How often the interval holds the planted beginning."""
    held = [drift.earliest <= c.changes[0].onset <= drift.latest for c, drift in there]
    return sum(held) / len(held)


def test_a_step_in_several_rhythms_is_found_within_half_a_year(steps: Found) -> None:
    soon = [d for c, d in _there(steps) if d.noticed <= c.changes[0].onset + HALF_A_YEAR]
    assert len(soon) >= 0.75 * COUPLES
    assert all(0.7 < drift.probability <= 1.0 for drift in soon)


def test_the_interval_holds_the_start_of_a_step(steps: Found) -> None:
    there = _there(steps)
    assert _held(there) >= 0.7
    assert all(d.earliest <= d.likeliest <= d.latest for _, d in there)
    # It says something, too.
    assert sorted(d.latest - d.earliest for _, d in there)[len(there) // 2] < HALF_A_YEAR


def test_the_rhythms_that_changed_are_named_with_their_size(steps: Found) -> None:
    right, named, true, inside = 0, 0, 0, []
    for couple, drift in _there(steps):
        planted = effects(couple)
        names = {shift.rhythm for shift in drift.shifts}
        right, named, true = (
            right + len(names & planted.keys()),
            named + len(names),
            true + len(planted),
        )
        inside += [
            shift.effect.low <= planted[shift.rhythm] <= shift.effect.high
            for shift in drift.shifts
            if shift.rhythm in planted
        ]
    assert 2 * right / (named + true) >= 0.75
    assert 0.6 <= sum(inside) / len(inside) <= 0.95


def test_before_and_after_are_in_the_unit_of_the_series(steps: Found) -> None:
    shifts = [
        shift
        for couple, drift in _there(steps)
        for shift in drift.shifts
        if shift.rhythm in effects(couple)
    ]
    shares = [s for s in shifts if s.rhythm in SHARES]
    assert len(shares) >= 10
    for shift in shares:
        assert 0 < shift.after.low < shift.after.value < shift.after.high < 1
        assert shift.evidence.count > 0
        assert shift.evidence.perhaps == PERHAPS
    more = {"logistics", "latency"}  # of these less is closer
    went = [
        (s.after.value > s.before.value) is (s.rhythm in more)
        for s in shifts
        if s.rhythm in {*SHARES, "latency", "words", "closeness"}
    ]
    assert sum(went) >= 0.9 * len(went)


@pytest.mark.parametrize(
    ("plan", "found", "held"), [(Plan.STEP_ONE, 0.85, 0.7), (Plan.RAMP, 0.8, 0.65)]
)
def test_other_shapes_are_found_too(plan: Plan, found: float, held: float) -> None:
    there = _there(_found(plan, COUPLES))
    assert len(there) >= found * COUPLES
    assert _held(there) >= held


def test_a_part_of_the_way_back_is_told_as_reconnection_and_not_before_it_begins() -> None:
    couples = _found(Plan.RECOVERY, 40, weeks=260)
    back = [
        (couple.changes[1].onset, drift)
        for couple, finding in couples
        for drift in finding.drifts
        if drift.toward is Toward.CLOSER
    ]
    assert len(back) >= 0.7 * len(couples)
    true = [(onset, drift) for onset, drift in back if drift.noticed >= onset]
    assert len(back) - len(true) <= 2
    assert sum(d.earliest <= onset <= d.latest for onset, d in true) >= 0.65 * len(true)
    for _, finding in couples:
        assert [d.noticed for d in finding.drifts] == sorted(d.noticed for d in finding.drifts)
        assert not finding.drifts or finding.drifts[0].toward is Toward.QUIETER


def test_one_rhythm_is_enough_to_measure() -> None:
    found = 0
    for seed in range(10):
        couple = plant(seed, Plan.STEP_ONE, weeks=170)
        (name,) = effects(couple)
        finding = find([one for one in series_of(couple) if one.name == name])
        assert all(s.rhythm == name for d in finding.drifts for s in d.shifts)
        found += _first(couple, finding) is not None
    assert found >= 7


def test_a_wider_level_gives_a_wider_interval(steps: Found) -> None:
    checked = 0
    for couple, usual in steps[:4]:
        if not usual.drifts:
            continue
        wide = find(series_of(couple), level=0.95)
        assert usual.verdict is wide.verdict is Verdict.CHANGED
        one, other = usual.drifts[0], wide.drifts[0]
        assert other.latest - other.earliest > one.latest - one.earliest
        assert other.earliest <= one.earliest <= one.latest <= other.latest
        assert other.noticed == one.noticed
        effect, wider = one.shifts[0].effect, other.shifts[0].effect
        assert wider.high - wider.low > effect.high - effect.low
        assert (effect.level, wider.level) == (0.8, 0.95)
        checked += 1
    assert checked >= 3


def test_the_evidence_is_told_week_by_week(steps: list[tuple[Planted, Finding]]) -> None:
    drifts = [drift for one in steps if (drift := _first(*one)) is not None]
    assert drifts
    for drift in drifts:
        weeks = [sure.week for sure in drift.evidence]
        assert weeks == sorted(set(weeks))
        assert weeks[0] >= drift.noticed - timedelta(weeks=26)
        by_week = {sure.week: sure.probability for sure in drift.evidence}
        before = [by_week[week] for week in weeks if week < drift.noticed]
        assert all(0.0 <= probability < by_week[drift.noticed] for probability in before)
        assert by_week[drift.noticed] > 0.7
        assert drift.probability == max(by_week[weeks[-1]], by_week[drift.noticed])
    later = [drift.evidence[-1].probability for drift in drifts]
    assert sum(probability > 0.95 for probability in later) >= 0.6 * len(later)
