"""What the drift benchmarks share: a couple's weeks as numbers, first alarms, and their limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from turntoward.drift.days import SORT, WARM, Weekdays, counted, days_of
from turntoward.drift.planted import Planted
from turntoward.drift.stream import LEARN, Counted
from turntoward.rhythms.series import Family

Floats = NDArray[np.float64]

#: Every detector may raise a hand from this week on, and this often a year where nothing happens.
WATCHED, PER_YEAR = LEARN, 1 / 20


def weeks_of(couple: Planted) -> list[Counted]:
    """The weeks as counts and exposures, as `turntoward.drift.Watch` makes them."""
    weeks, weekdays = [], Weekdays()
    for given in couple.by_week():
        days = days_of(given)
        weeks.append(counted(days, weekdays))
        weekdays = weekdays.after(days)
    return weeks


def values_of(weeks: Sequence[Counted]) -> Floats:
    """Warm rhythms by weeks on the link scale, positive is closer; NaN where nothing is."""
    counts, exposures = (
        np.stack([getattr(week, name) for week in weeks], axis=1)
        for name in ("counts", "exposures")
    )
    rows = []
    for row in np.flatnonzero(WARM):
        count, held = counts[row], exposures[row]
        with np.errstate(invalid="ignore", divide="ignore"):
            if SORT.families[row] is Family.SHARE:
                value = np.log((count + 0.5) / (np.maximum(held - count, 0.0) + 0.5))
            elif SORT.families[row] is Family.RATE:
                value = np.log((count + 0.5) / held)
            else:
                value = count / held
        rows.append(np.where(held > 0, value, np.nan) * SORT.closer[row])
    return np.array(rows)


def first_over(path: Floats, limit: float) -> float:
    """The first week in which a statistic reaches the limit; infinity where it never does."""
    over = np.flatnonzero(path >= limit)
    return float(over[0]) if len(over) else np.inf


def years_watched(firsts: Floats, weeks: int) -> float:
    """Couple-years until the first alarm, or to the end where there was none."""
    return float(np.maximum(np.minimum(firsts, weeks) - WATCHED, 0).sum()) / 52


def loosest(
    limits: Sequence[float], firsts_at: Callable[[float], Floats], weeks: int, per_year: float
) -> float:
    """The first of the limits, which grow stricter, that keeps the alarms on steady couples few.

    `firsts_at` gives the week of the first alarm of every couple; alarms are those per year that
    was watched until then.
    """
    low, high = 0, len(limits) - 1
    while low < high:
        middle = (low + high) // 2
        firsts = firsts_at(limits[middle])
        few = np.isfinite(firsts).sum() <= per_year * years_watched(firsts, weeks)
        low, high = (low, middle) if few else (middle + 1, high)
    return limits[low]
