"""The tables of `benchmarks/companion.py`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from companion_load import MIX, Timed
from companion_machine import Shares

#: The part of all answers of which the goal speaks, and its limit in milliseconds.
P95, GOAL_MS = 0.95, 100.0


@dataclass(frozen=True, slots=True)
class Run:
    """One stretch of load, with streams held open or without."""

    streams: int
    rate: float
    seconds: float
    timed: Sequence[Timed]
    told: Sequence[float]
    shown: Sequence[float]
    untold: int
    late: Sequence[float]
    alive: int
    opened_s: float
    shares: Shares
    mb: float
    threads: int


def percentile(seconds: Sequence[float], part: float) -> float:
    """Milliseconds within which `part` of them were done; by rank, so it is one of them."""
    if not seconds:
        return math.nan
    return 1000 * sorted(seconds)[max(0, math.ceil(part * len(seconds)) - 1)]


def wrong(timed: Sequence[Timed]) -> int:
    """How many were not answered as they are meant to be."""
    return sum(not one.right for one in timed)


def in_short(run: Run) -> str:
    """One run in a line, for whoever waits."""
    p50, p95 = (percentile([one.seconds for one in run.timed], part) for part in (0.5, P95))
    return (
        f"{run.streams:,} streams, p50 {p50:.0f} ms, p95 {p95:.0f} ms, {wrong(run.timed)} wrong, "
        f"others took {run.shares.others:.0%}"
    )


def runs_table(runs: Sequence[Run]) -> str:
    """One row per run, in their order."""
    lines = [
        "| run | streams | requests/s | answers | wrong | p50 ms | p95 ms | p99 ms | worst ms "
        "| server, of a core | load maker | all others, of both cores |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for number, run in enumerate(runs, 1):
        took = [one.seconds for one in run.timed]
        p50, p95, p99, worst = (percentile(took, part) for part in (0.5, P95, 0.99, 1.0))
        lines.append(
            f"| {number} | {run.streams:,} | {len(took) / run.seconds:.1f} | {len(took):,} "
            f"| {wrong(run.timed)} | {p50:.0f} | {p95:.0f} | {p99:.0f} | {worst:.0f} "
            f"| {run.shares.server:.0%} | {run.shares.here:.0%} | {run.shares.others:.0%} |"
        )
    return "\n".join(lines)


def addresses_table(runs: Sequence[Run]) -> str:
    """One row per sort of request, over all runs with streams, beside those without."""
    live = _by_what([run for run in runs if run.streams])
    calm = _by_what([run for run in runs if not run.streams])
    lines = [
        "| request | answers | p50 ms | p95 ms | p99 ms | p50, in those without streams "
        "| p95, in those without streams |",
        "|---|---|---|---|---|---|---|",
    ]
    every = {"**all**": [s for each in live.values() for s in each]}
    beside = {"**all**": [s for each in calm.values() for s in each]} | calm
    order = [*MIX, *sorted(live.keys() - MIX.keys())]
    for what, took in ({key: live[key] for key in order if key in live} | every).items():
        p50, p95, p99 = (percentile(took, part) for part in (0.5, P95, 0.99))
        ratios = (
            f"{now / then:.1f}" if (then := percentile(beside.get(what, []), part)) else ""
            for now, part in ((p50, 0.5), (p95, P95))
        )
        lines.append(
            f"| {what} | {len(took):,} | {p50:.0f} | {p95:.0f} | {p99:.0f} | {' | '.join(ratios)} |"
        )
    return "\n".join(lines)


def _by_what(runs: Sequence[Run]) -> Mapping[str, list[float]]:
    found: dict[str, list[float]] = {}
    for run in runs:
        for one in run.timed:
            found.setdefault(one.what, []).append(one.seconds)
    return found


def streams_table(runs: Sequence[Run]) -> str:
    """One row per run with streams: whether they lived, and how soon the other phone knew."""
    lines = [
        "| run | alive at the end | opened within s | turns told | never told "
        "| told p50 ms | told p95 ms | shown p50 ms | shown p95 ms | server MB | threads |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for number, run in enumerate(runs, 1):
        if run.streams:
            told = [percentile(run.told, part) for part in (0.5, P95)]
            shown = [percentile(run.shown, part) for part in (0.5, P95)]
            lines.append(
                f"| {number} | {run.alive:,} of {run.streams:,} | {run.opened_s:.1f} "
                f"| {len(run.told):,} | {run.untold} "
                f"| {told[0]:.0f} | {told[1]:.0f} | {shown[0]:.0f} | {shown[1]:.0f} "
                f"| {run.mb:.0f} | {run.threads} |"
            )
    return "\n".join(lines)


def verdict(runs: Sequence[Run]) -> str:
    """The goal and what was found, in one sentence."""
    live = [run for run in runs if run.streams]
    timed = [one for run in live for one in run.timed]
    p95 = percentile([one.seconds for one in timed], P95)
    late = percentile([each for run in live for each in run.late], P95)
    worst = max(percentile([one.seconds for one in run.timed], P95) for run in live)
    met = "met" if p95 < GOAL_MS and not wrong(timed) else "not met"
    return (
        f"With {live[0].streams:,} streams open 95 % of {len(timed):,} answers took less than "
        f"{p95:.0f} ms ({worst:.0f} ms in the slowest run), {wrong(timed)} were wrong: the goal of "
        f"{GOAL_MS:.0f} ms is {met}. In that time is what the load maker was late itself, in 95 % "
        f"of its requests less than {late:.1f} ms."
    )
