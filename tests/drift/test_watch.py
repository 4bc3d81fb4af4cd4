"""Week by week: what is said of a week rests on the weeks up to it."""

from __future__ import annotations

import time
from datetime import timedelta

import numpy as np
import pytest
from made_series import only_weeks

from turntoward.drift.detect import find
from turntoward.drift.planted import FIRST, Plan, Planted, plant
from turntoward.drift.shift import Drift
from turntoward.rhythms.series import Series


def _decisions(series: tuple[Series, ...]) -> list[tuple[object, ...]]:
    return [(drift.toward, drift.noticed) for drift in find(series).drifts]


@pytest.fixture(scope="module")
def couples() -> list[Planted]:
    return [plant(seed, Plan.RECOVERY, weeks=240) for seed in (2, 4)]


def test_the_record_up_to_a_decision_gives_the_same_decision(couples: list[Planted]) -> None:
    checked = 0
    for couple in couples:
        whole = _decisions(couple.series)
        for number, (_, noticed) in enumerate(whole):
            assert isinstance(noticed, type(FIRST))
            until = (noticed - FIRST).days // 7 + 1
            assert _decisions(only_weeks(couple.series, 0, until)) == whole[: number + 1]
            assert _decisions(only_weeks(couple.series, 0, until - 1)) == whole[:number]
            checked += 1
    assert checked >= 3


def test_what_happens_later_does_not_change_an_earlier_decision(couples: list[Planted]) -> None:
    for couple in couples:
        whole = _decisions(couple.series)
        for until in range(100, 240, 35):
            last = FIRST + timedelta(weeks=until - 1)
            known = [one for one in whole if one[1] <= last]  # type: ignore[operator]
            assert _decisions(only_weeks(couple.series, 0, until)) == known


def test_the_order_of_the_series_does_not_matter(couples: list[Planted]) -> None:
    series = couples[0].series
    one, other = find(series), find(series[::-1])
    assert one.drifts
    assert [_dates(d) for d in one.drifts] == [_dates(d) for d in other.drifts]
    assert [s.rhythm for s in one.drifts[0].shifts] == [s.rhythm for s in other.drifts[0].shifts]
    sizes = [[s.effect.value for s in found.drifts[0].shifts] for found in (one, other)]
    assert np.allclose(sizes[0], sizes[1])


def _dates(drift: Drift) -> tuple[object, ...]:
    return drift.toward, drift.earliest, drift.likeliest, drift.latest, drift.noticed


def test_ten_years_are_read_at_once() -> None:
    series = plant(5, Plan.STEADY, weeks=520).series
    find(series)
    before = time.process_time()
    find(series)
    # About 0.3 s on an idle core; a busy machine needs more for the same work.
    assert time.process_time() - before < 1.5
