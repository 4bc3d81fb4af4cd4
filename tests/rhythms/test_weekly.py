"""Weeks and their intervals: exact counts, honest widths, holes that stay holes."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from scipy.stats import beta, gamma, t

from turntoward.rhythms.intervals import Spread, interval, spread_of
from turntoward.rhythms.series import Family, Week
from turntoward.rhythms.weekly import KERNEL_REACH, weeks_of

FIRST = date(2024, 1, 1)


def mondays(weeks: int) -> list[date]:
    return [FIRST + timedelta(weeks=n) for n in range(weeks)]


def days(
    count: np.ndarray, exposure: np.ndarray, squares: np.ndarray | None = None
) -> pl.DataFrame:
    """One row per day from the first Monday on."""
    columns = {"count": count, "exposure": exposure}
    if squares is not None:
        columns["squares"] = squares
    start = [FIRST + timedelta(days=n) for n in range(len(count))]
    return pl.DataFrame({"day": start} | columns)


def test_intervals_are_those_of_the_books() -> None:
    def of(family: Family, mean: float, effective: float, spread: Spread) -> tuple[float, float]:
        low, high = interval(family, np.array([mean]), np.array([effective]), spread)
        return low[0], high[0]

    plain = Spread()
    assert of(Family.SHARE, 11 / 19, 19, plain) == pytest.approx(beta(11.5, 8.5).interval(0.8))
    assert of(Family.RATE, 6, 7, plain) == pytest.approx(gamma(42.5, scale=1 / 7).interval(0.8))
    logs = Spread(variance=4.0, freedom=30.0)
    reach = t(30).ppf(0.9) * 2 / 3
    assert of(Family.LEVEL, 1.5, 9, logs) == pytest.approx(
        (np.exp(1.5 - reach), np.exp(1.5 + reach))
    )


def test_nothing_and_everything_reach_the_edge() -> None:
    share = interval(Family.SHARE, np.array([0.0, 1.0]), np.array([5.0, 5.0]), Spread())
    assert share[0][0] == 0
    assert share[1][1] == 1
    assert 0 < share[1][0] < 0.5 < share[0][1] < 1
    rate = interval(Family.RATE, np.array([0.0]), np.array([5.0]), Spread())
    assert rate[0][0] == 0 < rate[1][0]


def test_no_exposure_is_unknown() -> None:
    for family in Family:
        low, high = interval(family, np.array([np.nan]), np.array([0.0]), Spread(variance=1.0))
        assert np.isnan([low[0], high[0]]).all()


def test_independent_days_are_not_called_clumped() -> None:
    rng = np.random.default_rng(3)
    week = np.repeat(np.arange(200), 7)
    exposure = rng.integers(1, 6, 1400).astype(float)
    met = rng.binomial(exposure.astype(int), 0.6).astype(float)
    none = np.zeros(1400)
    assert spread_of(Family.SHARE, week, met, exposure, none).dispersion < 1.1
    one = np.ones(1400)
    # Many weeks without any: small counts alone are no clumps.
    few = rng.poisson(0.3, 1400).astype(float)
    assert spread_of(Family.RATE, week, few, one, none).dispersion < 1.1


def test_clumped_days_are_seen() -> None:
    rng = np.random.default_rng(4)
    week = np.repeat(np.arange(200), 7)
    busy = rng.gamma(2, 5, 1400)  # mean 10, variance 10 + 50
    count = rng.poisson(busy).astype(float)
    spread = spread_of(Family.RATE, week, count, np.ones(1400), np.zeros(1400))
    assert spread.dispersion == pytest.approx(6, rel=0.2)


def simulate(family: Family, rng: np.random.Generator, weeks: int) -> tuple[pl.DataFrame, float]:
    """Days of a couple that does not change, with good and bad days; and its true value."""
    size = 7 * weeks
    if family is Family.SHARE:
        asked = rng.poisson(4, size)
        met = rng.binomial(asked, rng.beta(3, 2, size))
        return days(met.astype(float), asked.astype(float)), 0.6
    if family is Family.RATE:
        written = rng.random(size) < 0.8
        count = rng.poisson(rng.gamma(2, 5, size)) * written
        return days(count.astype(float), written.astype(float)), 10.0
    replies = rng.poisson(3, size)
    mood = np.repeat(rng.normal(0, 0.5, size), replies)
    logs = 1.5 + mood + rng.normal(0, 1.2, replies.sum())
    day = np.repeat(np.arange(size), replies)
    count, squares = (np.bincount(day, weights=w, minlength=size) for w in (logs, logs**2))
    return days(count, replies.astype(float), squares), float(np.exp(1.5))


@pytest.mark.parametrize("family", list(Family))
def test_eighty_per_cent_intervals_hold_the_truth_about_that_often(family: Family) -> None:
    rng = np.random.default_rng(11)
    held: list[bool] = []
    smooth: list[bool] = []
    for _ in range(20):
        table, truth = simulate(family, rng, 52)
        for week in weeks_of(table, mondays(52), family):
            assert week.low is not None
            assert week.high is not None
            assert week.smooth_low is not None
            assert week.smooth_high is not None
            held.append(week.low <= truth <= week.high)
            smooth.append(week.smooth_low <= truth <= week.smooth_high)
    assert 0.76 <= np.mean(held) <= 0.85
    assert 0.74 <= np.mean(smooth) <= 0.90


def test_the_band_allows_for_weeks_that_differ_as_a_whole() -> None:
    rng = np.random.default_rng(12)
    smooth: list[bool] = []
    for _ in range(20):
        mood = np.repeat(np.exp(rng.normal(0, 0.3, 52)), 7)
        table = days(rng.poisson(20 * mood).astype(float), np.ones(364))
        truth = 20 * np.exp(0.3**2 / 2)
        for week in weeks_of(table, mondays(52), Family.RATE):
            assert week.smooth_low is not None
            assert week.smooth_high is not None
            smooth.append(week.smooth_low <= truth <= week.smooth_high)
    assert 0.70 <= np.mean(smooth) <= 0.92


def test_doubtful_exposure_widens_and_moves_nothing() -> None:
    table = days(np.full(70, 2.0), np.full(70, 3.0))
    sure = weeks_of(table, mondays(10), Family.SHARE)[4]
    less = table.with_columns(sure=pl.col("exposure") * 0.6)
    doubtful = weeks_of(less, mondays(10), Family.SHARE)[4]
    assert (doubtful.count, doubtful.exposure, doubtful.value) == (14, 21, sure.value)
    assert sure.low is not None
    assert sure.high is not None
    assert doubtful.low is not None
    assert doubtful.high is not None
    assert doubtful.low < sure.low < sure.high < doubtful.high
    assert doubtful.smooth == sure.smooth


def test_a_hole_stays_a_hole_and_is_not_bridged_far() -> None:
    exposure = np.ones(7 * 40)
    count = np.concatenate([np.full(7 * 10, 2.0), np.zeros(7 * 20), np.full(7 * 10, 8.0)])
    exposure[70:210] = 0
    weeks = weeks_of(days(count, exposure), mondays(40), Family.RATE)
    for week in weeks[10:30]:
        assert week == Week(start=week.start, count=0, exposure=0)
    assert weeks[9].smooth == pytest.approx(2)
    assert weeks[30].smooth == pytest.approx(8)


def test_the_curve_follows_a_step_within_its_reach() -> None:
    count = np.concatenate([np.full(7 * 20, 2.0), np.full(7 * 20, 8.0)])
    weeks = weeks_of(days(count, np.ones(280)), mondays(40), Family.RATE)
    curve = [week.smooth for week in weeks]
    assert curve[19 - KERNEL_REACH] == pytest.approx(2)
    assert curve[20 + KERNEL_REACH] == pytest.approx(8)
    values = [value for value in curve if value is not None]
    assert values == sorted(values)
    assert [week.value for week in weeks] == [2.0] * 20 + [8.0] * 20


@pytest.mark.parametrize("weeks", [1, 3, 8])
def test_a_short_record_keeps_its_length(weeks: int) -> None:
    found = weeks_of(
        days(np.ones(7 * weeks), np.full(7 * weeks, 2.0)), mondays(weeks), Family.SHARE
    )
    assert [week.value for week in found] == [0.5] * weeks
    assert [week.smooth for week in found] == [0.5] * weeks


def test_one_value_a_week_learns_its_spread_from_the_weeks() -> None:
    logs = np.log([1.0, 2.0, 4.0, 8.0, 4.0, 2.0, 1.0, 2.0, 4.0])
    table = pl.DataFrame(
        {"day": mondays(9), "count": logs, "exposure": np.ones(9), "squares": logs**2}
    )
    week = weeks_of(table, mondays(9), Family.LEVEL)[2]
    assert week.value == pytest.approx(4)
    assert week.low is not None
    assert week.high is not None
    assert week.low < 3 < 5 < week.high


def test_days_outside_the_weeks_are_refused() -> None:
    with pytest.raises(ValueError, match="do not lie in the weeks 2024-01-01 to 2024-01-14"):
        weeks_of(days(np.ones(15), np.ones(15)), mondays(2), Family.SHARE)


def test_no_weeks_no_series() -> None:
    assert weeks_of(days(np.ones(0), np.ones(0)), [], Family.SHARE) == ()
