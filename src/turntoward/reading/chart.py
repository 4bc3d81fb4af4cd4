"""What a chart of one rhythm shows, as plain JSON values for assets/charts.js, and its words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from turntoward.drift.shift import Drift, Finding, Shift
from turntoward.reading.a_week import a_week
from turntoward.reading.reading import Season
from turntoward.reading.saying import amount, between, from_to, part_of_month, title
from turntoward.reading.seasons import lasts_until
from turntoward.reading.weeks import told, without_record
from turntoward.rhythms.series import Family, Series, Week
from turntoward.words import gettext, month

#: Single weeks above this share of all weeks run out of the picture, or one would flatten it.
_SHOWN = 0.9

_QUARTER_WEEKS = 13

_EPOCH = date(1970, 1, 1).toordinal()
_DAY_S = 86400

#: No mark ends later: the day after the last day that there is cannot be counted.
_LAST = date.max - timedelta(days=1)


def chart_data(series: Series, finding: Finding, seasons: Sequence[Season]) -> dict[str, Any]:
    """Everything charts.js draws of a rhythm; moments are seconds since 1970, UTC.

    `weeks`, `value`, `smooth`, `low`, `high`, `count`, `of` are of equal length, with null where a
    week holds nothing; `a_week` are the words for a single one. `drifts` are those that this rhythm
    takes part in, `levels` what it was before, between and since them. `holes` are weeks without a
    record, `told` days that the two marked. `seasons` are numbered from 1 in the order given, as
    the list beside the chart numbers them.
    """
    weeks = series.weeks
    by_logs = series.family is Family.LEVEL  # whose counts are sums of logs, and no counts
    return {
        "name": series.name,
        "title": title(series),
        "family": series.family.value,
        "unit": series.unit,  # which charts.js reads, and does not show
        "label": label(series, finding),
        "weeks": [seconds(week.start) for week in weeks],
        "value": _shorts([week.value for week in weeks]),
        "smooth": _shorts([week.smooth for week in weeks]),
        "low": _shorts([week.smooth_low for week in weeks]),
        "high": _shorts([week.smooth_high for week in weeks]),
        "count": None if by_logs else [_whole(week.count, week) for week in weeks],
        "of": [_whole(week.exposure, week) for week in weeks],
        "a_week": a_week(series),
        "top": _top(weeks),
        "drifts": [
            {
                "from": seconds(drift.earliest),
                "to": seconds(drift.latest),
                "likeliest": seconds(drift.likeliest),
                "toward": drift.toward.value,
            }
            for drift, _ in changes(series, finding)
        ],
        "levels": _levels(series, finding),
        "holes": [span_of(*span) for span in without_record(series)],
        "told": [span_of(*span) for span in told(series, seasons)],
        "seasons": marks(seasons),
    }


def marks(seasons: Sequence[Season]) -> list[dict[str, Any]]:
    """The seasons as numbered marks: from the first moment of their days `at` up to `to`."""
    return [
        {
            "number": number,
            "name": season.name,
            "at": seconds(season.start),
            "to": seconds(min(lasts_until(season), _LAST) + timedelta(days=1)),
        }
        for number, season in enumerate(seasons, start=1)
    ]


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
        return gettext("{title}: nothing to draw.").format(title=title(series))
    first, last = _middle(held[:_QUARTER_WEEKS]), _middle(held[-_QUARTER_WEEKS:])
    said = gettext(
        "{title}, by week from {start} to {end}: around {first} at first, around {last} lately."
    ).format(
        title=title(series),
        start=month(held[0].start),
        end=month(held[-1].start),
        first=amount(first, series),
        last=amount(last, series),
    )
    for (likeliest, span), (_, shift) in zip(
        caption(series, finding), changes(series, finding), strict=True
    ):
        size = from_to(shift.before.value, shift.after.value, series)
        change = gettext("A change begins around {likeliest}, {span}, {size}.")
        said += " " + change.format(likeliest=likeliest, span=span, size=size)
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
        span_of(start, end)
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


def span_of(start: date, end: date) -> dict[str, Any]:
    """From a day up to, but without, another, as moments."""
    return {"from": seconds(start), "to": seconds(end)}


def _middle(weeks: Sequence[Week]) -> float:
    values = sorted(week.smooth for week in weeks if week.smooth is not None)
    return values[len(values) // 2]


def _top(weeks: Sequence[Week]) -> float:
    """The upper end of the scale: the whole band, and nearly all single weeks."""
    single = sorted(week.value for week in weeks if week.value is not None)
    band = [week.smooth_high for week in weeks if week.smooth_high is not None]
    usual = single[int(_SHOWN * (len(single) - 1))] if single else 0.0
    return _short(1.08 * max([usual, *band])) or 1.0


def _shorts(values: Sequence[float | None]) -> list[float | None]:
    """Five significant figures each: more cannot be drawn, and the page stays small."""
    exact = np.array(values, dtype=float)
    size = np.abs(exact)
    held = (size > 0) & np.isfinite(size)
    digits = np.where(held, 4 - np.floor(np.log10(size, where=held, out=np.zeros_like(size))), 0)
    # Divided by a whole power of ten, a whole number becomes the one that is written short.
    up, down = 10.0 ** np.maximum(digits, 0), 10.0 ** np.maximum(-digits, 0)
    shortened = np.round(exact * up / down) / up * down
    found: list[float | None] = shortened.tolist()
    return [None if value is None else short for value, short in zip(values, found, strict=True)]


def _short(value: float) -> float:
    return float(f"{value:.5g}")


def _whole(value: float, week: Week) -> int | None:
    """A count as it is said: corrections can leave a part of one."""
    return round(value) if week.exposure > 0 else None


def seconds(day: date) -> int:
    """The first moment of a day, in seconds since 1970, UTC."""
    return (day.toordinal() - _EPOCH) * _DAY_S
