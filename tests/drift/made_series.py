"""Small series made by hand, and the weekly series of invented couples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from turntoward.drift.days import RHYTHMS, VOLUME, Weekdays, counted, days_of
from turntoward.drift.planted import FIRST, Planted
from turntoward.drift.record import VOLUME as MESSAGES
from turntoward.rhythms.series import Family, Series, Week

PERHAPS = "a busy time, or more time together"


def monday(number: int) -> date:
    """The first day of week `number` of an invented record."""
    return FIRST + timedelta(weeks=number)


def made(
    name: str,
    family: Family,
    counts: Sequence[float],
    exposures: Sequence[float],
    softer_is: str = "up",
    squares: Sequence[float] | None = None,
) -> Series:
    """A series with these numbers, one per week."""
    weeks = tuple(
        Week(start=monday(n), count=float(count), exposure=float(exposure), squares=float(square))
        for n, (count, exposure, square) in enumerate(
            zip(counts, exposures, squares or [0.0] * len(counts), strict=True)
        )
    )
    return Series(
        name=name, title=name.capitalize(), words="", unit="", family=family, softer_is=softer_is,
        cannot_see="", perhaps=PERHAPS, weeks=weeks,
    )  # fmt: skip


def weeks_of(couple: Planted) -> list[dict[str, list[float]]]:
    """A planted couple's weeks in order, as `turntoward.drift.Watch` takes them."""
    return [
        {name: values.astype(float).tolist() for name, values in week.items()}
        for week in couple.by_week()
    ]


def series_of(couple: Planted) -> tuple[Series, ...]:
    """A planted couple's days as the weekly series that a reading would hold."""
    weekdays, weeks = Weekdays(), []
    for given in weeks_of(couple):
        days = days_of(given)
        weeks.append(counted(days, weekdays))
        weekdays = weekdays.after(days)
    counts, exposures, squares = (
        np.stack([getattr(week, part) for week in weeks], axis=1).tolist()
        for part in ("counts", "exposures", "squares")
    )
    return tuple(
        made(
            MESSAGES if rhythm.name == VOLUME else rhythm.name,
            rhythm.family,
            counts[row],
            exposures[row],
            "up" if rhythm.closer > 0 else "down",
            squares[row],
        )
        for row, rhythm in enumerate(RHYTHMS)
    )


def only_weeks(series: Sequence[Series], first: int, last: int) -> tuple[Series, ...]:
    """The same series with weeks `first` to `last` (excluded) alone."""
    return tuple(replace(one, weeks=one.weeks[first:last]) for one in series)


def without_record(series: Sequence[Series], first: int, last: int) -> tuple[Series, ...]:
    """The same series with a hole: nothing was recorded from week `first` to `last` (excluded)."""
    return tuple(
        replace(
            one,
            weeks=tuple(
                replace(week, count=0.0, exposure=0.0, squares=0.0) if first <= n < last else week
                for n, week in enumerate(one.weeks)
            ),
        )
        for one in series
    )


def without_one(series: Sequence[Series], name: str, first: int, last: int) -> tuple[Series, ...]:
    """The same series, where one rhythm was not measured in some weeks."""
    return tuple(
        without_record([one], first, last)[0] if one.name == name else one for one in series
    )


def effects(couple: Planted, number: int = 0) -> dict[str, float]:
    """What a planted change moves, by the names that the series have."""
    planted = couple.changes[number].effects
    return {MESSAGES if name == VOLUME else name: size for name, size in planted.items()}
