"""The planted truth, in the plan that the messages are made from."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean

import pytest
from made_couples import lived

from turntoward.demo import Couple
from turntoward.demo.life import WEEKS
from turntoward.demo.plan import parameters, planted

SEEDS = [1, 2, 3]
QUIETER = ("greeting", "night", "affection", "bids", "met", "full")
BUSIER = ("logistics", "delay")


def parts(couple: Couple, name: str, like: Couple) -> tuple[float, float, float]:
    """Mean of a parameter before the drift, inside it and after the return of `like`."""
    course = like.course
    assert course.drift is not None
    assert course.back is not None
    values = [getattr(week, name) for week in couple.weeks]
    return (
        fmean(values[: course.drift]),
        fmean(values[course.drift + course.ramp : course.back]),
        fmean(values[course.back + course.back_ramp :]),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_drift_lies_where_it_is_said_to_lie(seed: int) -> None:
    course = lived(seed).course
    assert course.drift is not None
    assert course.back is not None
    assert 0.55 <= course.drift / WEEKS <= 0.66
    assert 10 <= course.ramp <= 14
    assert 22 <= WEEKS - course.back <= 30
    assert course.drift + course.ramp < course.back
    depths = [course.depth(week) for week in range(WEEKS)]
    assert depths[course.drift - 1] == 0
    assert depths[course.drift] > 0
    assert depths[course.drift + course.ramp] == pytest.approx(1)
    assert depths[-1] == pytest.approx(1 - course.recovered)


@pytest.mark.parametrize("seed", SEEDS)
def test_rhythms_change_as_planted_and_come_part_of_the_way_back(seed: int) -> None:
    couple = lived(seed)
    for name in QUIETER:
        before, inside, after = parts(couple, name, couple)
        assert inside < 0.80 * before, name
        assert inside < after < before, name
    for name in BUSIER:
        before, inside, after = parts(couple, name, couple)
        assert inside > 1.35 * before, name
        assert before < after < inside, name


@pytest.mark.parametrize("seed", SEEDS)
def test_the_steady_couple_stays_as_it_was(seed: int) -> None:
    steady, drifting = lived(seed, steady=True), lived(seed)
    for name in (*QUIETER, *BUSIER):
        before, inside, _ = parts(steady, name, drifting)
        assert 0.88 < inside / before < 1.14, name


def test_the_steady_couple_lives_the_same_life() -> None:
    steady, drifting = lived(3, steady=True), lived(3)
    assert steady.life == drifting.life
    start = drifting.course.drift
    assert steady.weeks[:start] == drifting.weeks[:start]
    assert steady.weeks[start:] != drifting.weeks[start:]


def test_short_stirs_pass() -> None:
    life = lived(3).life
    assert len(life.stirs) >= 8
    assert all((stir.end - stir.start).days < 28 for stir in life.stirs)


def test_the_truth_is_the_plan_without_its_luck() -> None:
    couple = lived(2)
    names = ("greeting", "affection", "logistics", "bids", "met", "delay", "full")
    for one, name in zip(planted(couple.course), names, strict=True):
        before, inside, after = parts(couple, name, couple)
        assert one.before == pytest.approx(before, rel=0.10)
        assert one.drifted == pytest.approx(inside, rel=0.15)
        assert one.returned == pytest.approx(after, rel=0.20)


def test_every_parameter_of_a_week_is_planned_within_bounds() -> None:
    for week in lived(1).weeks:
        for name in parameters():
            assert getattr(week, name) > 0
        for name in ("greeting", "night", "met", "full", "logistics"):
            assert getattr(week, name) < 1


def test_the_page_shows_these_values() -> None:
    page = (Path(__file__).parents[2] / "docs" / "demo.md").read_text("utf-8")
    for one in planted(lived(1).course):
        assert f"| {one.rhythm} | {one.unit} | {one.before} | {one.drifted} |" in page
