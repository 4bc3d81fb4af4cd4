"""The peer: an EWMA control chart per rhythm, one limit for all (Roberts 1959; Bonferroni's idea).

What anyone would do first with weekly numbers: learn mean and spread of each rhythm from a year,
smooth the standardised weeks, and raise a hand when any warm rhythm leaves its limit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from turntoward.drift.record import align
from turntoward.rhythms.series import Family, Series

Floats = NDArray[np.float64]

#: Weight of the newest week, as the textbooks have it, and weeks that are learned from.
NEWEST, LEARN = 0.2, 52


def _values(series: Sequence[Series]) -> Floats:
    """Warm rhythms by weeks on the link scale, positive is closer; NaN where nothing is."""
    record = align(series)
    assert record is not None
    rows = []
    for row in np.flatnonzero(record.warm):
        counts, exposures = record.counts[row], record.exposures[row]
        with np.errstate(invalid="ignore", divide="ignore"):
            if record.series[row].family is Family.SHARE:
                value = np.log((counts + 0.5) / (exposures - counts + 0.5))
            elif record.series[row].family is Family.RATE:
                value = np.log((counts + 0.5) / exposures)
            else:
                value = counts / exposures
        rows.append(np.where(exposures > 0, value, np.nan) * record.closer[row])
    return np.array(rows)


def statistic(series: Sequence[Series], first: int = 0) -> Floats:
    """How far below its usual the lowest rhythm's chart lies, week by week, from `first` on.

    In standard deviations of the chart; minus infinity while it still learns.
    """
    values = _values(series)[:, first:]
    out = np.full(values.shape[1], -np.inf)
    if values.shape[1] <= LEARN:
        return out
    middle = np.nanmean(values[:, :LEARN], axis=1)
    spread = np.nanstd(values[:, :LEARN], axis=1) * np.sqrt(NEWEST / (2 - NEWEST))
    chart = np.zeros(len(values))
    for week in range(LEARN, values.shape[1]):
        newest = values[:, week] - middle
        chart = np.where(np.isnan(newest), chart, (1 - NEWEST) * chart + NEWEST * newest)
        out[week] = np.max(-chart / spread)
    return out


def alarms(series: Sequence[Series], limit: float) -> list[int]:
    """Weeks with an alarm; after each the chart is learned anew."""
    found: list[int] = []
    first = 0
    while True:
        over = np.flatnonzero(statistic(series, first) >= limit)
        if not len(over):
            return found
        found.append(first + int(over[0]))
        first = found[-1] + 1


def limit_for(steady: Sequence[Sequence[Series]], per_year: float) -> float:
    """The smallest limit, in steps of 0.1, with at most `per_year` alarms on steady couples."""
    for limit in np.arange(3.0, 30.0, 0.1):
        found = sum(len(alarms(series, float(limit))) for series in steady)
        years = sum(len(series[0].weeks) - LEARN for series in steady) / 52
        if found <= per_year * years:
            return float(limit)
    raise ValueError("No limit up to 30 keeps the peer quiet enough on these couples.")
