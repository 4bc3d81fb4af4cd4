"""Once a drift is told: since when, over how many weeks, and which rhythms take part by how much.

As seen at the end of a week: later weeks refine the date; the decision itself never moves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from turntoward.drift.arrays import Floats
from turntoward.drift.evidence import taking_part
from turntoward.drift.noise import Noise
from turntoward.drift.odds import BEFORE, LENGTHS_PRIOR, TURNED, Rhythms, Sought, log_drift, shared
from turntoward.drift.shift import Toward
from turntoward.drift.tracker import LENGTHS, Tracker

#: The weeks are a little less informative than the model believes: real wander and events are not
#: Gaussian. The power by which that is allowed for is set by `benchmarks/drift.py`, see docs.
TEMPER = 0.8
#: In dating, slow beginnings are likelier beforehand: most couples "drift quietly". What begins so
#: is told early enough only if steps are favoured in the decision.
DATING_PRIOR: Floats = np.array([0.25, 0.2, 0.25, 0.3])
FLAT = np.log(DATING_PRIOR / LENGTHS_PRIOR)
#: No start is known to the week: the shapes are straight lines and come in four lengths. Each start
#: lends this much to the weeks around it.
BLUR = np.array([1.0, 2.0, 3.0, 2.0, 1.0]) / 9.0
#: Starts and shapes with less than this share of the posterior are left out of the sizes.
NEGLIGIBLE = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A drift in week numbers, as seen at the end of week `seen`.

    `effect` and `spread` (link scale, positive is closer) and `part`, the chance that a rhythm
    takes part, are in the order of the rhythms; `unit` is that of the noise. `grip` is how firmly
    the weeks hold a change of one such unit, 1 over its standard error. `full` is about when the
    change was complete.
    """

    toward: Toward
    seen: int
    earliest: int
    likeliest: int
    latest: int
    full: int
    effect: Floats
    spread: Floats
    unit: Floats
    grip: Floats
    part: Floats


def date_of(
    tracker: Tracker,
    noise: Noise,
    rhythms: Rhythms,
    sought: Sought,
    *,
    unit: Floats,
    level: float,
    by: int,
) -> Dated:
    """Date a change that was told in week `by`; `level` is that of the interval.

    `unit` is that of the residuals, as in `link.Centre`.
    """
    seen = tracker.week - 1
    looking = tracker.looking(BEFORE, 0, trust=True)
    logs = log_drift(looking, noise, sought, rhythms.warm) + FLAT[:, None]
    logs[:, looking.starts >= by] = -np.inf
    chance = np.exp(TEMPER * (logs - logs.max()))
    chance /= chance.sum()
    begins = _blurred(chance.sum(axis=0))
    edge = (1.0 - level) / 2.0
    early, late = np.searchsorted(np.cumsum(begins), [edge, 1.0 - edge])
    end = (chance * (looking.starts + np.array(LENGTHS)[:, None])).sum()
    near = chance > NEGLIGIBLE
    size, grip = looking.size[near], looking.grip[near]
    weight = (chance[near] / chance[near].sum())[:, None]
    turn = TURNED[sought.toward]
    part = taking_part(size * turn, grip, shared(looking, noise)[near], sought.chances)
    effect = (weight * part.effect).sum(axis=0)
    spread = (weight * (part.variance + (part.effect - effect) ** 2)).sum(axis=0)
    starts = looking.starts
    return Dated(
        toward=sought.toward,
        seen=seen,
        earliest=int(starts[early]),
        likeliest=int(starts[begins.argmax()]),
        latest=int(starts[min(late, len(starts) - 1)]),
        full=int(min(round(float(end)), seen)),
        effect=turn * effect * unit,
        spread=np.sqrt(spread) * unit,
        unit=unit,
        grip=(weight * grip).sum(axis=0),
        part=(weight * part.chance).sum(axis=0),
    )


def _blurred(begins: Floats) -> Floats:
    """The same chances, less sure of the single week; still of these starts and adding up to 1."""
    reach = len(BLUR) // 2
    wide = np.convolve(begins, BLUR)[reach : reach + len(begins)]
    return np.asarray(wide / wide.sum())
