"""What each rhythm was before a drift and is since, in its own unit, with intervals."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from turntoward.drift.baseline import Noise
from turntoward.drift.link import ABSENT, in_unit, residuals, to_link
from turntoward.drift.onset import Dated
from turntoward.drift.record import Record
from turntoward.drift.shift import Shift
from turntoward.messages.evidence import Evidence, Interval

#: A rhythm is named when it is more likely than not that it takes part.
NAMED = 0.5
#: A level since the drift is taken over at most this many weeks.
SINCE = 52
#: A mean over n weeks holds this much of the variance of the wander, times n.
_WANDER_WEEKS = 36.0


def shifts_of(
    record: Record, dated: Dated, noise: Noise, until: int, level: float
) -> tuple[Shift, ...]:
    """The rhythms that take part, largest first, the volume last, up to the next change `until`."""
    rows = [row for row in range(len(record.series)) if dated.part[row] >= NAMED]
    if not any(record.warm[row] for row in rows):
        # Together they change, and none of them surely alone: name the likeliest.
        rows.append(int(np.argmax(np.where(record.warm, dated.part, -1.0))))
    rows.sort(key=lambda row: (not record.warm[row], -abs(dated.effect[row])))
    # Weeks after the next drift began would blur what this one led to.
    full = min(dated.full, until - 3)
    return tuple(
        _shift(record, int(row), dated, noise, (full, min(until, full + SINCE)), level)
        for row in rows
    )


def _shift(
    record: Record, row: int, dated: Dated, noise: Noise, since: tuple[int, int], level: float
) -> Shift:
    series = record.series[row]
    before, held_before = _level(record, row, noise, (dated.since, dated.likeliest), level)
    after, held_after = _level(record, row, noise, since, level)
    wide = float(ndtri(0.5 + level / 2.0)) * float(dated.spread[row])
    value = float(dated.effect[row])
    effect = Interval(value=value, low=value - wide, high=value + wide, level=level)
    return Shift(
        rhythm=series.name,
        toward=dated.toward,
        before=before,
        after=after,
        effect=effect,
        evidence=Evidence(
            count=round(held_before + held_after), interval=effect, perhaps=series.perhaps
        ),
    )


def _level(
    record: Record, row: int, noise: Noise, weeks: tuple[int, int], level: float
) -> tuple[Interval, float]:
    """The pooled level of these weeks in the rhythm's unit, and the observations behind it."""
    first, last = weeks
    family = record.series[row].family
    pooled = residuals(record, first, last, last, fewest=1)
    variance = pooled.variance[row] + noise.white[row]
    there = pooled.variance[row] < ABSENT
    spread = 1.0 / np.maximum((1.0 / variance[there]).sum(), 1e-9)
    spread += noise.wander[row] * min(1.0, _WANDER_WEEKS / max(int(there.sum()), 1))
    wide = float(ndtri(0.5 + level / 2.0)) * float(np.sqrt(spread))
    middle = to_link(family, float(pooled.level[row])) if there.any() else 0.0
    interval = Interval(
        value=in_unit(family, middle),
        low=in_unit(family, middle - wide),
        high=in_unit(family, middle + wide),
        level=level,
    )
    return interval, float(record.exposures[row, first:last].sum())
