"""The tables of benchmarks/moments.py. Intervals are of 95 %, from a bootstrap over couples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: Against which the rule is held in the second table.
PEERS = (
    "the rule, learning nothing",
    "random",
    "random, toward what fades",
    "best so far",
    "best so far, toward what fades",
    "best so far, no rests",
)
#: Whose loss is followed through the weeks in the third.
FOLLOWED = (
    "the rule",
    "the rule, learning nothing",
    "random, toward what fades",
    "best so far, toward what fades",
)
TIMES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What became of one person's weeks under one rule.

    `good` is the true good of what was kept; `tended` counts kept moments that tended what had
    faded; `kept` is the share of offers; `families` are in four weeks; `repeats` is the share of
    offers that had come in the four weeks before; `best` and `lost` are per week, what the best
    choice was worth each day and how much less the chosen one was.
    """

    good: float
    tended: int
    kept: float
    families: float
    repeats: float
    lost: Floats
    best: Floats
    seconds: float


Runs = Mapping[str, Sequence[Run]]


def outcome_table(name: str, runs: Runs, weeks: int) -> str:
    """What each rule reached in one world."""
    most = np.array([run.good for run in runs["knows all"]])
    lines = [
        f"**Where {name}** ({len(most)} couples, {weeks} weeks)",
        "",
        "| rule | good done, in % of the best possible | kept that tended a faded rhythm | "
        "kept of what was offered | families in four weeks | offers that repeat |",
        "|---|---|---|---|---|---|",
    ]
    for rule, ran in runs.items():
        good = np.array([run.good for run in ran])
        tended = np.array([run.tended for run in ran], dtype=float)
        lines.append(
            f"| {rule} | {_ratio(good, most)} | {_mean(tended)} "
            f"| {100 * np.mean([run.kept for run in ran]):.0f} % "
            f"| {np.mean([run.families for run in ran]):.1f} "
            f"| {100 * np.mean([run.repeats for run in ran]):.0f} % |"
        )
    return "\n".join(lines)


def ahead_table(found: Mapping[str, Runs]) -> str:
    """How far the rule is ahead of each peer, in the same lives."""
    lines = [
        "How much more good the rule did than each of these, in the same lives:",
        "",
        f"| world | {' | '.join(PEERS)} |",
        f"|---|{'---|' * len(PEERS)}",
    ]
    for name, runs in found.items():
        ours = np.array([run.good for run in runs["the rule"]])
        cells = [_ahead(ours, np.array([run.good for run in runs[peer]])) for peer in PEERS]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def regret_table(found: Mapping[str, Runs]) -> str:
    """What is lost each day against the best choice, by stretches of weeks."""
    weeks = len(next(iter(found.values()))["the rule"][0].best)
    edges = [edge for edge in (0, 2, 4, 8, 13, 20) if edge < weeks] + [weeks]
    spans = list(pairwise(edges))
    heads = " | ".join(f"weeks {first + 1} to {last}" for first, last in spans)
    lines = [
        "What the day's choice lost against the best one that knows likings, in %, by week:",
        "",
        f"| world | rule | {heads} |",
        f"|---|---|{'---|' * len(spans)}",
    ]
    for name, runs in found.items():
        for rule in FOLLOWED:
            lost = np.array([run.lost for run in runs[rule]])
            best = np.array([run.best for run in runs[rule]])
            cells = [_ratio(lost[:, a:b].sum(axis=1), best[:, a:b].sum(axis=1)) for a, b in spans]
            lines.append(f"| {name} | {rule} | {' | '.join(cells)} |")
    return "\n".join(lines)


def ahead(ours: Floats, peer: Floats) -> tuple[float, float, float]:
    """How much more, in %, with its interval: totals over couples, couples drawn anew."""
    of, again = ours.sum() / peer.sum(), _again(len(ours))
    ratios = ours[again].sum(axis=1) / peer[again].sum(axis=1)
    low, high = np.quantile(ratios, [0.025, 0.975])
    return 100 * (of - 1), 100 * (low - 1), 100 * (high - 1)


def _ahead(ours: Floats, peer: Floats) -> str:
    value, low, high = ahead(ours, peer)
    return f"{value:+.0f} % ({low:+.0f} to {high:+.0f})"


def _ratio(part: Floats, whole: Floats) -> str:
    again = _again(len(part))
    ratios = part[again].sum(axis=1) / whole[again].sum(axis=1)
    low, high = np.quantile(ratios, [0.025, 0.975])
    return f"{100 * part.sum() / whole.sum():.0f} ({100 * low:.0f} to {100 * high:.0f})"


def _mean(values: Floats) -> str:
    low, high = np.quantile(values[_again(len(values))].mean(axis=1), [0.025, 0.975])
    return f"{values.mean():.0f} ({low:.0f} to {high:.0f})"


def _again(count: int) -> NDArray[np.int64]:
    return np.random.default_rng(0).integers(0, count, (TIMES, count))
