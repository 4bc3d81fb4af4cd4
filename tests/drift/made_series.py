"""Small series made by hand, for tests that need no invented couple."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from turntoward.drift.planted import FIRST, Planted
from turntoward.rhythms.series import Family, Series, Week


def monday(number: int) -> date:
    """The first day of week `number` of an invented record."""
    return FIRST + timedelta(weeks=number)


def made(
    name: str,
    family: Family,
    counts: Sequence[float],
    exposures: Sequence[float],
    softer_is: str = "up",
) -> Series:
    """A series with these numbers, one per week."""
    weeks = tuple(
        Week(start=monday(n), count=float(count), exposure=float(exposure))
        for n, (count, exposure) in enumerate(zip(counts, exposures, strict=True))
    )
    return Series(
        name=name, title=name.capitalize(), words="", unit="", family=family, softer_is=softer_is,
        cannot_see="", perhaps="You may have talked instead.", weeks=weeks,
    )  # fmt: skip


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


def onset_week(couple: Planted, number: int = 0) -> int:
    """The week in which a planted change begins."""
    return (couple.changes[number].onset - FIRST).days // 7
