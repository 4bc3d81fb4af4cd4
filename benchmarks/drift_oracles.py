"""Two oracles: how soon a drift could be told by one who knows nearly all of it beforehand.

Both know which rhythms change, by how much, in which shape and over how many weeks. Only the start
is unknown: the likelihood ratio of a change, with the common mood, is summed over all starts
(Shiryaev). "Knows everything" has the couple's level, seasons, told days and noise from a twin
without any change; "must learn the baseline" learns them from the weeks as the detector does. Each
runs in two kinds, with and without holding a drift against something that passes, and each of
these has its own limit, set on steady couples as if one of the scenario's drifts were looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from multiprocessing.pool import Pool

import numpy as np
from drift_weeks import PER_YEAR, WATCHED, Floats, first_over, loosest, weeks_of

from turntoward.drift.arrays import log_sum
from turntoward.drift.days import NAMES, SORT, WARM
from turntoward.drift.everyday import log_passing
from turntoward.drift.link import Centre, centre, residual
from turntoward.drift.noise import Learner, Noise
from turntoward.drift.odds import BEFORE, Rhythms, shared
from turntoward.drift.planted import Plan, Planted, effects_of, length_of, plant
from turntoward.drift.planted_days import numbers_of
from turntoward.drift.stream import LOOK, Counted, Stream, _Usual
from turntoward.drift.tracker import Looking, Tracker

#: How surely the level is known from the twin (a standard deviation on the link scale).
LEVEL_KNOWN = 0.03
#: Weeks after its start in which a drift may still be told.
PATIENCE = 130
LIMITS = np.arange(-10.0, 25.0, 0.05).tolist()


class Knows(StrEnum):
    """What an oracle knows beside the change."""

    ALL = "oracle, knows everything"
    CHANGE = "oracle, must learn the baseline"


#: An oracle, and whether it holds the drift against something passing.
Kind = tuple[Knows, bool]
KINDS: tuple[Kind, ...] = tuple((knows, passing) for knows in Knows for passing in (False, True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """The drift that is looked for: its effect by rhythm, and its length in weeks."""

    effect: Floats
    length: int


def _sought(effects: dict[str, float], length: int) -> Sought:
    return Sought(effect=np.array([effects.get(name, 0.0) for name in NAMES]), length=length)


def _lengths(sought: Sequence[Sought]) -> tuple[int, ...]:
    return tuple(sorted({0, 8, *(one.length for one in sought)}))


def _log_ratio(looking: Looking, shape: int, noise: Noise, effect: Floats) -> Floats:
    """Log likelihood ratio of this very change against none, by start."""
    size, shift = looking.size[shape], effect * looking.grip[shape]
    loading = shared(looking, noise)[shape]
    own = 1.0 - loading**2
    room = 1.0 + (loading**2 / own).sum(axis=-1)
    pull = (shift * loading / own).sum(axis=-1)
    both = (shift * size / own).sum(axis=-1) - pull * (size * loading / own).sum(axis=-1) / room
    return np.asarray(both - 0.5 * ((shift**2 / own).sum(axis=-1) - pull**2 / room))


def _seen(tracker: Tracker, noise: Noise, sought: Sequence[Sought]) -> Floats:
    """Log of the sum over all starts, of every drift that is looked for, without and with rival."""
    looking = tracker.looking(BEFORE, 0)
    if not len(looking.starts):
        return np.full((len(sought), 2), -np.inf)
    rival = log_passing(tracker, noise.loading, looking.starts)
    found = []
    for one in sought:
        shape = tracker.lengths.index(one.length)
        ratio = _log_ratio(looking, shape, noise, one.effect)
        found.append([float(log_sum(ratio)), float(log_sum(ratio - rival))])
    return np.array(found)


@dataclass(kw_only=True)
class _Learning(Stream):
    """The detector's own stream up to the decision, following the lengths that are looked for."""

    sought: Sequence[Sought]
    last: Floats = field(default_factory=lambda: np.zeros(0))

    def _begin(self, first: int, last: int, ready: int) -> None:
        super()._begin(first, last, ready)
        assert self._usual is not None
        lengths = _lengths(self.sought)
        self._usual.tracker = Tracker(rhythms=len(WARM), first=first, lengths=lengths)

    def _decide(self, usual: _Usual, number: int) -> None:
        self.last = _seen(usual.tracker, self._noise, self.sought)


def _learning(couple: Planted, sought: Sequence[Sought]) -> Iterator[Floats]:
    """Week by week, what the oracle sees that must learn the baseline."""
    none = np.full((len(sought), 2), -np.inf)
    stream = _Learning(rhythms=Rhythms(sort=SORT, warm=WARM), sought=sought)
    for week in weeks_of(couple):
        stream.last = none
        stream.add(week)
        yield stream.last


def _twin(couple: Planted, seed: int) -> tuple[Centre, Tracker, Noise]:
    """All that is usual for the couple, from weeks like theirs in which nothing changed."""
    random = np.random.default_rng([seed, 1])
    weeks = weeks_of(replace(couple, numbers=numbers_of(random, couple.latent, couple.usual)))
    counts, exposures, squares = (
        np.stack([getattr(week, name) for week in weeks], axis=1)
        for name in ("counts", "exposures", "squares")
    )
    around = centre(SORT, counts, exposures, squares)
    learner, tracker = Learner(rhythms=len(WARM)), Tracker(rhythms=len(WARM), first=0)
    noise = learner.noise()
    for number, week in enumerate(weeks):
        value, variance, there = residual(SORT, around, week.counts, week.exposures)
        expected = tracker.expected(week.told, number)
        surprise = tracker.add(value, variance, noise, week.told, number)
        learner.add(value - expected, variance, there, surprise)
        if number % LOOK == 0:
            noise = learner.noise()
    return around, tracker, learner.noise()


def _knowing(couple: Planted, seed: int, sought: Sequence[Sought]) -> Iterator[Floats]:
    """Week by week, what the oracle sees that knows everything."""
    around, usual, noise = _twin(couple, seed)
    tracker = Tracker(rhythms=len(WARM), first=0, lengths=_lengths(sought))
    tracker.carry(usual)
    tracker._mean[:, 0] = usual._mean[:, 0]
    tracker._spread[:, 0, 0] = LEVEL_KNOWN**2
    for number, week in enumerate(weeks_of(couple)):
        _take(tracker, around, noise, week, number)
        watched = number >= WATCHED
        yield _seen(tracker, noise, sought) if watched else np.full((len(sought), 2), -np.inf)


def _take(tracker: Tracker, around: Centre, noise: Noise, week: Counted, number: int) -> None:
    value, variance, _ = residual(SORT, around, week.counts, week.exposures)
    tracker.add(value, variance, noise, week.told, number)


def _paths(knows: Knows, couple: Planted, seed: int, sought: Sequence[Sought]) -> Iterator[Floats]:
    if knows is Knows.ALL:
        return _knowing(couple, seed, sought)
    return _learning(couple, sought)


def steady_paths(seed: int, plans: Sequence[Plan], weeks: int) -> dict[Knows, Floats]:
    """What each oracle sees of a steady couple: weeks by plans by without and with rival."""
    random = np.random.default_rng([seed, 2])
    sought = [_sought(effects_of(random, plan), length_of(random, plan)) for plan in plans]
    couple = plant(seed, Plan.STEADY, weeks=weeks)
    return {knows: np.stack(list(_paths(knows, couple, seed, sought))) for knows in Knows}


def limits_for(
    pool: Pool, seeds: Sequence[int], plans: Sequence[Plan], weeks: int
) -> dict[tuple[Plan, Kind], float]:
    """The loosest limit of each oracle on each scenario that is quiet enough on steady couples."""
    all_paths = pool.map(partial(steady_paths, plans=plans, weeks=weeks), seeds, chunksize=2)
    limits = {}
    for number, plan in enumerate(plans):
        for knows, passing in KINDS:
            paths = [each[knows][:, number, int(passing)] for each in all_paths]
            limits[plan, (knows, passing)] = loosest(
                LIMITS,
                lambda limit, paths=paths: np.array(  # type: ignore[misc]
                    [first_over(path, limit) for path in paths]
                ),
                weeks,
                PER_YEAR,
            )
    return limits


def first_alarms(couple: Planted, seed: int, limits: dict[Kind, float]) -> dict[Kind, float]:
    """The week of each oracle's first alarm, for a couple with a planted drift."""
    change = couple.changes[0]
    sought = [_sought(change.effects, change.length)]
    firsts = dict.fromkeys(KINDS, np.inf)
    for knows in Knows:
        for week, seen in enumerate(_paths(knows, couple, seed, sought)):
            for passing in (False, True):
                kind = (knows, passing)
                if np.isinf(firsts[kind]) and seen[0, int(passing)] >= limits[kind]:
                    firsts[kind] = float(week)
            done = all(np.isfinite(firsts[knows, passing]) for passing in (False, True))
            if done or week > change.week + PATIENCE:
                break
    return firsts
