"""How soon a drift is found, how well it is dated, and how often there is none: on planted truth.

    python benchmarks/drift.py             prints the tables
    python benchmarks/drift.py --write     also writes them into docs/drift.md

Every couple is invented from the seed by `turntoward.drift.planted`. The peer's limit is set on
other steady couples than those that it is judged on.
"""

from __future__ import annotations

import os

# One thread per process. Has to be said before numpy is there.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import time
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from drift_peer import LEARN as PEER_LEARN
from drift_peer import alarms, limit_for
from scipy.stats import chi2

from turntoward.drift.detect import find
from turntoward.drift.planted import FIRST, Plan, Planted, plant
from turntoward.drift.shift import Drift, Finding, Toward
from turntoward.drift.watch import LEARN

PAGE = Path(__file__).parents[1] / "docs" / "drift.md"
START, END = "<!-- figures: start -->", "<!-- figures: end -->"
LONG, USUAL, RESTLESS = 260, 208, 1.6
NAMES = {
    Plan.STEP: "a step in several rhythms",
    Plan.STEP_ONE: "a step in one, strong",
    Plan.RAMP: "a ramp in several, 8 to 26 weeks",
    Plan.RAMP_ALL: "a ramp in all, a little",
    Plan.RECOVERY: "a ramp in several, and back",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One couple, what was found, and the weeks of the peer's alarms."""

    couple: Planted
    finding: Finding
    peer: tuple[date, ...]


def run(seed: int, plan: Plan, weeks: int, limit: float, unrest: float = 1.0) -> Run:
    """One couple through `find` and through the peer."""
    couple = plant(seed, plan, weeks=weeks, unrest=unrest)
    peer = [FIRST + timedelta(weeks=week) for week in alarms(couple.series, limit)]
    return Run(couple=couple, finding=find(couple.series), peer=tuple(peer))


def _rate(events: int, years: float) -> str:
    """A rate per couple-year with its exact 95 % interval."""
    low = chi2.ppf(0.025, 2 * events) / 2 if events else 0.0
    high = chi2.ppf(0.975, 2 * events + 2) / 2
    return f"{events / years:.3f} ({low / years:.3f} to {high / years:.3f})"


def steady_table(steady: list[Run], restless: list[Run], moved: list[Run]) -> str:
    """Drifts told where there is none."""
    lines = [
        "| nothing happened that lasts | drifts told per couple-year (95 %) | peer |",
        "|---|---|---|",
    ]
    for name, runs in (("steady couples", steady), (f"{RESTLESS} times as restless", restless)):
        told = sum(d.toward is Toward.QUIETER for one in runs for d in one.finding.drifts)
        peer = sum(len(one.peer) for one in runs)
        years, theirs = (len(runs) * (LONG - learned) / 52 for learned in (LEARN, PEER_LEARN))
        lines.append(
            f"| {name} ({years:.0f} years) | {_rate(told, years)} | {_rate(peer, theirs)} |"
        )
    since = [(one.couple.moved_in or FIRST, one) for one in moved]
    called = np.mean([any(d.noticed >= day for d in one.finding.drifts) for day, one in since])
    peer = np.mean([any(week >= day for week in one.peer) for day, one in since])
    lines.append(f"| moved in together: called drift | {called:.0%} of {len(moved)} | {peer:.0%} |")
    return "\n".join(lines)


def _hit(one: Run) -> Drift | None:
    """The first drift noticed once the planted one had begun."""
    onset = one.couple.changes[0].onset
    drifts = (d for d in one.finding.drifts if d.toward is Toward.QUIETER and d.noticed >= onset)
    return next(drifts, None)


def _delays(runs: list[Run]) -> tuple[np.ndarray, np.ndarray]:
    """Weeks from the onset to the decision, ours and the peer's; infinite where never."""
    ours, peer = [], []
    for one in runs:
        onset, hit = one.couple.changes[0].onset, _hit(one)
        theirs = next((week for week in one.peer if week >= onset), None)
        ours.append((hit.noticed - onset).days / 7 if hit else np.inf)
        peer.append((theirs - onset).days / 7 if theirs else np.inf)
    return np.array(ours), np.array(peer)


def _weeks(delays: np.ndarray) -> str:
    median = np.median(delays)
    return f"{median:.0f}" if np.isfinite(median) else "more than half never"


def found_table(found: dict[Plan, list[Run]]) -> str:
    """How many are found within half a year, and how soon."""
    head = "| planted | found in 26 weeks | median weeks | peer: in 26 weeks | median weeks |"
    lines = [head, "|---|---|---|---|---|"]
    for plan, runs in found.items():
        ours, peer = _delays(runs)
        lines.append(
            f"| {NAMES[plan]} | {np.mean(ours <= 26):.0%} | {_weeks(ours)} "
            f"| {np.mean(peer <= 26):.0%} | {_weeks(peer)} |"
        )
    return "\n".join(lines)


def _named(runs: list[Run]) -> float:
    """F1 of the rhythms named."""
    right = named = true = 0
    for one in runs:
        hit, effects = _hit(one), one.couple.changes[0].effects
        if hit:
            names = {shift.rhythm for shift in hit.shifts}
            right += len(names & effects.keys())
            named, true = named + len(names), true + len(effects)
    return 2 * right / max(named + true, 1)


def dates_table(found: dict[Plan, list[Run]]) -> str:
    """How well the drifts that were found are dated and described."""
    head = "| planted | interval holds start | its weeks | size in interval | rhythms, F1 |"
    lines = [head, "|---|---|---|---|---|"]
    for plan, runs in found.items():
        pairs = [(one.couple.changes[0], hit) for one in runs if (hit := _hit(one))]
        held = [d.earliest <= change.onset <= d.latest for change, d in pairs]
        width = np.median([(d.latest - d.earliest).days / 7 for _, d in pairs])
        sizes = [
            s.effect.low <= change.effects[s.rhythm] <= s.effect.high
            for change, d in pairs
            for s in d.shifts
            if s.rhythm in change.effects
        ]
        lines.append(
            f"| {NAMES[plan]} | {np.mean(held):.0%} of {len(held)} | {width:.0f} "
            f"| {np.mean(sizes):.0%} | {_named(runs):.2f} |"
        )
    return "\n".join(lines)


def back_line(runs: list[Run]) -> str:
    """How the way back was found, of the couples whose drift was."""
    pairs = [
        (one.couple.changes[1].onset, [d for d in one.finding.drifts if d.toward is Toward.CLOSER])
        for one in runs
        if _hit(one)
    ]
    early = np.mean([any(d.noticed < onset for d in back) for onset, back in pairs])
    true = [(onset, d) for onset, back in pairs for d in back if d.noticed >= onset][: len(pairs)]
    held = np.mean([d.earliest <= onset <= d.latest for onset, d in true])
    return (
        f"Of {len(pairs)} drifts found with a way back later, the way back was found in "
        f"{len(true) / len(pairs):.0%}, its interval holds its start in {held:.0%}, and a way back "
        f"was told before it began in {early:.0%}."
    )


def cost_line(seed: int) -> str:
    """Time for ten years of weeks, on one core."""
    spent = []
    for number in range(5):
        series = plant(seed + number, Plan.STEADY, weeks=520).series
        began = time.process_time()
        find(series)
        spent.append(time.process_time() - began)
    return f"Ten years of nine rhythms take {np.median(spent):.2f} s on one core."


def report(seed: int, couples: int, processes: int) -> str:
    """All tables."""
    limit = limit_for([plant(n, Plan.STEADY, weeks=LONG).series for n in range(9000, 9060)], 1 / 20)
    seeds, twice = range(seed, seed + couples), range(seed, seed + 2 * couples)
    with Pool(processes) as pool:
        steady = pool.map(partial(run, plan=Plan.STEADY, weeks=LONG, limit=limit), twice)
        rest = partial(run, plan=Plan.STEADY, weeks=LONG, limit=limit, unrest=RESTLESS)
        restless = pool.map(rest, seeds)
        moved = pool.map(partial(run, plan=Plan.MOVED_IN, weeks=USUAL, limit=limit), seeds)
        found = {}
        for plan in NAMES:
            weeks = LONG if plan is Plan.RECOVERY else USUAL
            found[plan] = pool.map(partial(run, plan=plan, weeks=weeks, limit=limit), seeds)
    return "\n\n".join(
        [
            steady_table(steady, restless, moved),
            found_table(found),
            dates_table(found),
            back_line(found[Plan.RECOVERY]),
            cost_line(seed),
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
        page = PAGE.read_text(encoding="utf-8")
        before, rest = page.split(START)
        after = rest.split(END)[1]
        PAGE.write_text(f"{before}{START}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
