"""From counts to the link scale: how far a week lies from the couple's level, and how surely.

Each family gets residuals that are free of bias when the level has not changed, with a sampling
variance that is known from the exposure alone. Plain empirical logits and logs are neither when a
week holds three bids: their bias moves with the number of bids, and would look like drift.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import gammaln

from turntoward.drift.record import Floats, Record
from turntoward.rhythms.series import Family

#: Sampling variance of a week without a record: it then weighs nothing.
ABSENT = 1e6
#: A rhythm measured in fewer weeks than this before a verdict takes no part in it.
FEWEST_WEEKS = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Residuals:
    """Rhythms by weeks, on the link scale, positive is closer; `variance` is sampling only.

    `level` is the couple's level in the learning weeks: a share, a rate, or a mean log.
    """

    value: Floats
    variance: Floats
    level: Floats


@lru_cache(maxsize=1)
def _log_counts() -> tuple[Floats, Floats, Floats, Floats]:
    """Mean, slope and variance of log(k + 1/2) for a Poisson k, by the log of its mean.

    The slope is d mean / d log(mean), which for a Poisson count is the covariance with the count.
    """
    means = np.exp(np.linspace(np.log(0.01), np.log(300.0), 120))
    k = np.arange(0.0, 500.0)
    chance = np.exp(k * np.log(means)[:, None] - means[:, None] - gammaln(k + 1.0))
    logs = np.log(k + 0.5)
    mean = chance @ logs
    variance = np.maximum(chance @ logs**2 - mean**2, 1e-12)
    slope = (chance * (k - means[:, None])) @ logs
    return np.log(means), mean, slope, variance


def _rate(counts: Floats, exposures: Floats, learned: slice) -> tuple[Floats, Floats, float]:
    level = float((counts[learned].sum() + 0.5) / max(exposures[learned].sum(), 1e-9))
    expected = np.log(np.maximum(exposures, 1e-9) * level)
    at, means, slopes, variances = _log_counts()
    # Beyond the table a log count is normal around the log of its mean.
    over = np.maximum(expected - at[-1], 0.0)
    mean = np.interp(expected, at, means) + over
    slope = np.interp(expected, at, slopes)
    variance = np.interp(expected, at, variances) * np.exp(-over)
    return (np.log(np.maximum(counts, 0.0) + 0.5) - mean) / slope, variance / slope**2, level


def _share(counts: Floats, exposures: Floats, learned: slice) -> tuple[Floats, Floats, float]:
    level = float((counts[learned].sum() + 1.0) / (exposures[learned].sum() + 2.0))
    level = min(max(level, 0.01), 0.99)
    spread = level * (1.0 - level)
    safe = np.maximum(exposures, 1e-9)
    return (np.clip(counts / safe, 0.0, 1.0) - level) / spread, 1.0 / (safe * spread), level


def _level(
    counts: Floats, exposures: Floats, squares: Floats, learned: slice
) -> tuple[Floats, Floats, float]:
    n, total = exposures[learned], counts[learned]
    level = float(total.sum() / max(n.sum(), 1e-9))
    many = n > 1
    inside = squares[learned][many] - total[many] ** 2 / n[many]
    freedom = float((n[many] - 1).sum())
    # Without squares the spread of single values is unknown; 1 (a factor of e) is a wide guess.
    spread = float(inside.sum()) / freedom if freedom > 0 and inside.sum() > 0 else 1.0
    safe = np.maximum(exposures, 1e-9)
    return counts / safe - level, max(spread, 0.01) / safe, level


def residuals(
    record: Record, first: int, learned: int, last: int, fewest: int = FEWEST_WEEKS
) -> Residuals:
    """Residuals of weeks `first` to `last` (excluded), around the level up to week `learned`.

    Weeks from `learned` on never enter the level: there is no look-ahead.
    """
    shape = (len(record.series), last - first)
    value, variance, level = np.zeros(shape), np.full(shape, ABSENT), np.zeros(shape[0])
    known = slice(0, learned - first)
    for row, one in enumerate(record.series):
        exposures = record.exposures[row, first:last]
        if (exposures[known] > 0).sum() < fewest:
            continue
        counts = record.counts[row, first:last]
        if one.family is Family.SHARE:
            y, v, level[row] = _share(counts, exposures, known)
        elif one.family is Family.RATE:
            y, v, level[row] = _rate(counts, exposures, known)
        else:
            y, v, level[row] = _level(counts, exposures, record.squares[row, first:last], known)
        there = exposures > 0
        value[row, there] = y[there] * record.closer[row]
        variance[row, there] = np.minimum(v[there], ABSENT)
    return Residuals(value=value, variance=variance, level=level)


def in_unit(family: Family, link: float) -> float:
    """A link value (logit, log rate or mean log) in the series' own unit."""
    if family is Family.SHARE:
        return float(1.0 / (1.0 + np.exp(-link)))
    return float(np.exp(link))


def to_link(family: Family, level: float) -> float:
    """A `Residuals.level` on the link scale."""
    if family is Family.SHARE:
        return float(np.log(level / (1.0 - level)))
    return float(np.log(level)) if family is Family.RATE else level
