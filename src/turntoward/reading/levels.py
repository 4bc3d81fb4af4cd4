"""Each rhythm before, between and since its changes, side by side: a reading as one table."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from turntoward.drift.shift import Shift, Toward
from turntoward.messages.evidence import Interval
from turntoward.reading.periods import pooled
from turntoward.reading.reading import Reading
from turntoward.reading.saying import part_of_month
from turntoward.rhythms.series import Series
from turntoward.words import gettext, ngettext

#: Where nothing changed, "lately" is this long, or half of a shorter record.
LATELY = timedelta(weeks=26)

#: More stretches than this do not fit beside each other; the latest are shown.
_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Weeks between two changes; `name` says when it is: "since late October 2021"."""

    start: date
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One rhythm over the stretches; null where a stretch holds nothing to measure.

    `changed` is which way it went for good, in order; where it is empty, the values are only what
    they are, and chance alone makes them differ.
    """

    series: Series
    values: tuple[Interval | None, ...]
    changed: tuple[Toward, ...]


def stretches(reading: Reading) -> tuple[Stretch, ...]:
    """Parted where drifts begin; else the last half year and all before it."""
    weeks = sorted({week.start for series in reading.series for week in series.weeks})
    if not weeks:
        return ()
    starts = [drift.likeliest for drift in reading.finding.drifts][1 - _MOST :]
    if starts:
        # Translators: {when} is such as "early March 2023"
        since, before = gettext("since {when}"), gettext("before {when}")
        named = [Stretch(start=d, name=since.format(when=part_of_month(d))) for d in starts]
        earlier = before.format(when=part_of_month(starts[0]))
        return (Stretch(start=_begin(reading, weeks[0]), name=earlier), *named)
    at = max(weeks[-1] + timedelta(weeks=1) - LATELY, weeks[len(weeks) // 2])
    lately = round((weeks[-1] - at).days / 7) + 1
    last = ngettext("in the last {weeks} week", "in the last {weeks} weeks", lately)
    return (
        Stretch(start=weeks[0], name=gettext("before")),
        Stretch(start=at, name=last.format(weeks=lately)),
    )


def levels(reading: Reading) -> tuple[Level, ...]:
    """Every rhythm that may be shown over the `stretches`, in the order of the reading."""
    starts = [stretch.start for stretch in stretches(reading)]
    shifts = [(d.likeliest, shift) for d in reading.finding.drifts for shift in d.shifts]
    return tuple(
        _level(series, starts, [pair for pair in shifts if pair[1].rhythm == series.name])
        for series in reading.series
        if not series.private
    )


def _begin(reading: Reading, first: date) -> date:
    """Where the first stretch begins: at the change before it, if that is not shown."""
    hidden = reading.finding.drifts[: 1 - _MOST]
    return hidden[-1].likeliest if hidden else first


def _level(series: Series, starts: list[date], shifts: list[tuple[date, Shift]]) -> Level:
    """The detector's own values beside a change, which know how a change sets in; else pooled."""
    group = [bisect_right(starts, week.start) - 1 for week in series.weeks]
    values = pooled(series, group, len(starts))
    shown = [(starts.index(day), shift) for day, shift in shifts if day in starts]
    for after, shift in shown:
        values[after - 1] = shift.before
    for after, shift in shown:
        values[after] = shift.after
    changed = tuple(shift.toward for _, shift in shown)
    return Level(series=series, values=tuple(values), changed=changed)
