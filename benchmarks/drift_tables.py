"""The tables of `benchmarks/drift.py`, from what was told of each couple and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from drift_oracles import Kind, Knows
from drift_peers import PEERS
from drift_weeks import WATCHED, Floats, years_watched
from scipy.stats import chi2

from turntoward.drift import Report
from turntoward.drift.planted import Change, Plan

OURS = "Turntoward"
#: All that are compared on what they told first.
DETECTORS = (OURS, *(peer.name for peer in PEERS))
NAMES = {
    Plan.STEP: "a step in several rhythms",
    Plan.STEP_ONE: "a step in one, strong",
    Plan.RAMP: "a ramp in several, 8 to 26 weeks",
    Plan.RAMP_16: "a ramp in several, 16 weeks",
    Plan.RAMP_ALL: "a ramp in all, a little",
    Plan.RECOVERY: "a ramp in several, and back",
}
SOON, DRAWS = 26, 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One couple: what is true of it, what was told in which week, and the first alarms."""

    weeks: int
    changes: tuple[Change, ...]
    moved_in: float  # its week; infinity where they did not
    reports: tuple[tuple[int, Report], ...]
    peers: dict[str, float] = field(default_factory=dict)
    oracles: dict[Kind, float] = field(default_factory=dict)

    @property
    def onset(self) -> int:
        """The week in which the first planted change begins."""
        return self.changes[0].week

    def told(self, state: str) -> list[tuple[int, Report]]:
        """What was told of this state, with its weeks."""
        return [(week, report) for week, report in self.reports if report.state == state]

    def first(self, name: str) -> float:
        """The week of the first alarm; infinity where there was none."""
        if name != OURS:
            return self.peers[name]
        return float(next((week for week, _ in self.told("drift")), np.inf))

    @property
    def hit(self) -> tuple[int, Report] | None:
        """The first drift, unless it was told before the planted one had begun."""
        told = self.told("drift")
        return told[0] if told and told[0][0] >= self.onset else None


def _rate(events: int, years: float) -> str:
    """A rate per couple-year with its exact 95 % interval."""
    low = chi2.ppf(0.025, 2 * events) / 2 if events else 0.0
    high = chi2.ppf(0.975, 2 * events + 2) / 2
    return f"{events / years:.3f} ({low / years:.3f} to {high / years:.3f})"


def _first_rate(runs: Sequence[Run], name: str) -> str:
    firsts = np.array([run.first(name) for run in runs])
    return _rate(int(np.isfinite(firsts).sum()), years_watched(firsts, runs[0].weeks))


def steady_table(
    steady: Sequence[Run], restless: Sequence[Run], moved: Sequence[Run], unrest: float
) -> str:
    """Drifts told where there is none."""
    years = [
        f"{len(runs) * (runs[0].weeks - WATCHED) / 52:.0f} years" for runs in (steady, restless)
    ]
    lines = [
        f"| first alarms per couple-year (95 %) | steady couples, {years[0]} "
        f"| {unrest} times as restless, {years[1]} | moved in together: called drift |",
        "|---|---|---|---|",
    ]
    for name in DETECTORS:
        since = [(run.first(name), run.moved_in) for run in moved]
        left = [np.isfinite(first) for first, moved_in in since if first >= moved_in]
        rates = " | ".join(_first_rate(runs, name) for runs in (steady, restless))
        lines.append(f"| {name} | {rates} | {np.mean(left):.0%} of {len(left)} |")
    every = []
    for runs in (steady, restless):
        told = sum(len(run.told("drift")) for run in runs)
        every.append(_rate(told, len(runs) * (runs[0].weeks - WATCHED) / 52))
    lines.append(f"| {OURS}, all that is told | {' | '.join(every)} | |")
    return "\n".join(lines)


def _delays(runs: Sequence[Run], firsts: Sequence[float]) -> Floats:
    """Weeks from the onset to the alarm; infinite where never, NaN if it came before the onset."""
    delays = np.array(firsts) - np.array([run.onset for run in runs])
    return np.where(delays < 0, np.nan, delays)


def _cell(delays: Floats) -> str:
    median = np.nanmedian(delays)
    soon = np.nanmean(np.where(np.isnan(delays), np.nan, delays <= SOON))
    return f"{median:.1f} ({soon:.0%})" if np.isfinite(median) else f"never ({soon:.0%})"


def _better(runs: Sequence[Run], knows: Knows) -> tuple[bool, Floats]:
    """An oracle in the kind that is sooner here, and whether that one has the rival."""
    kinds = [
        (passing, _delays(runs, [run.oracles[knows, passing] for run in runs]))
        for passing in (True, False)
    ]
    return min(kinds, key=lambda kind: (np.nanmedian(kind[1]), -int((kind[1] <= SOON).sum())))


def _ratio(ours: Floats, oracle: Floats) -> str:
    """Ratio of the medians, with a 95 % interval over couples drawn again."""
    random = np.random.default_rng(1)
    drawn = random.integers(0, len(ours), size=(DRAWS, len(ours)))
    with np.errstate(invalid="ignore", divide="ignore"):
        ratios = np.nanmedian(ours[drawn], axis=1) / np.nanmedian(oracle[drawn], axis=1)
        ratio = np.nanmedian(ours) / np.nanmedian(oracle)
    low, high = np.nanquantile(ratios, [0.025, 0.975], method="nearest")
    return f"{ratio:.2f} ({low:.2f} to {high:.2f})"


def found_table(found: dict[Plan, list[Run]]) -> str:
    """How soon, and how many within half a year."""
    head = ["planted", OURS, *Knows, "ratio to the latter (95 %)", *DETECTORS[1:]]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    early = dict.fromkeys((*DETECTORS, *Knows), 0)
    plain = False
    for plan, runs in found.items():
        of = {name: _delays(runs, [run.first(name) for run in runs]) for name in DETECTORS}
        cells = [NAMES[plan], _cell(of[OURS])]
        for knows in Knows:
            passing, of[knows] = _better(runs, knows)
            plain = plain or not passing
            cells.append(_cell(of[knows]) + ("" if passing else " *"))
        cells.append(_ratio(of[OURS], of[Knows.CHANGE]))
        cells += [_cell(of[name]) for name in DETECTORS[1:]]
        lines.append(f"| {' | '.join(cells)} |")
        for name, delays in of.items():
            early[name] += int(np.isnan(delays).sum())
    couples = sum(map(len, found.values()))
    counts = ", ".join(f"{name} {count}" for name, count in early.items())
    note = (
        f"Median weeks from the start to the alarm (found within {SOON} weeks). Couples with an "
        f"alarm before the change are left out, of {couples}: {counts}."
    )
    star = " * without holding the drift against something passing: there this oracle is sooner so."
    return "\n".join(lines) + "\n\n" + note + (star if plain else "")


def _named(hits: Sequence[tuple[Change, Report]]) -> float:
    """F1 of the rhythms named."""
    right = sum(len(report.rhythms.keys() & change.effects.keys()) for change, report in hits)
    both = sum(len(report.rhythms) + len(change.effects) for change, report in hits)
    return 2 * right / max(both, 1)


def dates_table(found: dict[Plan, list[Run]]) -> str:
    """How well the drifts that were found are dated and described, in the week they are told."""
    head = (
        "| planted | 80 % interval holds start | median width, weeks | rhythms, F1 "
        "| size: median error | told / true, median |"
    )
    lines = [head, "|---|---|---|---|---|---|"]
    for plan, runs in found.items():
        hits = [(run.changes[0], run.hit[1]) for run in runs if run.hit]
        held = [report.onset[0] <= 7 * change.week <= report.onset[2] for change, report in hits]
        widths = [(report.onset[2] + 1 - report.onset[0]) / 7 for _, report in hits]
        sizes = np.array(
            [
                (size, change.effects[name])
                for change, report in hits
                for name, size in report.rhythms.items()
                if name in change.effects
            ]
        ).reshape(-1, 2)
        error = np.median(np.abs(sizes[:, 0] - sizes[:, 1])) if len(sizes) else np.nan
        share = np.median(sizes[:, 0] / sizes[:, 1]) if len(sizes) else np.nan
        lines.append(
            f"| {NAMES[plan]} | {np.mean(held):.0%} of {len(held)} | {np.median(widths):.0f} "
            f"| {_named(hits):.2f} | {error:.2f} | {share:.2f} |"
        )
    return "\n".join(lines)


def back_line(runs: Sequence[Run]) -> str:
    """How the way back was found, of the couples whose drift was told before it began."""
    pairs = [
        (run.changes[1].week, run.told("reconnected"))
        for run in runs
        if run.hit and run.hit[0] < run.changes[1].week
    ]
    early = np.mean([any(week < onset for week, _ in told) for onset, told in pairs])
    first = [
        (onset, next(((week, one) for week, one in told if week >= onset), None))
        for onset, told in pairs
    ]
    true = [(onset, *one) for onset, one in first if one]
    delay = np.median([week - onset for onset, week, _ in true])
    held = np.mean([one.onset[0] <= 7 * onset <= one.onset[2] for onset, _, one in true])
    return (
        f"Of {len(pairs)} drifts found with a way back later, the way back was found in "
        f"{len(true) / len(pairs):.0%}, after {delay:.0f} weeks in the median; its 80 % interval "
        f"holds its start in {held:.0%}. A way back was told before it began in {early:.0%}."
    )
