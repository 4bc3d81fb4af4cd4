"""The weeks of a rhythm that are not ordinary: without a record, or marked by the two.

Both are known as such: a week without a record is a gap and no low value, and a week that was
marked is compared with what such weeks are like for the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from turntoward.reading.reading import Season
from turntoward.reading.seasons import WORDS, kind_of, known_until, marked
from turntoward.rhythms.series import Series
from turntoward.words import joined, ngettext

_WEEK = timedelta(weeks=1)
_DAY = timedelta(days=1)

#: From a day up to, but without, another.
Span = tuple[date, date]


def without_record(series: Series) -> tuple[Span, ...]:
    """The stretches of weeks that hold nothing to measure."""
    spans: list[Span] = []
    for week in series.weeks:
        if week.exposure > 0:
            continue
        if spans and spans[-1][1] == week.start:
            spans[-1] = (spans[-1][0], week.start + _WEEK)
        else:
            spans.append((week.start, week.start + _WEEK))
    return tuple(spans)


def told(series: Series, seasons: Sequence[Season]) -> tuple[Span, ...]:
    """The days of these weeks that the two marked, joined where seasons overlap."""
    if not series.weeks:
        return ()
    first, last = series.weeks[0].start, series.weeks[-1].start + _WEEK
    spans: list[Span] = []
    for season in sorted(seasons, key=lambda one: one.start):
        start, end = max(season.start, first), min(known_until(season), last - _DAY) + _DAY
        if start >= end:
            continue
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return tuple(spans)


def holes_counted(series: Series) -> str:
    """`In 13 of 200 weeks there is no record of it.`, or nothing."""
    holes = sum(week.exposure <= 0 for week in series.weeks)
    if not holes:
        return ""
    said = ngettext(
        "In {number} week there is no record of it.",
        "In {number} of {weeks} weeks there is no record of it.",
        holes,
    )
    return said.format(number=holes, weeks=len(series.weeks))


def told_counted(rhythms: Sequence[Series], seasons: Sequence[Season]) -> str:
    """`9 weeks hold days that you marked (...).`, over the weeks of all rhythms, or nothing."""
    mondays = {week.start for series in rhythms for week in series.weeks}
    numbers = [number for day in mondays if (number := marked(day, seasons))]
    if not numbers:
        return ""
    kinds = {seasons[n - 1].kind for number in numbers for n in number}
    # Translators: {what} are kinds of time, such as "travel and illness"
    said = ngettext(
        "{number} week holds days that you marked ({what}).",
        "{number} weeks hold days that you marked ({what}).",
        len(numbers),
    )
    what = joined([kind_of(kind) for kind in WORDS if kind in kinds])
    return said.format(number=len(numbers), what=what)
