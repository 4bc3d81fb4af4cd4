"""What thresholds on the log odds give, so that `turntoward.drift.stream.TELL` can be set.

    python benchmarks/drift_threshold.py

Each column is a threshold. Steady couples: drifts told per couple-year until the first; "restless"
ones have more of all that is not drift. Then the share of planted drifts told within 26 weeks and
the median delay in weeks, up to a year after they begin, and the share of couples called drifting
who only moved in together.
"""

from __future__ import annotations

import os

# One thread per process. Has to be said before numpy is there.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import Pool

import numpy as np
from drift_weeks import Floats, first_over, weeks_of, years_watched

from turntoward.drift.days import SORT, WARM
from turntoward.drift.odds import AFTER, BEFORE, Rhythms, Sought, log_odds
from turntoward.drift.planted import FIRST, Plan, plant
from turntoward.drift.shift import Toward
from turntoward.drift.stream import Stream, _Usual

LIMITS = np.arange(-1.0, 5.01, 0.5)
RESTLESS, LONG, USUAL, PATIENCE = 1.6, 260, 208, 60
PLANS = (Plan.STEP, Plan.STEP_ONE, Plan.RAMP, Plan.RAMP_16, Plan.RAMP_ALL)


DRIFT = Sought(toward=Toward.QUIETER)


@dataclass(kw_only=True)
class Undecided(Stream):
    """The stream, with the log odds of every week instead of a decision."""

    path: dict[int, float] = field(default_factory=dict)

    def _decide(self, usual: _Usual, number: int) -> None:
        lowest = float(LIMITS[0])
        looking = usual.tracker.looking(BEFORE, AFTER)
        odds = log_odds(usual.tracker, looking, self._noise, self.rhythms, DRIFT, lowest)
        self.path[number] = odds


def first_weeks(seed: int, plan: Plan, weeks: int, unrest: float = 1.0) -> tuple[float, Floats]:
    """Week of the change (minus infinity without), first week over each threshold or infinity."""
    couple = plant(seed, plan, weeks=weeks, unrest=unrest)
    change = couple.changes[0].week if couple.changes else -np.inf
    if couple.moved_in is not None:
        change = (couple.moved_in - FIRST).days // 7
    stream = Undecided(rhythms=Rhythms(sort=SORT, warm=WARM))
    for number, week in enumerate(weeks_of(couple)):
        if couple.changes and number > change + PATIENCE:
            break
        stream.add(week)
    path = np.array([stream.path.get(week, -np.inf) for week in range(weeks)])
    return change, np.array([first_over(path, limit) for limit in LIMITS])


def _row(name: str, values: Floats, digits: int) -> None:
    print(f"{name:22}", *(f"{value:6.{digits}f}" for value in values))


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--couples", type=int, default=200)
    asked.add_argument("--seed", type=int, default=70_000)
    asked.add_argument("--processes", type=int, default=2)
    given = asked.parse_args()
    seeds = range(given.seed, given.seed + given.couples)
    _row("log odds", LIMITS, 1)
    with Pool(given.processes) as pool:
        for name, unrest in (("steady", 1.0), ("restless", RESTLESS)):
            work = partial(first_weeks, plan=Plan.STEADY, weeks=LONG, unrest=unrest)
            firsts = np.array([over for _, over in pool.map(work, seeds)])
            years = np.array([years_watched(column, LONG) for column in firsts.T])
            _row(f"{name}, per year", np.isfinite(firsts).sum(axis=0) / years, 3)
        for plan in (Plan.MOVED_IN, *PLANS):
            runs = pool.map(partial(first_weeks, plan=plan, weeks=USUAL), seeds)
            # An alarm before the change is no detection.
            delays = np.array([over - change for change, over in runs])
            delays = np.where(delays < 0, np.nan, delays)
            if plan is Plan.MOVED_IN:
                called = np.where(np.isnan(delays), np.nan, np.isfinite(delays))
                _row("moved in, called drift", np.nanmean(called, axis=0), 2)
                continue
            soon = np.where(np.isnan(delays), np.nan, delays <= 26)
            _row(f"{plan}, in 26 weeks", np.nanmean(soon, axis=0), 2)
            _row(f"{plan}, median", np.nanmedian(delays, axis=0), 1)


if __name__ == "__main__":
    main()
