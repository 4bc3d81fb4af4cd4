"""The rhythm that changed most clearly, as the chart of a brief: values, words and a few numbers.

No single week is in it, only the smoothed line with its band: nothing leads back to a message.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from turntoward.reading.chart import changes, label
from turntoward.reading.reading import Reading
from turntoward.reading.saying import amount, title, unit_of
from turntoward.rhythms.series import Series, Week
from turntoward.words import gettext, month

#: Rows of numbers beside the chart: enough to see which way it went.
_ROWS = 6
#: The share of the height in which the marks of seasons stand.
_ROOM = 0.16
#: A year that begins further to the right has no room for its number.
_LAST_YEAR = 0.93
#: The width of a number beside its mark.
_NUMBER = 0.036


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A season in the chart. `number` is that of its line, 0 where the line is not in."""

    source: str
    start: date
    end: date
    number: int = 0


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """One rhythm of the two by week, smoothed, with the band that holds the line with 80 %.

    `weeks`, `smooth`, `low` and `high` are of equal length, null where a week holds no
    record; their unit is `unit`. `alternative` says in words what is drawn, `rows` the same in a
    few numbers.
    """

    title: str
    unit: str
    alternative: str
    weeks: tuple[date, ...]
    smooth: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    rows: tuple[tuple[str, str], ...]
    top: str
    marks: tuple[Mark, ...] = ()


def chart_of(reading: Reading, marks: Sequence[Mark]) -> Chart | None:
    """The chart of the rhythm that changed most surely; None where none changed or may be shown."""
    changed = [s for s in reading.series if not s.private and changes(s, reading.finding)]
    if not changed:
        return None
    # Where there is one, a rhythm whose line falls as it becomes quieter: that reads by itself.
    surest = max(changed, key=lambda one: (one.softer_is == "up", _sure(one, reading)))
    return _chart(surest, reading, marks)


def _sure(series: Series, reading: Reading) -> float:
    """How far the surest change of a rhythm is from none: its effect in widths of its interval."""
    effects = [shift.effect for _, shift in changes(series, reading.finding)]
    return max(abs(one.value) / max(one.high - one.low, 1e-6) for one in effects)


def _chart(series: Series, reading: Reading, marks: Sequence[Mark]) -> Chart | None:
    held = [week for week in series.weeks if week.smooth is not None]
    if not held:
        return None
    first, last = held[0].start, held[-1].start
    weeks = [week for week in series.weeks if first <= week.start <= last]
    highest = max(week.smooth_high or 0.0 for week in held)
    return Chart(
        title=title(series),
        unit=unit_of(series),
        alternative=label(series, reading.finding),
        weeks=tuple(week.start for week in weeks),
        smooth=tuple(_short(week.smooth) for week in weeks),
        low=tuple(_short(week.smooth_low) for week in weeks),
        high=tuple(_short(week.smooth_high) for week in weeks),
        rows=tuple((month(week.start), _said(week, series)) for week in _some(held)),
        top=amount(highest, series),
        marks=tuple(one for one in marks if one.start <= last and first <= one.end),
    )


def _some(held: Sequence[Week]) -> list[Week]:
    """A few weeks with the same time between them, the first and the last among them."""
    steps = min(_ROWS, len(held)) - 1
    return [held[round(n * (len(held) - 1) / steps)] for n in range(steps + 1)] if steps else []


def _said(week: Week, series: Series) -> str:
    low, high = (amount(value or 0.0, series) for value in (week.smooth_low, week.smooth_high))
    # Translators: a value and its range, such as "58 % (51 % to 65 %)"
    said = gettext("{value} ({low} to {high})")
    return said.format(value=amount(week.smooth or 0.0, series), low=low, high=high)


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A chart in a box of 1 by 1 with its origin at the top left: what PDF and page both draw.

    A stretch without record ends a line and begins the next one. `highest` is how far down the
    upper end of the band lies: above it the marks have their room. `marks` are from, to, number,
    and where the number stands.
    """

    lines: tuple[tuple[tuple[float, float], ...], ...]
    bands: tuple[tuple[tuple[float, float], ...], ...]
    years: tuple[tuple[float, str], ...]
    marks: tuple[tuple[float, float, int, float], ...]
    highest: float


def drawn(chart: Chart) -> Drawn:
    """Where everything of a chart lies."""
    first, days = chart.weeks[0], max((chart.weeks[-1] - chart.weeks[0]).days, 1)
    highest = max((value for value in chart.high if value is not None), default=1.0) or 1.0

    def across(day: date) -> float:
        return round(min(max((day - first).days / days, 0.0), 1.0), 4)

    def down(value: float) -> float:
        return round(1 - min(max(value / highest, 0.0), 1.0) * (1 - _ROOM), 4)

    lines, bands = [], []
    for stretch in _stretches(chart):
        at = [across(chart.weeks[n]) for n in stretch]
        low, line, high = (
            [(x, down(values[n] or 0.0)) for x, n in zip(at, stretch, strict=True)]
            for values in (chart.low, chart.smooth, chart.high)
        )
        lines.append(tuple(line))
        bands.append((*high, *reversed(low)))
    january = [date(year, 1, 1) for year in range(first.year + 1, chart.weeks[-1].year + 1)]
    numbered = sorted((mark for mark in chart.marks if mark.number), key=lambda one: one.start)
    places = _apart([across(mark.start) for mark in numbered])
    return Drawn(
        lines=tuple(lines),
        bands=tuple(bands),
        years=tuple((x, str(day.year)) for day in january if (x := across(day)) < _LAST_YEAR),
        marks=tuple(
            (across(mark.start), across(mark.end), mark.number, place)
            for mark, place in zip(numbered, places, strict=True)
        ),
        highest=_ROOM,
    )


def _apart(places: Sequence[float]) -> list[float]:
    """Where the numbers of marks stand, so that none covers another."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + _NUMBER) if found else place)
    return found


def _stretches(chart: Chart) -> list[list[int]]:
    found: list[list[int]] = [[]]
    for n, value in enumerate(chart.smooth):
        if value is not None:
            found[-1].append(n)
        elif found[-1]:
            found.append([])
    return [stretch for stretch in found if len(stretch) > 1]
