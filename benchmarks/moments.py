"""How well the choice of small shifts does beside chance, habit and the best possible choice.

    python benchmarks/moments.py             prints the tables
    python benchmarks/moments.py --write     also writes them into docs/moments.md

Invented people (moments_worlds.py) live the same weeks under each rule (moments_peers.py). The
couples are shared out over the worlds: 400 are 100 in each of four. What the rule believes before
any answer was set on other seeds, 5000 and above, than those that are reported.
"""

from __future__ import annotations

import os

# One thread per process. Has to be said before numpy is there.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import time
from collections.abc import Mapping
from functools import partial
from multiprocessing import Pool

import numpy as np
from figures import put
from moments_peers import RULES, fit, knowable
from moments_tables import Run, Runs, ahead_table, outcome_table, regret_table
from moments_worlds import WORLDS, Life, Shelf, World, shelf

#: Days in which an entry that comes again counts as repeated.
REPEAT = 28


def live(seed: int, world: World, rule: str, weeks: int, moments: Shelf) -> Run:
    """One person of one world through the weeks under one rule."""
    life, choose = Life(seed, world, weeks, moments), RULES[rule]
    lost, best = np.zeros(weeks), np.zeros(weeks)
    last: dict[str, int] = {}
    offered: list[tuple[int, str]] = []
    good, kept, tended, repeats, spent = 0.0, 0, 0, 0, 0.0
    for day in range(life.days):
        look = life.wake()
        if look is None:
            continue
        value = knowable(life)
        most = float(value[[moments.place[m.key] for m in fit(life, look)]].max(initial=0.0))
        began = time.process_time()
        moment = choose(life, look)
        spent += time.process_time() - began
        best[day // 7] += most
        lost[day // 7] += most - (value[moments.place[moment.key]] if moment else 0.0)
        if moment is None:
            continue
        was_kept, did, was_tended = life.take(moment)
        good, kept, tended = good + did, kept + was_kept, tended + was_tended
        repeats += day - last.get(moment.key, -REPEAT) < REPEAT
        last[moment.key] = day
        offered.append((day, moment.family))
    months = [range(first, first + 28) for first in range(0, life.days - 27, 28)]
    families = [len({family for day, family in offered if day in month}) for month in months]
    return Run(
        good=good,
        tended=tended,
        kept=kept / max(len(offered), 1),
        families=float(np.mean(families)),
        repeats=repeats / max(len(offered), 1),
        lost=lost,
        best=best,
        seconds=spent / max(len(offered), 1),
    )


def lives(seed: int, world: World, weeks: int) -> Mapping[str, Run]:
    """One person under every rule."""
    moments = shelf()
    return {rule: live(seed, world, rule, weeks, moments) for rule in RULES}


def compare(couples: int, weeks: int, seed: int, processes: int = 1) -> dict[str, Runs]:
    """By world: a list of runs for each rule, in the same order of people."""
    each = max(couples // len(WORLDS), 1)
    found: dict[str, Runs] = {}
    with Pool(processes) as pool:
        for number, world in enumerate(WORLDS):
            people = range(seed * 10_000 + number * each, seed * 10_000 + (number + 1) * each)
            work = partial(lives, world=world, weeks=weeks)
            ran = pool.map(work, people) if processes > 1 else [work(one) for one in people]
            found[world.name] = {rule: [one[rule] for one in ran] for rule in RULES}
    return found


def report(found: Mapping[str, Runs], weeks: int) -> str:
    """All tables."""
    ours = [run.seconds for runs in found.values() for run in runs["the rule"]]
    cost = f"One choice of the rule takes {1000 * np.mean(ours):.1f} ms on one core on average."
    tables = [outcome_table(name, runs, weeks) for name, runs in found.items()]
    return "\n\n".join([*tables, ahead_table(found), regret_table(found), cost])


def main() -> None:
    """Measure and print, and write the page where asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--couples", type=int, default=400)
    asked.add_argument("--weeks", type=int, default=26)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--processes", type=int, default=1)
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    command = (
        f"python benchmarks/moments.py --couples {given.couples} --weeks {given.weeks} "
        f"--seed {given.seed} --write"
    )
    found = compare(given.couples, given.weeks, given.seed, given.processes)
    text = f"Written by `{command}`.\n\n{report(found, given.weeks)}"
    print(text)
    if given.write:
        put("moments", "choice figures", text)


if __name__ == "__main__":
    main()
