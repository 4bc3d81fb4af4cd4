"""How soon a drift is told, how well it is dated, and how often there is none: on planted truth.

    python benchmarks/drift.py             prints the tables
    python benchmarks/drift.py --write     also writes them into docs/drift.md

Every couple is invented from the seed by `turntoward.drift.planted` and goes through
`turntoward.drift.Watch` week by week. Beside it stand two oracles (drift_oracles.py) and four peers
(drift_peers.py). Their limits are set on other steady couples than those that are judged, to one
false alarm in 20 couple-years.
"""

from __future__ import annotations

import os

# One thread per process. Has to be said before numpy is there.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import time
from collections.abc import Sequence
from functools import partial
from multiprocessing import Pool

import numpy as np
from drift_oracles import KINDS, Kind, first_alarms
from drift_oracles import limits_for as oracle_limits
from drift_peers import PEERS, standard
from drift_peers import limits_for as peer_limits
from drift_tables import NAMES, Run, back_line, dates_table, found_table, steady_table
from drift_weeks import Floats, values_of, weeks_of
from figures import put

from turntoward.drift import Watch
from turntoward.drift.planted import FIRST, Plan, Planted, plant

LONG, USUAL, RESTLESS = 260, 208, 1.6
#: Seed of the steady couples on which limits are set, and how many for each couple of a scenario.
OTHERS, SHARE = 900_000, 0.8
COST_WEEKS, COST_COUPLES = 520, 5


def steady_values(seed: int) -> Floats:
    """What the peers see of a steady couple."""
    return standard(values_of(weeks_of(plant(seed, Plan.STEADY, weeks=LONG))))


def run(
    seed: int,
    plan: Plan,
    weeks: int,
    peers: dict[str, float],
    oracles: dict[Kind, float] | None = None,
    unrest: float = 1.0,
) -> Run:
    """One couple through `Watch`, the peers, and the oracles where they have limits."""
    couple = plant(seed, plan, weeks=weeks, unrest=unrest)
    watch = Watch()
    told = [(week, watch.week(days)) for week, days in enumerate(couple.by_week())]
    values = standard(values_of(weeks_of(couple)))
    return Run(
        weeks=weeks,
        changes=couple.changes,
        moved_in=_moved_in(couple),
        reports=tuple((week, report) for week, report in told if report is not None),
        peers={peer.name: peer.first(values, peers[peer.name]) for peer in PEERS},
        oracles=first_alarms(couple, seed, oracles) if oracles else {},
    )


def _moved_in(couple: Planted) -> float:
    return np.inf if couple.moved_in is None else (couple.moved_in - FIRST).days / 7


def cost_line(seed: int) -> str:
    """Time for ten years of weeks, on one core."""
    whole, single = [], []
    for number in range(COST_COUPLES):
        weeks = list(plant(seed + number, Plan.STEADY, weeks=COST_WEEKS).by_week())
        watch, spent = Watch(), []
        for days in weeks:
            began = time.process_time()
            watch.week(days)
            spent.append(time.process_time() - began)
        whole.append(sum(spent))
        single += spent
    return (
        f"Ten years of weeks take {np.median(whole):.2f} s on one core (median of "
        f"{COST_COUPLES} couples), 99 % of the weeks at most "
        f"{1000 * np.quantile(single, 0.99):.1f} ms each, the slowest {1000 * max(single):.1f} ms."
    )


def limits_line(peers: dict[str, float], others: int) -> str:
    """The limits of the peers, so that they can be held against other ones."""
    given = ", ".join(f"{name} {limit:.2f}" for name, limit in peers.items())
    return f"Limits, set on {others} other steady couples of {LONG} weeks: {given}."


def report(seed: int, couples: int, processes: int) -> str:
    """All tables."""
    seeds, twice = range(seed, seed + couples), range(seed, seed + 2 * couples)
    others = range(OTHERS, OTHERS + max(round(SHARE * couples), 5))
    plans: Sequence[Plan] = list(NAMES)
    # Measured first and alone, before the other processes want the machine.
    cost = cost_line(seed)
    with Pool(processes) as pool:
        peers = peer_limits(pool, pool.map(steady_values, others))
        oracles = oracle_limits(pool, others, plans, LONG)
        each = partial(run, peers=peers)
        steady = pool.map(partial(each, plan=Plan.STEADY, weeks=LONG), twice)
        restless = pool.map(partial(each, plan=Plan.STEADY, weeks=LONG, unrest=RESTLESS), seeds)
        moved = pool.map(partial(each, plan=Plan.MOVED_IN, weeks=USUAL), seeds)
        found = {}
        for plan in plans:
            weeks = LONG if plan is Plan.RECOVERY else USUAL
            limits = {kind: oracles[plan, kind] for kind in KINDS}
            work = partial(each, plan=plan, weeks=weeks, oracles=limits)
            found[plan] = pool.map(work, seeds)
    return "\n\n".join(
        [
            steady_table(steady, restless, moved, RESTLESS),
            found_table(found),
            dates_table(found),
            back_line(found[Plan.RECOVERY]),
            limits_line(peers, len(others)),
            cost,
        ]
    )


def main() -> None:
    """Measure and print, and write the page where asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--couples", type=int, default=150)
    asked.add_argument("--seed", type=int, default=20_000)
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    command = f"python benchmarks/drift.py --couples {given.couples} --seed {given.seed} --write"
    text = f"Written by `{command}`.\n\n{report(given.seed, given.couples, given.processes)}"
    print(text)
    if given.write:
        put("drift", "figures", text)


if __name__ == "__main__":
    main()
