"""What each rhythm was before a drift and is since, in its own unit, with intervals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.special import ndtri

from turntoward.drift.arrays import Bools, Floats
from turntoward.drift.link import ABSENT, centre, in_unit, residual, to_link
from turntoward.drift.noise import Noise
from turntoward.drift.onset import Dated
from turntoward.drift.record import Record
from turntoward.drift.shift import Shift
from turntoward.messages.evidence import Evidence, Interval

#: A rhythm is named when it takes part with this chance, and the weeks say something of it at all:
#: they hold a change of one unit by so many of its standard errors.
NAMED, HELD = 0.65, 1.5
#: A level since the drift is taken over at most this many weeks.
SINCE = 52
#: A mean over n weeks holds this much of the variance of the wander, and of the mood, times n.
_WANDER_WEEKS, _MOOD_WEEKS = 36.0, 3.0


def named(dated: Dated, warm: Bools) -> list[int]:
    """The rhythms that take part, largest first, the volume last.

    Where together they change and none of them surely alone, the likeliest is named.
    """
    surely = (dated.part >= NAMED) & (dated.grip >= HELD)
    rows = [int(row) for row in np.flatnonzero(surely)]
    if not any(warm[row] for row in rows):
        rows.append(int(np.argmax(np.where(warm, dated.part, -1.0))))
    return sorted(rows, key=lambda row: (not warm[row], -abs(float(dated.effect[row]))))


def shifts_of(
    record: Record, dated: Dated, noise: Noise, since: int, until: int, level: float
) -> tuple[Shift, ...]:
    """The rhythms that take part, each from week `since` on and up to the next change `until`."""
    # Weeks after the next drift began would blur what this one led to.
    full = max(min(dated.full, until - 3), since + 1)
    earlier = (since, max(dated.likeliest, since + 1))
    later = (full, max(min(until, full + SINCE), full + 1))
    before, after = (_levels(record, noise, dated.unit, weeks, level) for weeks in (earlier, later))
    shifts = []
    # What is counted privately comes last: its place among the others would tell its size.
    rows = sorted(named(dated, record.warm), key=lambda row: record.series[row].private)
    for row in rows:
        wide = float(ndtri(0.5 + level / 2.0)) * float(dated.spread[row])
        value = float(dated.effect[row])
        effect = Interval(value=value, low=value - wide, high=value + wide, level=level)
        (was, held_before), (now, held_after) = before[row], after[row]
        shifts.append(
            Shift(
                rhythm=record.series[row].name,
                toward=dated.toward,
                before=was,
                after=now,
                effect=effect,
                evidence=Evidence(
                    count=round(held_before + held_after),
                    interval=effect,
                    perhaps=record.series[row].perhaps,
                ),
            )
        )
    return tuple(shifts)


def _levels(
    record: Record, noise: Noise, unit: Floats, weeks: tuple[int, int], level: float
) -> list[tuple[Interval, float]]:
    """The pooled level of these weeks in each rhythm's unit, and the observations behind it."""
    part = slice(*weeks)
    counts, exposures = record.counts[:, part], record.exposures[:, part]
    plain = replace(record.sort, volume=-1)  # in its own unit, whatever the number of messages
    around = centre(plain, counts, exposures, record.squares[:, part])
    around = replace(around, unit=unit)
    variance = np.stack(
        [residual(plain, around, counts[:, n], exposures[:, n])[1] for n in range(counts.shape[1])],
        axis=1,
    )
    there = variance < ABSENT
    held = np.maximum(there.sum(axis=1), 1)
    firm = np.where(there, 1.0 / (variance + noise.white[:, None]), 0.0).sum(axis=1)
    spread = 1.0 / np.maximum(firm, 1e-9) + noise.mood * np.minimum(1.0, _MOOD_WEEKS / held)
    spread += noise.wander * np.minimum(1.0, _WANDER_WEEKS / held)
    wide = float(ndtri(0.5 + level / 2.0)) * np.sqrt(spread) * unit
    found = []
    for row, one in enumerate(record.series):
        # Nothing was measured here: nothing is known of it, not even a number beyond all numbers.
        wide[row] = min(wide[row], 20.0)
        middle = to_link(one.family, float(around.level[row])) if there[row].any() else 0.0
        found.append(
            (
                Interval(
                    value=in_unit(one.family, middle),
                    low=in_unit(one.family, middle - wide[row]),
                    high=in_unit(one.family, middle + wide[row]),
                    level=level,
                ),
                float(exposures[row].sum()),
            )
        )
    return found
