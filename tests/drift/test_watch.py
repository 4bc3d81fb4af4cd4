"""Week by week: what is said of a week rests on the weeks up to it."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from made_series import only_weeks, series_of

from turntoward.drift.detect import find
from turntoward.drift.planted import FIRST, Plan, Planted, plant
from turntoward.drift.shift import Drift, Toward
from turntoward.rhythms.series import Series


def _decisions(series: tuple[Series, ...]) -> list[tuple[Toward, date]]:
    return [(drift.toward, drift.noticed) for drift in find(series).drifts]


@pytest.fixture(scope="module")
def couples() -> list[tuple[Series, ...]]:
    return [series_of(plant(seed, Plan.RECOVERY, weeks=240)) for seed in (4, 5)]


def test_the_record_up_to_a_decision_gives_the_same_decision(
    couples: list[tuple[Series, ...]],
) -> None:
    checked = 0
    for series in couples:
        whole = _decisions(series)
        for number, (_, noticed) in enumerate(whole):
            until = (noticed - FIRST).days // 7 + 1
            assert _decisions(only_weeks(series, 0, until)) == whole[: number + 1]
            assert _decisions(only_weeks(series, 0, until - 1)) == whole[:number]
            checked += 1
    assert checked >= 3


def test_what_happens_later_does_not_change_an_earlier_decision(
    couples: list[tuple[Series, ...]],
) -> None:
    for series in couples:
        whole = _decisions(series)
        for until in range(100, 240, 35):
            last = FIRST + timedelta(weeks=until - 1)
            known = [one for one in whole if one[1] <= last]
            assert _decisions(only_weeks(series, 0, until)) == known


def test_later_weeks_refine_the_date(couples: list[tuple[Series, ...]]) -> None:
    for series in couples:
        whole = find(series).drifts[0]
        until = (whole.noticed - FIRST).days // 7 + 1
        (then,) = find(only_weeks(series, 0, until)).drifts
        assert (then.earliest, then.latest) != (whole.earliest, whole.latest)
        assert max(then.earliest, whole.earliest) <= min(then.latest, whole.latest)
        # More than some weeks later, nothing is refined any more.
        (later,) = find(only_weeks(series, 0, until + 41)).drifts
        (much_later,) = find(only_weeks(series, 0, until + 44)).drifts
        assert _dates(later) == _dates(much_later)


def test_the_order_of_the_series_does_not_matter(couples: list[tuple[Series, ...]]) -> None:
    one, other = find(couples[0]), find(couples[0][::-1])
    assert one.drifts
    assert [_dates(d) for d in one.drifts] == [_dates(d) for d in other.drifts]
    assert [s.rhythm for s in one.drifts[0].shifts] == [s.rhythm for s in other.drifts[0].shifts]
    sizes = [[s.effect.value for s in found.drifts[0].shifts] for found in (one, other)]
    assert np.allclose(sizes[0], sizes[1])


def _dates(drift: Drift) -> tuple[object, ...]:
    return drift.toward, drift.earliest, drift.likeliest, drift.latest, drift.noticed


def test_a_drift_after_many_years_is_found_as_one_in_the_second_year() -> None:
    # Long after the oldest starts were let go and the noise was learned.
    late = [couple for seed in range(12) if _begins(couple := plant(seed, Plan.STEP, weeks=520))]
    assert len(late) >= 4
    soon = [
        any(
            toward is Toward.QUIETER and timedelta(0) <= noticed - onset <= timedelta(weeks=26)
            for toward, noticed in _decisions(series_of(couple))
        )
        for couple in late
        for onset in [couple.changes[0].onset]
    ]
    assert sum(soon) >= 0.7 * len(soon)


def _begins(couple: Planted) -> bool:
    return couple.changes[0].week >= 300
