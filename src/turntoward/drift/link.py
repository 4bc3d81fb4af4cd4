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

from turntoward.drift.arrays import Floats
from turntoward.rhythms.series import Family

#: Sampling variance of a week without a record: it then weighs nothing.
ABSENT = 1e6
#: How far what is counted per day follows the number of messages: middle and spread beforehand.
FOLLOWS, FOLLOWS_SPREAD = 0.8, 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """What kind of numbers the rhythms are; arrays are in their order.

    `closer` is 1 where more is closer and -1 where less is. `volume` is the row that counts
    messages, or -1 where none does.
    """

    families: tuple[Family, ...]
    closer: Floats
    volume: int

    def rows(self, family: Family) -> list[int]:
        """The rhythms of one family."""
        return [row for row, one in enumerate(self.families) if one is family]


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """The couple's own level, around which residuals are taken.

    `level` is a share, a rate or a mean log; `spread` the variance of single values (`LEVEL`
    only); `follows` how far a rate goes along with the number of messages, 0 to 1. Residuals of a
    mean are taken in units of the standard deviation of single values, so that it does not matter
    in which unit they were given; `unit` leads back.
    """

    level: Floats
    spread: Floats
    follows: Floats
    unit: Floats
    measured: Floats  # 1 where the rhythm was measured often enough

    def joined(self, other: Centre) -> Centre:
        """This one, and the other for what was not measured here."""
        mine = self.measured > 0
        return Centre(
            level=np.where(mine, self.level, other.level),
            spread=np.where(mine, self.spread, other.spread),
            follows=np.where(mine, self.follows, other.follows),
            unit=np.where(mine, self.unit, other.unit),
            measured=np.maximum(self.measured, other.measured),
        )


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


def centre(
    sort: Sort, counts: Floats, exposures: Floats, squares: Floats, fewest: int = 1
) -> Centre:
    """The level of these weeks (rhythms by weeks); `fewest` of them make a rhythm measured."""
    rhythms = len(sort.families)
    level, spread = np.zeros(rhythms), np.ones(rhythms)
    follows = _follows(sort, counts, exposures)
    along = _along(sort, follows, counts, exposures)
    total, held = counts.sum(axis=1), (exposures * along).sum(axis=1)
    for row, family in enumerate(sort.families):
        if family is Family.SHARE:
            level[row] = min(max((total[row] + 1.0) / (held[row] + 2.0), 0.01), 0.99)
        elif family is Family.RATE:
            level[row] = (total[row] + 0.5) / max(held[row], 1e-9)
        else:
            level[row] = total[row] / max(held[row], 1e-9)
            spread[row] = _inside(counts[row], exposures[row], squares[row])
    often = ((exposures > 0).sum(axis=1) >= fewest).astype(float)
    means = np.array([family is Family.LEVEL for family in sort.families])
    unit = np.where(means, np.sqrt(spread), 1.0)
    return Centre(level=level, spread=spread, follows=follows, unit=unit, measured=often)


def _inside(counts: Floats, exposures: Floats, squares: Floats) -> float:
    """The variance of single values within their weeks."""
    many = (exposures > 1) & np.isfinite(squares)
    inside = squares[many] - counts[many] ** 2 / exposures[many]
    freedom = float((exposures[many] - 1).sum())
    # Without squares the spread of single values is unknown; 1 (a factor of e) is a wide guess.
    spread = float(inside.sum()) / freedom if freedom > 0 and inside.sum() > 0 else 1.0
    return max(spread, 1e-4)


def _follows(sort: Sort, counts: Floats, exposures: Floats) -> Floats:
    """How far each rate goes along with the number of messages, from one week to the next.

    Differences of neighbouring weeks see that and hardly see anything slow. What the two already
    expect of couples is weighed in.
    """
    follows = np.zeros(len(sort.families))
    if sort.volume < 0:
        return follows
    there = exposures > 0
    for row in sort.rows(Family.RATE):
        both = there[row] & there[sort.volume]
        both = both[1:] & both[:-1]
        if row == sort.volume or not both.any():
            continue
        pair = [row, sort.volume]
        logs = np.log((counts[pair] + 0.5) / np.maximum(exposures[pair], 1e-9))
        steps = np.diff(logs, axis=1)[:, both]
        force = float((steps[1] ** 2).sum())
        slope = float((steps[0] * steps[1]).sum()) / max(force, 1e-9)
        noise = float(((steps[0] - slope * steps[1]) ** 2).mean())
        # Neighbouring differences share a week: each tells about two thirds as much.
        told = 0.67 * force / max(noise, 1e-6)
        prior = 1.0 / FOLLOWS_SPREAD**2
        follows[row] = min(max((told * slope + prior * FOLLOWS) / (told + prior), 0.0), 1.0)
    return follows


def _along(sort: Sort, follows: Floats, counts: Floats, exposures: Floats) -> Floats:
    """What the number of messages a day does to the exposure of rates; 1 where it does nothing."""
    along = np.ones(counts.shape)
    if sort.volume < 0:
        return along
    held = exposures[sort.volume]
    a_day = np.log((counts[sort.volume] + 0.5) / np.maximum(held, 1e-9))
    rows = sort.rows(Family.RATE)
    powers = follows[rows][(...,) + (None,) * (counts.ndim - 1)]
    along[rows] = np.where(held > 0, np.exp(powers * a_day), 1.0)
    return along


def residual(
    sort: Sort, around: Centre, counts: Floats, exposures: Floats
) -> tuple[Floats, Floats, Floats]:
    """One week (arrays by rhythm): residuals where positive is closer, their variance, and `there`.

    `there` is 1 where the rhythm was measured.
    """
    along = _along(sort, around.follows, counts, exposures)
    there = (exposures > 0) * around.measured
    if sort.volume >= 0 and exposures[sort.volume] <= 0:
        there = there * (around.follows == 0)
    safe = np.maximum(exposures * along, 1e-9)
    mean, level = counts / safe, around.level
    value, variance = mean - level, around.spread / safe
    shares = sort.rows(Family.SHARE)
    spread = level[shares] * (1.0 - level[shares])
    value[shares] = (np.clip(mean[shares], 0.0, 1.0) - level[shares]) / spread
    variance[shares] = 1.0 / (safe[shares] * spread)
    rates = sort.rows(Family.RATE)
    value[rates], variance[rates] = _rates(counts[rates], safe[rates] * level[rates])
    value = np.where(there > 0, value * sort.closer / around.unit, 0.0)
    variance = np.where(there > 0, np.minimum(variance / around.unit**2, ABSENT), ABSENT)
    return value, variance, there


def _rates(counts: Floats, expected: Floats) -> tuple[Floats, Floats]:
    at, means, slopes, variances = _log_counts()
    logs = np.log(np.maximum(expected, 1e-9))
    # Beyond the table a log count is normal around the log of its mean.
    over = np.maximum(logs - at[-1], 0.0)
    mean, slope = np.interp(logs, at, means) + over, np.interp(logs, at, slopes)
    variance = np.interp(logs, at, variances) * np.exp(-over)
    return (np.log(np.maximum(counts, 0.0) + 0.5) - mean) / slope, variance / slope**2


def in_unit(family: Family, link: float) -> float:
    """A link value (logit, log rate or mean log) in the series' own unit."""
    if family is Family.SHARE:
        return float(1.0 / (1.0 + np.exp(-link)))
    return float(np.exp(link))


def to_link(family: Family, level: float) -> float:
    """A level as in `Centre` on the link scale."""
    if family is Family.SHARE:
        return float(np.log(level / (1.0 - level)))
    return float(np.log(level)) if family is Family.RATE else level
