"""The benchmark of the signs runs, finds what it plants, and mostly that alone."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    return import_module("care")


def test_planted_signs_are_found_and_quiet_couples_left_alone(benchmark: ModuleType) -> None:
    # Far from the edge: over many couples nine of ten are found, and one of twenty is mistaken.
    plan = import_module("care_couples").Plan
    for name, planted in (("one_sided", plan.ONE_SIDED), ("tension", plan.MET)):
        found = [benchmark.live(seed, planted, name).first for seed in range(5)]
        assert sum(first is not None for first in found) >= 3
    quiet = [benchmark.steady(seed, 1.0) for seed in range(5)]
    assert sum(one.first is not None for each in quiet for one in each.values()) <= 3


def test_the_same_seed_gives_the_same_couple(benchmark: ModuleType) -> None:
    couples = import_module("care_couples")
    assert couples.couple(3, couples.Plan.STEADY) == couples.couple(3, couples.Plan.STEADY)


def test_a_look_sees_nothing_of_what_comes(benchmark: ModuleType) -> None:
    couples = import_module("care_couples")
    lived = couples.couple(3, couples.Plan.STEADY)
    day = couples.FIRST.replace(year=2025)
    seen = lived.seen_on(day)
    days = [one.day for one in (*seen.began, *seen.after, *seen.skies)] + [*seen.practised]
    assert max(days) < day
    assert seen.reading.last < day
