"""What a chart of one rhythm shows, as plain JSON values for assets/charts.js, and its words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from turntoward.drift.shift import Drift, Finding, Shift
from turntoward.reading.days import month
from turntoward.reading.reading import Season
from turntoward.reading.saying import amount, between, from_to, part_of_month
from turntoward.reading.weeks import told, without_record
from turntoward.rhythms.series import Series, Week

#: Single weeks above this share of all weeks run out of the picture, or one would flatten it.
_SHOWN = 0.9

_QUARTER_WEEKS = 13


def chart_data(series: Series, finding: Finding, seasons: Sequence[Season]) -> dict[str, Any]:
    """Everything charts.js draws of a rhythm; moments are seconds since 1970, UTC.

    `weeks`, `value`, `smooth`, `low`, `high` are of equal length, with null where a week holds
    nothing. `drifts` are those that this rhythm takes part in, `levels` what it was before, between
    and since them. `holes` are weeks without a record, `told` days that the two marked. `seasons`
    are numbered from 1 in the order given, as the list beside the chart numbers them.
    """
    weeks = series.weeks
    return {
        "name": series.name,
        "title": series.title,
        "family": series.family.value,
        "unit": series.unit,
        "label": label(series, finding),
        "weeks": [_seconds(week.start) for week in weeks],
        "value": [_short(week.value) for week in weeks],
        "smooth": [_short(week.smooth) for week in weeks],
        "low": [_short(week.smooth_low) for week in weeks],
        "high": [_short(week.smooth_high) for week in weeks],
        "top": _top(weeks),
        "drifts": [
            {
                "from": _seconds(drift.earliest),
                "to": _seconds(drift.latest),
                "likeliest": _seconds(drift.likeliest),
                "toward": drift.toward.value,
            }
            for drift, _ in changes(series, finding)
        ],
        "levels": _levels(series, finding),
        "holes": [_span(*span) for span in without_record(series)],
        "told": [_span(*span) for span in told(series, seasons)],
        "seasons": [
            {"number": number, "name": season.name, "at": _seconds(season.start)}
            for number, season in enumerate(seasons, start=1)
        ],
    }


def changes(series: Series, finding: Finding) -> list[tuple[Drift, Shift]]:
    """The drifts in which this rhythm changed, each with its change, in order of time."""
    return [
        (drift, shift)
        for drift in finding.drifts
        for shift in drift.shifts
        if shift.rhythm == series.name
    ]


def caption(series: Series, finding: Finding) -> list[tuple[str, str]]:
    """For each change of this rhythm its likeliest time and the range around it, in words.

    `("late October 2021", "between September 2021 and January 2022")`.
    """
    return [
        (part_of_month(drift.likeliest), between(drift.earliest, drift.latest))
        for drift, _ in changes(series, finding)
    ]


def label(series: Series, finding: Finding) -> str:
    """The chart in words, for who cannot see it."""
    held = [week for week in series.weeks if week.smooth is not None]
    if not held:
        return f"{series.title}: nothing to draw."
    first, last = _middle(held[:_QUARTER_WEEKS]), _middle(held[-_QUARTER_WEEKS:])
    said = (
        f"{series.title}, by week from {month(held[0].start)} to {month(held[-1].start)}: "
        f"around {amount(first, series)} at first, around {amount(last, series)} lately."
    )
    for (likeliest, span), (_, shift) in zip(
        caption(series, finding), changes(series, finding), strict=True
    ):
        size = from_to(shift.before.value, shift.after.value, series)
        said += f" A change begins around {likeliest}, {span}, {size}."
    return said


def _levels(series: Series, finding: Finding) -> list[dict[str, Any]]:
    """The level before the first change, and after each up to the next, with 80 % intervals."""
    found = changes(series, finding)
    if not found:
        return []
    edges = [drift.earliest for drift, _ in found[1:]] + [_end(series)]
    first, shift = found[0]
    spans = [(series.weeks[0].start, first.earliest, shift.before)]
    spans += [
        (drift.latest, until, shift.after)
        for (drift, shift), until in zip(found, edges, strict=True)
    ]
    return [
        _span(start, end)
        | {
            "value": _short(level.value),
            "low": _short(level.low),
            "high": _short(level.high),
            "said": amount(level.value, series),
        }
        for start, end, level in spans
        if start < end
    ]


def _end(series: Series) -> date:
    return series.weeks[-1].start + timedelta(weeks=1)


def _span(start: date, end: date) -> dict[str, Any]:
    return {"from": _seconds(start), "to": _seconds(end)}


def _middle(weeks: Sequence[Week]) -> float:
    values = sorted(week.smooth for week in weeks if week.smooth is not None)
    return values[len(values) // 2]


def _top(weeks: Sequence[Week]) -> float:
    """The upper end of the scale: the whole band, and nearly all single weeks."""
    single = sorted(week.value for week in weeks if week.value is not None)
    band = [week.smooth_high for week in weeks if week.smooth_high is not None]
    usual = single[int(_SHOWN * (len(single) - 1))] if single else 0.0
    return _short(1.08 * max([usual, *band])) or 1.0


def _short(value: float | None) -> float | None:
    """Five significant figures: more cannot be drawn, and the page stays small."""
    return None if value is None else float(f"{value:.5g}")


def _seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
