"""Since when, and which rhythms: drift and reconnection in a couple's own record.

The method and its figures stand in docs/drift.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from scipy.special import expit

from turntoward.drift.known import Spell, shares
from turntoward.drift.odds import Rhythms
from turntoward.drift.onset import Dated
from turntoward.drift.reasons import ONLY_NUMBERS, TOO_FEW_AT_FIRST, too_short
from turntoward.drift.record import Record, align
from turntoward.drift.shift import Drift, Finding, Sureness, Verdict
from turntoward.drift.sizes import shifts_of
from turntoward.drift.stream import LEARN, Counted, Noticed, Stream
from turntoward.rhythms.series import Series

#: Weeks after the decision that still refine a date.
REFINE = 39


def find(series: Sequence[Series], *, level: float = 0.8, spells: Sequence[Spell] = ()) -> Finding:
    """Find drift and reconnection in a record; `level` is the probability of the intervals.

    `spells` are days that the two told of. Week by week: what is said of a week rests on the weeks
    up to it, only the dates of a drift are refined by some weeks after it. `CANNOT_TELL` with
    fewer than 52 recorded weeks, or where only the number of messages was measured: that alone is
    never drift.
    """
    record = align([one for one in series if any(week.exposure > 0 for week in one.weeks)])
    weeks = 0 if record is None else int(record.recorded.sum())
    if record is None or weeks < LEARN:
        return _too_short(record, weeks)
    stream = Stream(
        rhythms=Rhythms(sort=record.sort, warm=record.warm),
        season=record.first.isocalendar().week,
        level=level,
    )
    told = shares(spells, record.first, record.weeks)
    for week in range(record.weeks):
        stream.add(
            Counted(
                counts=record.counts[:, week],
                exposures=record.exposures[:, week],
                squares=record.squares[:, week],
                told=told[week],
            )
        )
    if not stream.measured:
        return _cannot_tell(weeks, TOO_FEW_AT_FIRST)
    drifts = _drifts(record, stream, level)
    verdict = Verdict.CHANGED if drifts else Verdict.NOTHING
    return Finding(verdict=verdict, weeks=weeks, drifts=drifts)


def _drifts(record: Record, stream: Stream, level: float) -> tuple[Drift, ...]:
    """The changes with the dates that the weeks since then allow, up to the next change."""
    changes = stream.noticed
    nexts = [*(found.dated.earliest for found in changes[1:]), record.weeks][: len(changes)]
    drifts: list[Drift] = []
    for found, until in zip(changes, nexts, strict=True):
        seen = max(found.dated.seen, min(until, found.week + REFINE + 1, record.weeks) - 1)
        dated = stream.later(found, seen)
        drift = _drift(record, found, dated, until, level)
        last = drifts[-1] if drifts else None
        # Two datings that turn out to mean the same are one change, told when it was noticed first.
        if last and last.toward is drift.toward and drift.earliest <= last.latest:
            continue
        drifts.append(drift)
    return tuple(drifts)


def _drift(record: Record, found: Noticed, dated: Dated, until: int, level: float) -> Drift:
    return Drift(
        toward=found.sought.toward,
        earliest=record.monday(dated.earliest),
        likeliest=record.monday(dated.likeliest),
        latest=record.monday(dated.latest) + timedelta(days=6),
        noticed=record.monday(found.week),
        # Something that passes later says nothing against a change that was there before it.
        probability=_chance(max(found.path[dated.seen], found.log_odds)),
        shifts=shifts_of(record, dated, found.noise, found.since, until, level),
        evidence=tuple(
            Sureness(week=record.monday(week), probability=_chance(path))
            for week, path in sorted(found.path.items())
        ),
    )


def _chance(log_odds: float) -> float:
    return float(expit(log_odds))


def _too_short(record: Record | None, weeks: int) -> Finding:
    if record is not None and not record.warm.any():
        return _cannot_tell(weeks, ONLY_NUMBERS)
    return _cannot_tell(weeks, too_short(weeks, LEARN))


def _cannot_tell(weeks: int, why: str) -> Finding:
    return Finding(verdict=Verdict.CANNOT_TELL, weeks=weeks, why=why)
