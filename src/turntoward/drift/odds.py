"""What the weeks so far say for a drift, against all else that would explain them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from turntoward.drift.arrays import Bools, Floats, log_sum
from turntoward.drift.everyday import FEWER_OFTEN, log_fewer, log_passing
from turntoward.drift.evidence import log_ratios
from turntoward.drift.link import Sort
from turntoward.drift.noise import Noise
from turntoward.drift.shift import Toward
from turntoward.drift.tracker import Looking, Tracker
from turntoward.rhythms.series import Family

#: A rhythm that drifted comes back with this chance, and one that did not with the rest of it.
BACK = 0.85
#: How likely each length of a change is beforehand.
LENGTHS_PRIOR: Floats = np.array([0.4, 0.2, 0.2, 0.2])
#: Weeks of baseline before a start, and weeks after it before it may be told.
BEFORE, AFTER = 12, 3
#: Before any data: a drift begins once in five years, and after one the way back within two.
LOG_HAZARD = {Toward.QUIETER: float(np.log(1 / 260)), Toward.CLOSER: float(np.log(1 / 104))}
#: How much of the variance of the wander the rhythms share. It cannot be learned: a couple shows
#: too few slow waves in all its weeks.
WANDER_SHARED = 0.15
#: Turns a size so that positive agrees with the direction.
TURNED = {Toward.QUIETER: -1.0, Toward.CLOSER: 1.0}
#: Starts and shapes whose best possible evidence is less by more than this are left out, and at
#: most so many are looked at closely.
CLOSE, MOST = 6.0, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythms:
    """What the detector knows of the rhythms beforehand.

    `warm` are those that may show a drift: measured, and not the volume.
    """

    sort: Sort
    warm: Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A drift, or the way back from one.

    `chances` are how likely each rhythm takes part in it. Of a drift nobody knows that beforehand;
    what comes back is what went.
    """

    toward: Toward
    chances: Floats | None = None

    @classmethod
    def back(cls, part: Floats) -> Sought:
        """The way back from a drift in which each rhythm takes part with this chance."""
        return cls(toward=Toward.CLOSER, chances=np.clip(BACK * part, 1.0 - BACK, BACK))


def shared(looking: Looking, noise: Noise) -> Floats:
    """How far errors are shared: shapes by starts by rhythms.

    Moods are shared and brief, as far as was learned. Of the wander, which lasts, a part is.
    """
    brief = looking.brief
    return np.asarray(np.sqrt(noise.loading**2 * brief + WANDER_SHARED * (1.0 - brief)))


def log_prior(looking: Looking, toward: Toward) -> Floats:
    """Log odds before any data: shapes by starts."""
    return np.asarray(
        LOG_HAZARD[toward] + np.log(LENGTHS_PRIOR)[:, None] + np.zeros(len(looking.starts))
    )


def log_drift(looking: Looking, noise: Noise, sought: Sought, warm: Bools) -> Floats:
    """Log of prior odds times likelihood ratio against no change, of every shape and start."""
    ratio = log_ratios(
        looking.size * TURNED[sought.toward],
        looking.grip,
        shared(looking, noise),
        warm,
        sought.chances,
    )
    return np.asarray(noise.apart * ratio + log_prior(looking, sought.toward))


def log_odds(
    tracker: Tracker,
    looking: Looking,
    noise: Noise,
    rhythms: Rhythms,
    sought: Sought,
    enough: float = -np.inf,
) -> float:
    """Log odds of a drift, at the end of this week; minus infinity where below `enough`.

    `looking` are the starts and shapes that may be told. What is cheap to see is looked at first:
    most weeks are nowhere near.
    """
    if not len(looking.starts):
        return -np.inf
    agrees = np.maximum(looking.size[:, :, rhythms.warm] * TURNED[sought.toward], 0.0)
    most = log_prior(looking, sought.toward) + 0.5 * np.einsum("lsr,lsr->ls", agrees, agrees)
    best = most.max()
    if best + 3.0 < enough:
        return -np.inf
    count = min(MOST, most.size)
    near = most >= max(best - CLOSE, np.partition(most.ravel(), -count)[-count])
    size, grip = looking.size[near], looking.grip[near]
    loading = shared(looking, noise)[near]
    logs = log_ratios(size * TURNED[sought.toward], grip, loading, rhythms.warm, sought.chances)
    prior = log_prior(looking, sought.toward)[near]
    if float(log_sum(prior + noise.apart * logs)) < enough:
        return -np.inf
    at = np.nonzero(near)[1]
    starts = looking.starts[at.min() :]
    rival = log_passing(tracker, noise.loading, starts)[at - at.min()]
    if rhythms.sort.volume >= 0:
        rates = np.array([family is Family.RATE for family in rhythms.sort.families])
        fewer = log_fewer(size, grip, loading, rates, rhythms.sort.volume) + np.log(FEWER_OFTEN)
        rival = np.logaddexp(rival, fewer) - np.log1p(FEWER_OFTEN)
    return float(log_sum(prior + noise.apart * (logs - rival)))
