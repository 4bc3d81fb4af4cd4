"""From days to weeks: each week alone with its interval, and a smoothed curve with its band.

The curve pools the counts of the weeks around each week, near ones more (a Gaussian kernel), as a
local-constant fit does (Fan and Gijbels 1996). It is for the eye: a step shows as a slope of some
weeks, so when a rhythm changed is never read from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import polars as pl

from turntoward.rhythms.intervals import Spread, in_unit, interval, spread_of
from turntoward.rhythms.series import Family, Week

#: Standard deviation of the kernel in weeks: about a season's detail stays visible.
KERNEL_WEEKS = 3.0

#: Weeks further away than this take no part, so that a hole in the record is not bridged far.
KERNEL_REACH = 6

#: With fewer pairs of following weeks, how much weeks wander cannot be learned.
_LEAST_PAIRS = 8


def weeks_of(days: pl.DataFrame, mondays: Sequence[date], family: Family) -> tuple[Week, ...]:
    """One `Week` for each of `mondays`, from one row per `day`.

    `days` has `day`, `count`, `exposure`, for `LEVEL` `squares`, and optionally `sure`: the part
    of the exposure that is certain; where it is less only the interval becomes wider. Days
    outside the weeks raise `ValueError`.
    """
    if not mondays:
        return ()
    at, count, exposure, squares, sure = _columns(days, mondays)
    size = len(mondays)
    counts, held, certain = (
        np.bincount(at, weights=part, minlength=size) for part in (count, exposure, sure)
    )
    by_squares = np.bincount(at, weights=squares, minlength=size)
    spread = spread_of(family, at, count, exposure, squares)
    mean = np.divide(counts, held, out=np.full(size, np.nan), where=held > 0)
    low, high = interval(family, mean, certain / spread.dispersion, spread)
    wander = _wander(family, mean, held, spread)
    smooth, effective = _pooled(counts, held, certain)
    smooth_low, smooth_high = interval(
        family, smooth, effective / max(spread.dispersion, wander), spread
    )
    columns = (in_unit(family, mean), low, high, in_unit(family, smooth), smooth_low, smooth_high)
    return tuple(
        _week(monday, counts[n], held[n], by_squares[n], [column[n] for column in columns])
        for n, monday in enumerate(mondays)
    )


def _week(
    monday: date, count: float, exposure: float, squares: float, shown: Sequence[float]
) -> Week:
    """Plain numbers, and null for what a week without exposure cannot say."""
    known = [float(x) if exposure > 0 and np.isfinite(x) else None for x in shown]
    value, low, high, smooth, smooth_low, smooth_high = known
    return Week(
        start=monday,
        count=float(count),
        exposure=float(exposure),
        squares=float(squares),
        value=value,
        low=low,
        high=high,
        smooth=smooth,
        smooth_low=smooth_low,
        smooth_high=smooth_high,
    )


def _columns(days: pl.DataFrame, mondays: Sequence[date]) -> tuple[np.ndarray, ...]:
    held = days.filter(pl.col("exposure") > 0).sort("day")
    at = (held["day"] - mondays[0]).dt.total_days().to_numpy() // 7
    if len(at) and (at[0] < 0 or at[-1] >= len(mondays)):
        raise ValueError(
            f"Days from {held['day'][0]} to {held['day'][-1]} do not lie in the weeks "
            f"{mondays[0]} to {mondays[-1] + timedelta(days=6)}."
        )
    exposure = held["exposure"].cast(pl.Float64).to_numpy()
    none = np.zeros(len(exposure))
    optional = {
        name: held[name].cast(pl.Float64).to_numpy() if name in held.columns else default
        for name, default in (("squares", none), ("sure", exposure))
    }
    count = held["count"].cast(pl.Float64).to_numpy()
    return at.astype(np.int64), count, exposure, optional["squares"], optional["sure"]


def _pooled(
    counts: np.ndarray, held: np.ndarray, certain: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The kernel's mean at each week and its effective exposure.

    The weighted mean sum(k c) / sum(k e) varies as one of (sum k e)^2 / sum(k^2 e) observations.
    """
    away = np.arange(-KERNEL_REACH, KERNEL_REACH + 1)
    kernel = np.exp(-0.5 * (away / KERNEL_WEEKS) ** 2)

    def around(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
        # `full`, cut by hand: `same` would return the kernel's length for a short record.
        return np.convolve(values, weights)[KERNEL_REACH : KERNEL_REACH + len(values)]

    exposure = around(held, kernel)
    here = exposure > 0
    shape = np.full(len(held), np.nan)
    mean = np.divide(around(counts, kernel), exposure, out=shape.copy(), where=here)
    effective = np.divide(exposure**2, around(held, kernel**2), out=shape.copy(), where=here)
    share = np.divide(around(certain, kernel), exposure, out=shape.copy(), where=here)
    return mean, effective * share


def _wander(family: Family, mean: np.ndarray, held: np.ndarray, spread: Spread) -> float:
    """How much more two following weeks differ than single observations would have it.

    Busy weeks and moods move a whole week, which days of one week cannot show. Differences of
    neighbours (von Neumann 1941) see that and hardly see a slow drift.
    """
    pairs = (held[1:] > 0) & (held[:-1] > 0)
    first, second = held[:-1][pairs], held[1:][pairs]
    before, after = mean[:-1][pairs], mean[1:][pairs]
    middle = np.divide(first * before + second * after, first + second)
    if family is Family.SHARE:
        unit = middle * (1 - middle)
    elif family is Family.RATE:
        unit = middle
    else:
        unit = np.full(len(middle), spread.variance)
    usable = unit > 1e-12
    if usable.sum() < _LEAST_PAIRS:
        return 1.0
    chance = (unit * (1 / first + 1 / second))[usable]
    return float(np.mean((after - before)[usable] ** 2 / chance))
