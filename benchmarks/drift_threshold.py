"""What thresholds on the log odds give, so that `turntoward.drift.watch.TELL` can be set.

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
from functools import partial
from multiprocessing import Pool

import numpy as np
from numpy.typing import NDArray

from turntoward.drift.detect import begun
from turntoward.drift.planted import FIRST, Plan, plant
from turntoward.drift.record import align
from turntoward.drift.shift import Toward
from turntoward.drift.watch import told

LIMITS = np.arange(0.0, 6.01, 0.5)
RESTLESS = 1.6
PLANS = (Plan.STEP, Plan.STEP_ONE, Plan.RAMP, Plan.RAMP_ALL)


def first_weeks(
    seed: int, plan: Plan, weeks: int, unrest: float = 1.0
) -> tuple[int, float, NDArray[np.float64]]:
    """First week watched, week of the change, first week over each threshold (or infinity)."""
    couple = plant(seed, plan, weeks=weeks, unrest=unrest)
    change = (couple.changes[0].onset - FIRST).days // 7 if couple.changes else np.inf
    record = align(couple.series)
    assert record is not None
    first, begin, learned = begun(record)
    over = np.full(len(LIMITS), np.inf)
    for alarm in told(record, first, begin, learned, {Toward.QUIETER: 0.0}):
        if alarm.week > change + 60:
            break
        over = np.where((alarm.log_odds >= LIMITS) & np.isinf(over), alarm.week, over)
    return begin, change, over


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--couples", type=int, default=200)
    asked.add_argument("--seed", type=int, default=70_000)
    asked.add_argument("--processes", type=int, default=2)
    given = asked.parse_args()
    seeds = range(given.seed, given.seed + given.couples)
    print(f"{'log odds':22}", *(f"{limit:6.1f}" for limit in LIMITS))
    with Pool(given.processes) as pool:
        for name, unrest in (("steady", 1.0), ("restless", RESTLESS)):
            work = partial(first_weeks, plan=Plan.STEADY, weeks=260, unrest=unrest)
            runs = pool.map(work, seeds)
            years = sum(np.minimum(over, 260) - begin for begin, _, over in runs) / 52
            rate = sum(np.isfinite(over) for _, _, over in runs) / years
            print(f"{name + ', per year':22}", *(f"{one:6.3f}" for one in rate))
        moved = pool.map(partial(first_weeks, plan=Plan.MOVED_IN, weeks=208), seeds)
        called = np.mean([np.isfinite(over) for _, _, over in moved], axis=0)
        print(f"{'moved in, called drift':22}", *(f"{one:6.2f}" for one in called))
        for plan in PLANS:
            runs = pool.map(partial(first_weeks, plan=plan, weeks=208), seeds)
            delays = np.array([over - change for _, change, over in runs])
            # An alarm before the change is no detection.
            delays = np.where(delays < 0, np.nan, delays)
            soon = np.nanmean(delays <= 26, axis=0)
            print(f"{plan + ', in 26 weeks':22}", *(f"{one:6.2f}" for one in soon))
            print(
                f"{plan + ', median':22}", *(f"{one:6.1f}" for one in np.nanmedian(delays, axis=0))
            )


if __name__ == "__main__":
    main()
