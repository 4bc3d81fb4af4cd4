"""How sure a weekly number is: the 80 % interval of a share, a rate or a level.

A share is a Jeffreys interval (Brown, Cai and DasGupta 2001: right on average for small counts).
A rate is the Jeffreys interval of a Poisson count. A level is a t interval of the mean log. All
three take an effective exposure, which is smaller than the exposure where messages come in
clumps: quasi-likelihood (McCullagh and Nelder 1989), with one dispersion per rhythm and couple.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, gammaincinv, stdtrit

from turntoward.rhythms.series import Family

#: Of every interval of a rhythm.
LEVEL = 0.8

_TAIL = (1 - LEVEL) / 2

#: A dispersion learned from fewer degrees of freedom than this is more noise than knowledge.
_LEAST_FREEDOM = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How much single observations vary: `variance` and `freedom` are of the logs, `LEVEL` only.

    `dispersion` is how many times more the days of a week differ than chance alone would have it;
    never below 1.
    """

    dispersion: float = 1.0
    variance: float = 0.0
    freedom: float = 1.0


def interval(
    family: Family, mean: np.ndarray, effective: np.ndarray, spread: Spread
) -> tuple[np.ndarray, np.ndarray]:
    """Low and high of each mean, in the rhythm's unit; nan where `effective` is 0 or nan.

    `mean` is `count / exposure`: a share, a rate, or a mean log. `effective` is the exposure in
    independent observations.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        if family is Family.SHARE:
            met, not_met = mean * effective + 0.5, (1 - mean) * effective + 0.5
            low = np.where(mean <= 0, 0.0, betaincinv(met, not_met, _TAIL))
            high = np.where(mean >= 1, 1.0, betaincinv(met, not_met, 1 - _TAIL))
        elif family is Family.RATE:
            shape = mean * effective + 0.5
            low = np.where(mean <= 0, 0.0, gammaincinv(shape, _TAIL) / effective)
            high = gammaincinv(shape, 1 - _TAIL) / effective
        else:
            reach = stdtrit(spread.freedom, 1 - _TAIL) * np.sqrt(spread.variance / effective)
            low, high = np.exp(mean - reach), np.exp(mean + reach)
        value = in_unit(family, mean)
        known = effective > 0
        # Half a pseudo-count can outweigh a tiny effective count; the value stays inside.
        return (
            np.where(known, np.minimum(low, value), np.nan),
            np.where(known, np.maximum(high, value), np.nan),
        )


def in_unit(family: Family, mean: np.ndarray) -> np.ndarray:
    """A mean in the rhythm's unit: a level is a mean log, so its value is the geometric mean."""
    return np.exp(mean) if family is Family.LEVEL else mean


def spread_of(
    family: Family,
    week: np.ndarray,
    count: np.ndarray,
    exposure: np.ndarray,
    squares: np.ndarray,
) -> Spread:
    """How the days differ inside their weeks, pooled over the record; one array entry per day.

    Only days of the same week are compared, so that a drift over months widens nothing.
    """
    if not len(week):
        return Spread()
    total = np.bincount(week, weights=count)
    held = np.bincount(week, weights=exposure)
    days = np.bincount(week)
    mean = np.divide(total, held, out=np.zeros_like(total), where=held > 0)
    if family is Family.LEVEL:
        return _level_spread(week, count, exposure, squares, total, held, days)
    unit = mean * (1 - mean) if family is Family.SHARE else mean
    usable = (unit > 1e-12) & (days > 1)
    if family is Family.SHARE:
        usable &= held > 1
    inside = usable[week]
    gap = (count - exposure * mean[week])[inside]
    pearson = float(np.sum(gap**2 / (exposure * unit[week])[inside]))
    # Given the week's total, counts without replacement differ a little less than binomial ones.
    exact = held / np.maximum(held - 1, 1) if family is Family.SHARE else np.ones_like(held)
    freedom = float(np.sum(((days - 1) * exact)[usable]))
    return Spread(dispersion=_at_least_one(pearson, freedom))


def _level_spread(
    week: np.ndarray,
    count: np.ndarray,
    exposure: np.ndarray,
    squares: np.ndarray,
    total: np.ndarray,
    held: np.ndarray,
    days: np.ndarray,
) -> Spread:
    mean = np.divide(total, held, out=np.zeros_like(total), where=held > 0)
    by_week = np.bincount(week, weights=squares)
    freedom = float(np.sum(np.maximum(held - 1, 0)))
    inside = float(np.sum(by_week - held * mean**2))
    if freedom < 1:  # one value a week: only the weeks themselves show how values vary
        freedom = max(float(np.sum(held)) - 1, 1.0)
        inside = float(np.sum(by_week) - np.sum(total) ** 2 / np.sum(held))
    variance = max(inside, 0.0) / freedom
    if variance <= 0:
        return Spread(freedom=freedom)
    gap = np.divide(count, exposure) - mean[week]
    between = float(np.sum(exposure * gap**2)) / variance
    return Spread(
        dispersion=_at_least_one(between, float(np.sum(days[days > 0] - 1))),
        variance=variance,
        freedom=freedom,
    )


def _at_least_one(squares: float, freedom: float) -> float:
    return max(1.0, squares / freedom) if freedom >= _LEAST_FREEDOM else 1.0
