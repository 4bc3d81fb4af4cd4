"""How far a trial of weeks with and without small shifts can be trusted: on invented days.

    python benchmarks/trial.py             prints the tables
    python benchmarks/trial.py --write     also writes them into docs/moments.md

Every trial is planned, felt and read by `turntoward.moments.trial` and `trial_result`. Beside it
stands Student's paired interval, the plain choice for such trials (Chen and Chen, PLoS ONE 9,
2014, e87752, compare it with models for sets of them).
"""

from __future__ import annotations

import os

# Has to be said before numpy is there.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from math import sqrt
from multiprocessing import Pool, pool

import numpy as np
from figures import put
from scipy.stats import t as student
from trial_worlds import CARRIES, ROUGH, USUAL, WORLDS, World, live

from turntoward.moments.trial import (
    FEWEST_PAIRS,
    MOST_PAIRS,
    SEED_BITS,
    USUAL_PAIRS,
    WASH_IN_DAYS,
    Pair,
    Plan,
    felt,
    pairs,
)
from turntoward.moments.trial_result import LIKELY, SMALL, SURE, Result, Verdict, result

MONDAY = date(2024, 1, 1)
EFFECTS = (0.3, 0.5, 1.0)
LEVELS = (LIKELY, SURE)


@dataclass(frozen=True)
class Run:
    """One trial: what is true, what was read, and what Student's interval says at each level."""

    truth: float
    read: Result
    student: tuple[tuple[float, float] | None, ...]
    pairs: tuple[Pair | None, ...]

    @property
    def peeked(self) -> bool:
        """Whether it seemed to help after any pair from the fourth on."""
        looks = (result(self.pairs[:n]) for n in range(FEWEST_PAIRS, len(self.pairs) + 1))
        return any(look.verdict is Verdict.WARMER for look in looks)


def run(seed: int, world: World, effect: float, plan_of: tuple[int, int]) -> Run:
    """One invented trial. `plan_of` is how many pairs, and how many days wash in."""
    random = np.random.default_rng(seed)
    chance = int(random.integers(1 << SEED_BITS))
    plan = Plan(begins=MONDAY, pairs=plan_of[0], seed=chance, wash_in=plan_of[1])
    weeks = np.array([week.with_shifts for week in plan.weeks()])
    days = live(random, world, weeks, effect)
    taps = {MONDAY + timedelta(days=n): float(w) for n, w in enumerate(days.tapped) if w}
    seen = pairs(plan, felt(plan, taps), plan.ends)
    read = result(seen)
    differences = [pair.difference for pair in read.pairs]
    return Run(
        truth=days.truth,
        read=read,
        student=tuple(_student(differences, level) for level in LEVELS),
        pairs=tuple(seen),
    )


@cache
def _student_quantile(level: float, pairs: int) -> float:
    return float(student.ppf(0.5 + level / 2, pairs - 1))


def _student(differences: Sequence[float], level: float) -> tuple[float, float] | None:
    n = len(differences)
    if n < FEWEST_PAIRS:
        return None
    mean = sum(differences) / n
    spread = sqrt(sum((difference - mean) ** 2 for difference in differences) / (n - 1))
    half = _student_quantile(level, n) * spread / sqrt(n)
    return mean - half, mean + half


def _holds(runs: Sequence[Run], ours: bool, level: int) -> str:
    """The share of intervals that hold the truth, of those that there are."""
    found = []
    for one in runs:
        mine = (one.read.likely, one.read.sure)[level]
        ends = ((mine.low, mine.high) if mine else None) if ours else one.student[level]
        if ends is not None:
            found.append(ends[0] - 1e-9 <= one.truth <= ends[1] + 1e-9)
    return f"{100 * np.mean(found):.1f}" if len(found) >= len(runs) / 20 else "–"


def _says(runs: Sequence[Run], verdict: Verdict, surely: bool = False) -> str:
    said = [one.read.verdict is verdict and (one.read.surely or not surely) for one in runs]
    return f"{100 * np.mean(said):.1f}"


def _student_says(runs: Sequence[Run]) -> str:
    lows = [one.student[0][0] for one in runs if one.student[0] is not None]
    return f"{100 * sum(low > 0 for low in lows) / len(runs):.1f}"


def _lean(runs: Sequence[Run]) -> str:
    off = [one.read.likely.value - one.truth for one in runs if one.read.likely]
    return f"{np.mean(off):+.2f}"


def _none(runs: Sequence[Run]) -> str:
    return f"{100 * np.mean([one.read.likely is None for one in runs]):.0f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


class Bench:
    """Runs many trials of a kind, each kind once."""

    def __init__(self, processes: pool.Pool, seed: int, couples: int) -> None:
        self.processes = processes
        self.seeds = range(seed * 1_000_000, seed * 1_000_000 + couples)
        self.known: dict[tuple[str, float, int, int], list[Run]] = {}

    def runs(
        self, world: World, effect: float, length: int = USUAL_PAIRS, wash_in: int = WASH_IN_DAYS
    ) -> list[Run]:
        """Trials in this world."""
        key = (world.name, effect, length, wash_in)
        if key not in self.known:
            work = partial(run, world=world, effect=effect, plan_of=(length, wash_in))
            self.known[key] = self.processes.map(work, self.seeds, chunksize=100)
        return self.known[key]


def worlds_table(bench: Bench) -> str:
    """No effect and half a step, world by world."""
    head = ["world", "false “it seems to help”", "… “quite sure”", "80 % holds", "95 % holds"]
    head += ["with half a step: 80 % holds", "95 % holds", "leans by", "nothing to say"]
    rows = []
    for world in WORLDS:
        none, half = bench.runs(world, 0.0), bench.runs(world, 0.5)
        row = [world.name, _says(none, Verdict.WARMER), _says(none, Verdict.WARMER, True)]
        row += [_holds(runs, True, level) for runs in (none, half) for level in range(2)]
        rows.append([*row, _lean(half), _none(half)])
    return _table(head, rows)


def power_table(bench: Bench) -> str:
    """How often an effect is seen, world by world, and what is said instead of half a step."""
    head = ["world", *(f"{effect} steps: seen (quite sure)" for effect in EFFECTS)]
    head += ["no effect: “no difference larger than half a step”", "the same, wrongly"]
    rows = []
    for world in WORLDS:
        row = [world.name]
        for effect in EFFECTS:
            runs = bench.runs(world, effect)
            row.append(f"{_says(runs, Verdict.WARMER)} ({_says(runs, Verdict.WARMER, True)})")
        rows.append([*row, _says(bench.runs(world, 0.0), Verdict.NO_LARGE), _missed(bench, world)])
    return _table(head, rows)


def _missed(bench: Bench, world: World) -> str:
    """Of trials in which what is tapped differs by more, the share that says it does not."""
    every = [one for effect in EFFECTS for one in bench.runs(world, effect)]
    larger = [one.read.verdict is Verdict.NO_LARGE for one in every if one.truth > SMALL]
    return f"{100 * np.mean(larger):.1f}"


def methods_table(bench: Bench) -> str:
    """By length, beside Student: the worst world for each, and half a step in the usual one."""
    head = ["weeks", "80 % holds, in the worst world", "Student", "95 % holds, in the worst world"]
    head += ["Student", "half a step seen", "Student"]
    rows = []
    for length in range(FEWEST_PAIRS, MOST_PAIRS + 1):
        row = [str(2 * length)]
        runs = [bench.runs(w, e, length) for w in ROUGH for e in (0.0, 0.5)]
        for level in range(2):
            for ours in (True, False):
                held = [_holds(each, ours, level) for each in runs]
                row.append(min((one for one in held if one != "–"), key=float, default="–"))
        half = bench.runs(USUAL, 0.5, length)
        rows.append([*row, _says(half, Verdict.WARMER), _student_says(half)])
    return _table(head, rows)


def wash_in_table(bench: Bench) -> str:
    """How many days to leave out at the start of each week."""
    head = ["days left out", "half a step seen", "… where it comes and goes in days", "leans by"]
    head += ["80 % holds there", "nothing to say with few taps"]
    few = next(world for world in WORLDS if world.taps < 0.5)
    rows = []
    for days in range(4):
        plain, carried = (bench.runs(w, 0.5, wash_in=days) for w in (USUAL, CARRIES))
        row = [str(days), _says(plain, Verdict.WARMER), _says(carried, Verdict.WARMER)]
        silent = _none(bench.runs(few, 0.5, wash_in=days))
        rows.append([*row, _lean(carried), _holds(carried, True, 0), silent])
    return _table(head, rows)


def peeking_line(bench: Bench) -> str:
    """What looking on the way would do."""
    runs = bench.runs(USUAL, 0.0, MOST_PAIRS)
    peeked = f"{100 * np.mean([one.peeked for one in runs]):.1f}"
    return (
        f"Whoever looks at a trial of {2 * MOST_PAIRS} weeks after each pair from the fourth on, "
        f"and stops when it seems to help, sees help where there is none in {peeked} % of trials; "
        f"who waits for the end, in {_says(runs, Verdict.WARMER)} %."
    )


def report(seed: int, couples: int, processes: int) -> str:
    """All tables."""
    rough = ", ".join(world.name for world in ROUGH)
    with Pool(processes) as workers:
        bench = Bench(workers, seed, couples)
        return "\n\n".join(
            [
                f"Trials of {2 * USUAL_PAIRS} weeks, {couples} in each world. All figures in %, "
                "but for “leans by”, in steps of weather. With so many trials a share of 80 % is "
                f"known to ± {100 * 1.96 * sqrt(0.16 / couples):.1f}.",
                worlds_table(bench),
                power_table(bench),
                "By length, beside Student's paired interval: how often the interval holds in the "
                f"worst of these worlds, without an effect and with half a step: {rough}; and how "
                f"often half a step is seen in {USUAL.name}.",
                methods_table(bench),
                f"Days left out at the start of each week ({WASH_IN_DAYS} is):",
                wash_in_table(bench),
                peeking_line(bench),
            ]
        )


def main() -> None:
    """Measure and print, and write the page where asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--couples", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    command = f"python benchmarks/trial.py --couples {given.couples} --seed {given.seed} --write"
    text = f"Written by `{command}`.\n\n{report(given.seed, given.couples, given.processes)}"
    print(text)
    if given.write:
        put("moments", "trial figures", text)


if __name__ == "__main__":
    main()
