"""Invented records for the tests of the signs: what one of the two may see, on one Wednesday."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from turntoward.care.record import Began, Effort, Record
from turntoward.climate import CheckIn
from turntoward.drift.shift import Drift, Finding, Shift, Toward, Verdict
from turntoward.messages.evidence import Evidence, Interval
from turntoward.reading.reading import VERSION, Reading, Scope
from turntoward.rhythms.series import Family, Series, Week

#: A Wednesday; the last full week ended on the Sunday before.
TODAY = date(2026, 3, 11)
LAST_WEEK = date(2026, 3, 2)


def week(ago: int) -> date:
    """The Monday of a full week: 0 is the last one."""
    return LAST_WEEK - timedelta(weeks=ago)


def record(**fields: Any) -> Record:
    """Two who have been here for a year."""
    return Record(**({"today": TODAY, "since": TODAY - timedelta(days=365)} | fields))


def efforts(weeks: Iterable[int], mine: int, theirs: int) -> tuple[Began, ...]:
    """So many days of each side in each of these weeks; kinds come in turn."""
    kinds = tuple(Effort)
    told = []
    for ago in weeks:
        for number in range(mine + theirs):
            day = week(ago) + timedelta(days=number)
            told.append(Began(day=day, kind=kinds[number % 3], mine=number < mine))
    return tuple(told)


def swapped(record: Record) -> Record:
    """The same facts from where the other stands."""
    return replace(record, began=tuple(replace(one, mine=not one.mine) for one in record.began))


def taps(weeks: Sequence[int], *warmth: int) -> tuple[CheckIn, ...]:
    """In each of these weeks one tap a day with these skies."""
    return tuple(
        CheckIn(day=week(ago) + timedelta(days=number), warmth=sky)
        for ago in weeks
        for number, sky in enumerate(warmth)
    )


def falling(first: int = 5, last: int = 1, weeks: int = 9) -> tuple[CheckIn, ...]:
    """Skies that fall from week to week, three a week."""
    step = (last - first) / (weeks - 1)
    return tuple(
        tap
        for number in range(weeks)
        for tap in taps([weeks - 1 - number], *[round(first + step * number)] * 3)
    )


def practised(weeks: Iterable[int], days: int = 2) -> frozenset[date]:
    return frozenset(week(ago) + timedelta(days=day) for ago in weeks for day in range(days))


def weekly(counts: Sequence[tuple[float, float]], until: int = 0) -> tuple[Week, ...]:
    """Weeks of (count, exposure), the last of them `until` weeks ago."""
    first = until + len(counts) - 1
    return tuple(
        Week(start=week(first - n), count=count, exposure=exposure)
        for n, (count, exposure) in enumerate(counts)
    )


def series(name: str, weeks: tuple[Week, ...], family: Family = Family.SHARE) -> Series:
    return Series(
        name=name,
        title=name,
        words="",
        unit="",
        family=family,
        softer_is="up",
        cannot_see="",
        perhaps="",
        weeks=weeks,
    )


def shift(rhythm: str, effect: float, before: float = 4.0, reach: float = 0.1) -> Shift:
    size = Interval(value=effect, low=effect - reach, high=effect + reach)
    level = Interval(value=before, low=before - 0.1, high=before + 0.1)
    return Shift(
        rhythm=rhythm,
        toward=Toward.QUIETER if effect < 0 else Toward.CLOSER,
        before=level,
        after=level,
        effect=size,
        evidence=Evidence(count=900, interval=size, perhaps=""),
    )


def drift(ago: int, *shifts: Shift, noticed: int | None = None) -> Drift:
    """A drift that likeliest began so many weeks ago; quieter where its first shift is."""
    return Drift(
        toward=shifts[0].toward,
        earliest=week(ago + 3),
        likeliest=week(ago),
        latest=week(max(ago - 3, 0)),
        noticed=week(max(ago - 6, 0) if noticed is None else noticed),
        probability=0.93,
        shifts=shifts,
    )


def found(*drifts: Drift) -> Finding:
    verdict = Verdict.CHANGED if drifts else Verdict.NOTHING
    return Finding(verdict=verdict, weeks=150, drifts=drifts)


def reading(**fields: Any) -> Reading:
    """A reading of both that ends with the last full week, in which nothing was found."""
    plain: dict[str, Any] = {
        "version": VERSION,
        "partners": ("Ana", "Ben"),
        "me": None,
        "scope": Scope.BOTH,
        "zone": None,
        "first": week(149),
        "last": LAST_WEEK + timedelta(days=6),
        "accounts": (),
        "duplicates": 0,
        "language": "en",
        "series": (),
        "unmeasured": {},
        "finding": found(),
        "bids": 0,
        "met": 0,
        "quotes": (),
        "seasons": (),
        "corrections": (),
        "notes": (),
    }
    return Reading(**(plain | fields))
