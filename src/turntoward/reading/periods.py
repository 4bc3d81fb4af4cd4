"""A rhythm over quarters and years: weeks pooled, with intervals that know how weeks differ.

A period's interval rests on how its weeks differ among themselves, not on single messages: busy
weeks and moods move a whole week, and a year of bids is not as many independent bids.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from turntoward.messages.evidence import Interval
from turntoward.rhythms.intervals import in_unit, interval, spread_of
from turntoward.rhythms.series import Series

#: Up to this many weeks a table has a row a quarter, beyond it a row a year.
_QUARTERLY = 3 * 53


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of weeks: `value` is null where nothing was there to measure in it.

    Of its `weeks`, those are `recorded` that held something to measure; `start` is the first.
    """

    name: str
    start: date
    weeks: int
    recorded: int
    value: Interval | None


def pooled(series: Series, group: Sequence[int], size: int) -> list[Interval | None]:
    """One value for each group 0 to `size - 1`, given the group of each week; -1 leaves one out."""
    at = np.array(group)
    count, exposure, squares = (
        np.array([getattr(week, part) for week in series.weeks], dtype=float)
        for part in ("count", "exposure", "squares")
    )
    held = (exposure > 0) & (at >= 0)
    at, count, exposure, squares = at[held], count[held], exposure[held], squares[held]
    spread = spread_of(series.family, at, count, exposure, squares)
    counts = np.bincount(at, weights=count, minlength=size)
    total = np.bincount(at, weights=exposure, minlength=size)
    mean = np.divide(counts, total, out=np.full(size, np.nan), where=total > 0)
    low, high = interval(series.family, mean, total / spread.dispersion, spread)
    value = in_unit(series.family, mean)
    return [
        Interval(value=float(value[n]), low=float(low[n]), high=float(high[n]))
        if np.isfinite([value[n], low[n], high[n]]).all()
        else None
        for n in range(size)
    ]


def table(series: Series) -> tuple[Period, ...]:
    """The series in quarters, or in years where it is long; periods run without a hole."""
    weeks = [week.start for week in series.weeks]
    if not weeks:
        return ()
    quarterly = len(weeks) <= _QUARTERLY
    keys = [_quarter(day) if quarterly else day.year for day in weeks]
    group = [key - keys[0] for key in keys]
    size = group[-1] + 1
    held = [at for at, week in zip(group, series.weeks, strict=True) if week.exposure > 0]
    return tuple(
        Period(
            name=_named(keys[0] + n, quarterly),
            start=weeks[group.index(n)] if n in group else weeks[0],
            weeks=group.count(n),
            recorded=held.count(n),
            value=value,
        )
        for n, value in enumerate(pooled(series, group, size))
    )


def _quarter(day: date) -> int:
    return 4 * day.year + (day.month - 1) // 3


def _named(key: int, quarterly: bool) -> str:
    if not quarterly:
        return str(key)
    year, quarter = divmod(key, 4)
    return f"{('January', 'April', 'July', 'October')[quarter]} {year}"
