"""The peers: what others would do with weekly numbers, each with one limit for all rhythms.

Each takes a couple's warm rhythms by weeks on the link scale, in standard deviations of the first
year, looks at every rhythm by itself and raises a hand when any of them goes down: one limit for
all of them is what Bonferroni's correction comes to once the limit is set on steady couples.

- EWMA: a control chart (Roberts 1959), the newest week weighing 0.1.
- PELT (Killick, Fearnhead and Eckley 2012), of `ruptures`: fitted anew each week to the last two
  years. Its means-only cost is that of `KernelCPD` with a linear kernel, which is PELT in C.
- ADWIN (Bifet and Gavalda 2007), of `river`, looked at every week.
- BOCPD: Bayesian online change-point detection (Adams and MacKay 2007), normal weeks whose mean
  and variance are unknown; the posterior that a run of 10 or more weeks lies lower than the
  weeks before it.

Their constants are those that were soonest on planted couples of other seeds, of a few tried: the
weight of EWMA, the fewest weeks of PELT's and BOCPD's runs, the priors of BOCPD.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.pool import Pool

import numpy as np
from drift_weeks import PER_YEAR, WATCHED, Floats, first_over, loosest
from river.drift import ADWIN
from ruptures import KernelCPD
from scipy.special import gammaln

#: Weight of the newest week in the chart.
NEWEST = 0.1
#: Weeks that PELT is fitted to, and the fewest between two changes (and since the last).
WINDOW, APART = 104, 8
#: A run begins once in five years. Of its weeks beforehand, in standard units: the weeks that a
#: mean of 0 is worth, and shape and scale of an inverse gamma variance.
HAZARD, MEAN_WEEKS, SHAPE, SCALE = 1 / 260, 1.0, 100.0, 100.0
#: Weeks of baseline before a run that counts, and its own weeks.
BEFORE, RUN = 12, 10


def standard(values: Floats) -> Floats:
    """In standard deviations of the first year, around its mean."""
    learned = values[:, :WATCHED]
    middle, spread = np.nanmean(learned, axis=1), np.nanstd(learned, axis=1)
    return np.asarray((values - middle[:, None]) / np.maximum(spread, 1e-6)[:, None])


def ewma(values: Floats, limit: float) -> float:
    """First week in which a chart lies this many of its standard deviations down."""
    spread = np.sqrt(NEWEST / (2 - NEWEST))
    chart, lowest = np.zeros(len(values)), np.full(values.shape[1], -np.inf)
    for week in range(WATCHED, values.shape[1]):
        newest = values[:, week]
        chart = np.where(np.isnan(newest), chart, (1 - NEWEST) * chart + NEWEST * newest)
        lowest[week] = -chart.min() / spread
    return first_over(lowest, limit)


def pelt(values: Floats, limit: float) -> float:
    """First week in which the last change that PELT finds with this penalty goes down."""
    for week in range(WATCHED, values.shape[1]):
        for row in values[:, max(0, week + 1 - WINDOW) : week + 1]:
            if not np.isnan(row[-1]) and _goes_down(row[~np.isnan(row)], limit):
                return float(week)
    return np.inf


def _goes_down(weeks: Floats, penalty: float) -> bool:
    if len(weeks) < 2 * APART:
        return False
    fitted = KernelCPD(kernel="linear", min_size=APART).fit(weeks[:, None])
    ends = [0, *fitted.predict(pen=penalty)]
    if len(ends) < 3:
        return False
    before, after = weeks[ends[-3] : ends[-2]], weeks[ends[-2] :]
    return bool(after.mean() < before.mean())


def adwin(values: Floats, limit: float) -> float:
    """First week in which a window is cut and what is left is lower; `limit` is -log10(delta)."""
    firsts = []
    for row in values:
        detector = ADWIN(delta=10.0**-limit, clock=1)
        first = np.inf
        for week in np.flatnonzero(~np.isnan(row)):
            before = detector.estimation
            detector.update(float(row[week]))
            lower = detector.drift_detected and detector.estimation < before
            if lower and week >= WATCHED:
                first = float(week)
                break
        firsts.append(first)
    return min(firsts)


def bocpd(values: Floats, limit: float) -> float:
    """First week with these log odds of a run that lies lower than the weeks before it."""
    return first_over(log_odds_of_lower(values), limit)


def log_odds_of_lower(values: Floats) -> Floats:
    """The highest of all rhythms, week by week; minus infinity while it still learns."""
    rhythms, weeks = values.shape
    log_runs = np.zeros((rhythms, 1))
    mean, scale = np.zeros((rhythms, 1)), np.full((rhythms, 1), SCALE)
    held = np.zeros((rhythms, 1))  # weeks in the run, as far as recorded
    there = ~np.isnan(values)
    sums = np.cumsum(np.where(there, values, 0.0), axis=1)
    means = sums / np.maximum(np.cumsum(there, axis=1), 1)
    out = np.full(weeks, -np.inf)
    for week in range(weeks):
        seen = there[:, week, None]
        value = np.where(seen, values[:, week, None], 0.0)
        worth, shape = MEAN_WEEKS + held, SHAPE + held / 2
        width = scale * (worth + 1) / (shape * worth)
        far = (value - mean) ** 2 / (2 * shape * width)
        density = gammaln(shape + 0.5) - gammaln(shape) - 0.5 * np.log(2 * np.pi * shape * width)
        log_runs = log_runs + np.where(seen, density - (shape + 0.5) * np.log1p(far), 0.0)
        log_runs -= np.logaddexp.reduce(log_runs, axis=1, keepdims=True)
        scale = scale + np.where(seen, worth * (value - mean) ** 2 / (2 * (worth + 1)), 0.0)
        mean = np.where(seen, (worth * mean + value) / (worth + 1), mean)
        held = held + seen
        # Column n is now the run that began in week n.
        if week >= WATCHED:
            lower = np.zeros(log_runs.shape, dtype=bool)
            runs = slice(BEFORE, week + 2 - RUN)
            lower[:, runs] = mean[:, runs] < means[:, runs.start - 1 : runs.stop - 1]
            out[week] = _log_odds(log_runs, lower).max()
        grown = log_runs + np.log1p(-HAZARD)
        log_runs = np.concatenate([grown, np.full((rhythms, 1), np.log(HAZARD))], axis=1)
        mean, held = (np.concatenate([one, np.zeros((rhythms, 1))], axis=1) for one in (mean, held))
        scale = np.concatenate([scale, np.full((rhythms, 1), SCALE)], axis=1)
    return out


def _log_odds(logs: Floats, chosen: np.ndarray) -> Floats:
    inside, outside = (
        np.logaddexp.reduce(np.where(one, logs, -np.inf), axis=1) for one in (chosen, ~chosen)
    )
    return np.asarray(inside - outside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A detector by its name: first alarm for a limit, and limits from loose to strict."""

    name: str
    first: Callable[[Floats, float], float]
    limits: Sequence[float]


PEERS = (
    Peer(name="EWMA chart", first=ewma, limits=np.arange(1.0, 40.0, 0.1).tolist()),
    Peer(name="PELT", first=pelt, limits=np.arange(2.0, 120.0, 0.5).tolist()),
    Peer(name="ADWIN", first=adwin, limits=np.arange(0.01, 60.0, 0.05).tolist()),
    Peer(name="BOCPD", first=bocpd, limits=np.arange(-6.0, 60.0, 0.1).tolist()),
)


def limits_for(pool: Pool, steady: Sequence[Floats]) -> dict[str, float]:
    """The loosest limit of each peer that is quiet enough on these couples' `standard` values."""
    weeks = steady[0].shape[1]
    return {
        peer.name: loosest(
            peer.limits,
            lambda limit, peer=peer: np.array(  # type: ignore[misc]
                pool.map(partial(peer.first, limit=limit), steady, chunksize=4)
            ),
            weeks,
            PER_YEAR,
        )
        for peer in PEERS
    }
