"""Since when, and which rhythms: drift and reconnection in a couple's own record.

The method and its figures stand in docs/drift.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np

from turntoward.drift.baseline import Learned, Noise, learn, nothing_learned
from turntoward.drift.link import FEWEST_WEEKS, residuals
from turntoward.drift.onset import Dated, date_of
from turntoward.drift.record import Record, align
from turntoward.drift.shift import Drift, Finding, Toward, Verdict
from turntoward.drift.sizes import shifts_of
from turntoward.drift.watch import BEFORE, LEARN, SETTLE, TELL, Alarm, told
from turntoward.rhythms.series import Series

#: Weeks after the decision that still refine a date.
REFINE = 39


def find(series: Sequence[Series], *, level: float = 0.8) -> Finding:
    """Find drift and reconnection in a record; `level` is the probability of the intervals.

    Week by week: what is said of a week rests on the weeks up to it, only the dates of a drift
    are refined by some weeks after it. `CANNOT_TELL` with fewer than 40 recorded weeks, or where
    only the number of messages was measured: that alone is never drift.
    """
    record = align([one for one in series if any(week.exposure > 0 for week in one.weeks)])
    weeks = 0 if record is None else int(record.recorded.sum())
    if record is None or weeks < LEARN:
        return _too_short(record, weeks)
    first, begin, learned = begun(record)
    held = (record.exposures[record.warm, first:begin] > 0).sum(axis=1)
    if held.max() < FEWEST_WEEKS:
        return _cannot_tell(
            weeks,
            "Your rhythms were seen in too few weeks at the beginning of the record to know what "
            "is usual for the two of you.",
        )
    drifts = _drifts(record, _changes(record, first, begin, learned, level), level)
    verdict = Verdict.CHANGED if drifts else Verdict.NOTHING
    return Finding(verdict=verdict, weeks=weeks, drifts=drifts)


def begun(record: Record) -> tuple[int, int, Learned]:
    """The first recorded week, the first that may have a verdict, and what was learned by then."""
    first = int(np.flatnonzero(record.recorded)[0])
    begin = _after(record, first, LEARN - 1)
    data = residuals(record, first, begin, begin)
    return first, begin, learn(nothing_learned(len(record.series), first), data, begin)


def _changes(
    record: Record, first: int, begin: int, learned: Learned, level: float
) -> list[tuple[Alarm, Dated]]:
    """One after the other: after each, what is usual is learned anew from its end on."""
    changes: list[tuple[Alarm, Dated]] = []
    # The way back is one only after a drift.
    tell = {Toward.QUIETER: TELL[Toward.QUIETER]}
    while begin < record.weeks:
        alarm = next(told(record, first, begin, learned, tell), None)
        if alarm is None:
            break
        dated = date_of(record, alarm, min(alarm.week + SETTLE, record.weeks - 1), level)
        again = bool(changes) and changes[-1][1].toward == dated.toward
        # What still moves right after a change, the same way, is the rest of that change.
        if not (again and dated.likeliest < first + BEFORE + 4):
            changes.append((alarm, dated))
        first = dated.full
        begin = max(dated.seen + 1, _after(record, first, SETTLE))
        learned = replace(alarm.learned, until=first)
        tell = TELL
    return changes


def _drifts(record: Record, changes: list[tuple[Alarm, Dated]], level: float) -> tuple[Drift, ...]:
    """The changes with the dates that the weeks since then allow, up to the next change."""
    nexts = [*(dated.earliest for _, dated in changes[1:]), record.weeks][: len(changes)]
    drifts: list[Drift] = []
    for (alarm, dated), until in zip(changes, nexts, strict=True):
        seen = max(dated.seen, min(until - 1, alarm.week + REFINE))
        final = dated if seen == dated.seen else date_of(record, alarm, seen, level)
        drift = _drift(record, final, alarm.view.noise, until, level)
        last = drifts[-1] if drifts else None
        # Two datings that turn out to mean the same are one change, told when it was noticed first.
        if last and last.toward is drift.toward and drift.earliest <= last.latest:
            continue
        drifts.append(drift)
    return tuple(drifts)


def _after(record: Record, first: int, recorded: int) -> int:
    """The week after `recorded` recorded weeks from `first` on, or the end of the record."""
    weeks = np.flatnonzero(record.recorded[first:])
    return first + int(weeks[recorded - 1]) + 1 if len(weeks) >= recorded else record.weeks


def _drift(record: Record, dated: Dated, noise: Noise, until: int, level: float) -> Drift:
    return Drift(
        toward=dated.toward,
        earliest=record.monday(dated.earliest),
        likeliest=record.monday(dated.likeliest),
        latest=record.monday(dated.latest) + timedelta(days=6),
        noticed=record.monday(dated.noticed),
        probability=dated.probability,
        shifts=shifts_of(record, dated, noise, until, level),
    )


def _too_short(record: Record | None, weeks: int) -> Finding:
    if record is not None and not record.warm.any():
        return _cannot_tell(
            weeks, "Only the number of your messages could be measured, and that alone says little."
        )
    held = {0: "no weeks", 1: "only one week"}.get(weeks, f"only {weeks} weeks")
    return _cannot_tell(
        weeks,
        f"There are {held} of your rhythms so far. "
        f"What is usual for the two of you shows after about {LEARN}.",
    )


def _cannot_tell(weeks: int, why: str) -> Finding:
    return Finding(verdict=Verdict.CANNOT_TELL, weeks=weeks, why=why)
