"""Once a drift is told: since when, over how many weeks, and which rhythms take part by how much.

Seen from some weeks after the decision, because later weeks refine the date; the decision itself
never moves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from turntoward.drift.evidence import taking_part
from turntoward.drift.logs import log_sum
from turntoward.drift.record import Floats, Record
from turntoward.drift.shapes import LENGTHS, LENGTHS_PRIOR
from turntoward.drift.shift import Toward
from turntoward.drift.watch import TURNED, Alarm, log_drift, log_odds, stretch

#: The weeks are a little less informative than the model believes: real wander and events are not
#: Gaussian. The power by which that is allowed for is set by `benchmarks/drift.py`, see docs.
TEMPER = 0.7
#: In dating, steps and ramps of all lengths are alike beforehand: most couples "drift quietly", and
#: what begins as a ramp is told early enough only if steps are favoured in the decision.
FLAT = -np.log(LENGTHS_PRIOR * len(LENGTHS))
#: No start is known to the week: the shapes are straight lines and come in four lengths. Each start
#: lends this much to the weeks around it.
BLUR = np.array([1.0, 2.0, 3.0, 2.0, 1.0]) / 9.0
#: Single weeks are trusted further here than in the decision, where one week must never be enough.
TRUST = 4.0
#: Starts and shapes with less than this share of the posterior are left out of the sizes.
NEGLIGIBLE = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A drift in week numbers of the record, as seen from week `seen`.

    `effect` and `spread` (link scale, positive is closer) and `part`, the chance that a rhythm
    takes part, are in the order of the record. `full` is about when the change was complete.
    """

    toward: Toward
    noticed: int
    seen: int
    since: int
    earliest: int
    likeliest: int
    latest: int
    full: int
    probability: float
    effect: Floats
    spread: Floats
    part: Floats


def date_of(record: Record, alarm: Alarm, seen: int, level: float) -> Dated:
    """Date an alarm as seen at the end of week `seen`; `level` is that of the interval."""
    old = alarm.view
    view = stretch(record, old.noise, old.first, old.scanned, seen + 1, clip=TRUST)
    logs = log_drift(view, seen, alarm.toward, by=alarm.week - 1) + FLAT[:, None]
    starts = np.arange(view.starts.start, view.starts.stop) + view.first
    chance = np.exp(TEMPER * (logs - logs.max()))
    chance /= chance.sum()
    begins = _blurred(chance.sum(axis=0))
    edge = (1.0 - level) / 2.0
    early, late = np.searchsorted(np.cumsum(begins), [edge, 1.0 - edge])
    end = (chance * (starts + LENGTHS[:, None])).sum()
    row = seen - view.scanned
    near = chance > NEGLIGIBLE
    size, grip = view.fits.size[:, row][near], view.fits.grip[:, row][near]
    weight = (chance[near] / chance[near].sum())[:, None]
    effect = (weight * size / grip).sum(axis=0)
    spread = (weight * (1.0 / grip**2 + (size / grip - effect) ** 2)).sum(axis=0)
    part = taking_part(size * TURNED[alarm.toward], grip, view.loading(seen)[near])
    odds = max(alarm.log_odds, float(log_sum(log_odds(record, view, seen, alarm.toward))))
    return Dated(
        toward=alarm.toward,
        noticed=alarm.week,
        seen=seen,
        since=view.first,
        earliest=int(starts[early]),
        likeliest=int(starts[begins.argmax()]),
        latest=int(starts[min(late, len(starts) - 1)]),
        full=int(min(round(float(end)), seen)),
        probability=1.0 / (1.0 + float(np.exp(-odds))),
        effect=effect,
        spread=np.sqrt(spread),
        part=(weight * part).sum(axis=0),
    )


def _blurred(begins: Floats) -> Floats:
    """The same chances, less sure of the single week; still of these starts and adding up to 1."""
    reach = len(BLUR) // 2
    wide = np.convolve(begins, BLUR)[reach : reach + len(begins)]
    return np.asarray(wide / wide.sum())
