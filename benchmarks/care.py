"""How often a sign is seen where nothing happened, and how soon where it was planted.

    python benchmarks/care.py             prints the tables
    python benchmarks/care.py --write     also writes them into docs/care.md

Invented couples (care_couples.py) are looked at every week for a year, as the companion would. What
lives in messages (care_chats.py) is looked for in the demo's invented chats, read by the reader
itself, and in the planted couples of docs/drift.md. Thresholds were set on other seeds.
"""

from __future__ import annotations

import os

# One thread per process. Has to be said before numpy is there.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from multiprocessing import Pool

from care_chats import Looked, bids, stuck
from care_couples import BEFORE, FIRST, LOOKS, ONSET, Plan, couple
from figures import put
from scipy.stats import chi2

from turntoward.care.enough import SIGNS
from turntoward.care.record import Record
from turntoward.care.sign import Seen, Sign

RESTLESS = 1.6
#: Within so many weeks of looking a planted sign is found or not.
WITHIN = (6, 8, 12, 20)
_BY_NAME: dict[str, Sign] = {sign.name: sign for sign in SIGNS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """The first look at which a sign was seen, null where it never was, of so many looks."""

    first: int | None
    looks: int

    @property
    def years(self) -> float:
        """Until it was seen."""
        return (self.looks if self.first is None else self.first + 1) / 52


def steady(seed: int, unrest: float) -> dict[str, Watched]:
    """A quiet couple's year under the signs that need no chat."""
    records = _records(seed, Plan.STEADY, unrest)
    return {name: _watched(name, records) for name in _LIVED}


def live(seed: int, plan: Plan, name: str) -> Watched:
    """One sign from the week on in which it is planted."""
    return _watched(name, _records(seed, plan, 1.0))


def _records(seed: int, plan: Plan, unrest: float) -> list[Record]:
    lived = couple(seed, plan, unrest)
    weeks = range(BEFORE if plan is Plan.STEADY else ONSET, BEFORE + LOOKS)
    return [lived.seen_on(FIRST + timedelta(weeks=week)) for week in weeks]


def read(seed: int, planted: bool, name: str, make: Callable[..., Looked]) -> Watched:
    """One sign in one chat; where it is planted, from the week of the planting on."""
    looked = make(seed, planted)
    return _watched(name, looked.records[looked.onset or 0 :])


def _watched(name: str, records: Sequence[Record]) -> Watched:
    look = _BY_NAME[name].look
    first = next((n for n, one in enumerate(records) if isinstance(look(one), Seen)), None)
    return Watched(first=first, looks=len(records))


#: Sign -> what of it is planted.
_LIVED: dict[str, tuple[Plan, ...]] = {
    "one_sided": (Plan.ONE_SIDED,),
    "tension": (Plan.TENSE, Plan.MET),
    "cooling": (Plan.COOLING,),
}


def report(seed: int, couples: int, chats: int, processes: int) -> str:
    """Both tables."""
    seeds, few = range(seed, seed + couples), range(seed, seed + chats)
    some = range(seed, seed + max(couples // 4, 1))
    with Pool(processes) as pool:
        quiet = pool.map(partial(steady, unrest=1.0), seeds)
        restless = pool.map(partial(steady, unrest=RESTLESS), seeds)
        found = {
            (name, str(plan)): pool.map(partial(live, plan=plan, name=name), seeds)
            for name, plans in _LIVED.items()
            for plan in plans
        }
        calm = {}
        for name, make, among in (("bids_stopped", bids, some), ("stuck_rounds", stuck, few)):
            each = partial(read, name=name, make=make)
            calm[name] = pool.map(partial(each, planted=False), among)
            found[name, name] = pool.map(partial(each, planted=True), among)
    rows = [
        (name, [one[name] for one in quiet], [one[name] for one in restless]) for name in _LIVED
    ] + [(name, watched, []) for name, watched in calm.items()]
    return f"{_quiet_table(rows)}\n\n{_found_table(found)}"


def _quiet_table(rows: Sequence[tuple[str, Sequence[Watched], Sequence[Watched]]]) -> str:
    lines = [
        "| sign | first seen per quiet couple-year (95 %) | couple-years "
        f"| {RESTLESS} times as restless |",
        "|---|---|---|---|",
    ]
    for name, quiet, restless in rows:
        years = sum(one.years for one in quiet)
        lines.append(f"| {name} | {_per_year(quiet)} | {years:.0f} | {_per_year(restless)} |")
    return "\n".join(lines)


def _per_year(watched: Sequence[Watched]) -> str:
    """First sights per couple-year with the exact interval of a Poisson count."""
    if not watched:
        return ""
    years = sum(one.years for one in watched)
    seen = sum(one.first is not None for one in watched)
    low = chi2.ppf(0.025, 2 * seen) / 2 if seen else 0.0
    high = chi2.ppf(0.975, 2 * seen + 2) / 2
    return f"{seen / years:.3f} ({low / years:.3f} to {high / years:.3f})"


def _found_table(found: dict[tuple[str, str], list[Watched]]) -> str:
    heads = " | ".join(f"within {weeks} weeks" for weeks in WITHIN)
    lines = [f"| sign | planted | couples | {heads} |", f"|---|---|---|{'---|' * len(WITHIN)}"]
    for (name, planted), watched in found.items():
        cells = " | ".join(f"{100 * _within(watched, weeks):.0f} %" for weeks in WITHIN)
        lines.append(f"| {name} | {planted} | {len(watched)} | {cells} |")
    return "\n".join(lines)


def _within(watched: Sequence[Watched], weeks: int) -> float:
    return sum(one.first is not None and one.first <= weeks for one in watched) / len(watched)


def main() -> None:
    """Measure and print, and write the page where asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--couples", type=int, default=120)
    asked.add_argument("--chats", type=int, default=3)
    asked.add_argument("--seed", type=int, default=40_000)
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    command = (
        f"python benchmarks/care.py --couples {given.couples} --chats {given.chats} "
        f"--seed {given.seed} --write"
    )
    began = time.perf_counter()
    measured = report(given.seed, given.couples, given.chats, given.processes)
    text = f"Written by `{command}`.\n\n{measured}"
    print(text)
    print(f"\n{time.perf_counter() - began:.0f} s on {given.processes} processes")
    if given.write:
        put("care", "figures", text)


if __name__ == "__main__":
    main()
