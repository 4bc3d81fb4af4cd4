"""Change the counts of a few weeks of a series and derive its values and intervals again.

A stored series no longer knows the days that its intervals rest on. It need not: how wide an
interval is says how many independent observations the week was worth, and a corrected quote
changes that by the same share as it changes the week's exposure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from turntoward.rhythms.intervals import Spread, interval
from turntoward.rhythms.series import Series
from turntoward.rhythms.weekly import KERNEL_REACH, KERNEL_WEEKS

#: Halvings of the search for an effective exposure: exact to a part in a billion.
_HALVINGS = 60

#: A spread says nothing of shares and rates, which are the only ones that are corrected.
_NO_SPREAD = Spread()


@dataclass(frozen=True, slots=True)
class Change:
    """What is added to a week: negative where something is taken away."""

    count: float
    exposure: float


def refreshed(series: Series, changes: Mapping[date, Change]) -> Series:
    """The series with those weeks changed and every curve near them drawn anew.

    For shares and rates. Weeks that no change reaches stay exactly as they are.
    """
    old_count, old_held = (_column(series, name) for name in ("count", "exposure"))
    added = [changes.get(week.start, Change(0.0, 0.0)) for week in series.weeks]
    count = old_count + [change.count for change in added]
    held = old_held + [change.exposure for change in added]
    touched = np.array([week.start in changes for week in series.weeks])
    near = _around(touched.astype(float), np.ones(2 * KERNEL_REACH + 1)) > 0.5
    if not touched.any():
        return series
    kernel = np.exp(-0.5 * (np.arange(-KERNEL_REACH, KERNEL_REACH + 1) / KERNEL_WEEKS) ** 2)
    alone = _values(series, count, held, old_held, ("value", "low", "high"))
    smooth = _values(
        series,
        _around(count, kernel),
        _around(held, kernel),
        _around(old_held, kernel),
        ("smooth", "smooth_low", "smooth_high"),
    )
    weeks = list(series.weeks)
    for n in np.flatnonzero(near):
        values: dict[str, Any] = smooth[n] | (alone[n] if touched[n] else {})
        if held[n] <= 0:
            values = dict.fromkeys([*alone[n], *smooth[n]])
        weeks[n] = replace(weeks[n], count=float(count[n]), exposure=float(held[n]), **values)
    return replace(series, weeks=tuple(weeks))


def _values(
    series: Series,
    count: np.ndarray,
    held: np.ndarray,
    old_held: np.ndarray,
    names: tuple[str, str, str],
) -> list[dict[str, float | None]]:
    value, low, high = (_column(series, name) for name in names)
    worth = _effective(series, value, high - low, old_held)
    ratio = np.divide(held, old_held, out=np.ones_like(held), where=old_held > 0)
    mean = np.divide(count, held, out=np.full(len(held), np.nan), where=held > 0)
    bounds = interval(series.family, mean, worth * ratio, _NO_SPREAD)
    rows = zip(mean, *bounds, strict=True)
    return [
        {name: float(x) if np.isfinite(x) else None for name, x in zip(names, row, strict=True)}
        for row in rows
    ]


def _effective(series: Series, mean: np.ndarray, width: np.ndarray, held: np.ndarray) -> np.ndarray:
    """The effective exposure whose interval around each mean is as wide as the one stored.

    A week that held nothing has none stored: it counts as much as its exposure.
    """
    few, many = np.full(len(mean), 1e-6), np.maximum(held, 1.0) * 4
    for _ in range(_HALVINGS):
        middle = np.sqrt(few * many)
        low, high = interval(series.family, mean, middle, _NO_SPREAD)
        wider = (high - low) > width
        few, many = np.where(wider, middle, few), np.where(wider, many, middle)
    effective: np.ndarray = np.where(np.isfinite(width), np.sqrt(few * many), np.maximum(held, 1.0))
    return effective


def _column(series: Series, name: str) -> np.ndarray:
    """One field of every week, nan where it is null."""
    read = [getattr(week, name) for week in series.weeks]
    return np.array([np.nan if value is None else value for value in read], dtype=float)


def _around(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    reach: np.ndarray = np.convolve(values, weights)[KERNEL_REACH : KERNEL_REACH + len(values)]
    return reach
