"""Is a planted drift found in whole invented chats, and nothing found where nothing was planted?

python benchmarks/demo.py [--seeds 12] [--first 1]

Every seed is one life told twice: with a drift and steady. Each is written as an export and read
like any export, from the file on. The table goes to stdout, and into docs/demo.md between its
markers where that page exists.
"""

from __future__ import annotations

import argparse
import os
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

# The matrices are small: threads that wait for each other only make it slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from turntoward.demo import Demo, write
from turntoward.drift.shift import Drift, Toward, Verdict
from turntoward.reading.pipeline import read_files
from turntoward.reading.reading import Reading

PAGE = Path(__file__).parents[1] / "docs" / "demo.md"
HEADING = "## What a reading finds in it"
START, END = "<!-- benchmarks/demo.py -->", "<!-- /benchmarks/demo.py -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Couple:
    """One seed, read twice; `seconds` is the time of both readings."""

    planted: Demo
    drifting: Reading
    steady: Reading
    seconds: float

    @property
    def found(self) -> Drift | None:
        """The first drift that was found."""
        drifts = self.drifting.finding.drifts
        return next((drift for drift in drifts if drift.toward is Toward.QUIETER), None)

    @property
    def inside(self) -> bool:
        """Whether the interval of its start holds the planted week."""
        start = self.planted.drift_start
        return self.found is not None and self.found.earliest <= _day(start) <= self.found.latest

    @property
    def returned(self) -> bool:
        """Whether a reconnection was found, and not before it begins."""
        back = _day(self.planted.return_start)
        drifts = self.drifting.finding.drifts
        return any(d.toward is Toward.CLOSER and d.latest >= back for d in drifts)


def read_seed(seed: int) -> Couple:
    """Write and read both lives of a seed."""
    with TemporaryDirectory() as folder:
        planted = write(Path(folder, "drifting"), seed=seed)
        steady = write(Path(folder, "steady"), seed=seed, steady=True)
        start = time.perf_counter()
        readings = [read_files(demo.export, zone=demo.zone) for demo in (planted, steady)]
        seconds = time.perf_counter() - start
    return Couple(planted=planted, drifting=readings[0], steady=readings[1], seconds=seconds)


def table(couples: list[Couple]) -> str:
    """Markdown: a row a seed, and what all together say."""
    head = "| seed | planted | found, 80 % range | inside | noticed after | return | steady |\n"
    rows = "".join(_row(couple) for couple in couples)
    return f"{head}|{'---|' * 7}\n{rows}\n{_summary(couples)}\n"


def _row(couple: Couple) -> str:
    found, start = couple.found, _day(couple.planted.drift_start)
    span = f"{found.earliest} to {found.latest}" if found else _verdict(couple.drifting)
    weeks = f"{(found.noticed - start).days // 7} weeks" if found else ""
    return (
        f"| {couple.planted.seed} | {start} | {span} | {_yes(couple.inside)} | {weeks} "
        f"| {_yes(couple.returned)} | {_verdict(couple.steady)} |\n"
    )


def _summary(couples: list[Couple]) -> str:
    of = len(couples)
    found = sum(couple.found is not None for couple in couples)
    inside = sum(couple.inside for couple in couples)
    returned = sum(couple.returned for couple in couples)
    quiet = sum(couple.steady.finding.verdict is Verdict.NOTHING for couple in couples)
    seconds = sum(couple.seconds for couple in couples) / (2 * of)
    return (
        f"Of {of} couples the drift was found in {found}, its planted week inside the range in "
        f"{inside}; the return was found in {returned}; the steady lives were told as steady in "
        f"{quiet}. A reading took {seconds:.1f} s on average on this machine."
    )


def _verdict(reading: Reading) -> str:
    finding = reading.finding
    if finding.verdict is not Verdict.CHANGED:
        return finding.verdict.value.replace("_", " ")
    return ", ".join(f"{drift.toward} {drift.likeliest}" for drift in finding.drifts)


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _day(day: date | None) -> date:
    if day is None:
        raise ValueError("A drifting demo has a planted week.")
    return day


def main() -> None:
    """Read the seeds, print the table, and put it into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=12)
    parser.add_argument("--first", type=int, default=1)
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.seeds)
    written = table([read_seed(seed) for seed in seeds])
    print(written)
    if PAGE.exists():
        command = f"`python benchmarks/demo.py --seeds {asked.seeds} --first {asked.first}`:"
        page = _placed(PAGE.read_text(encoding="utf-8"), f"{command}\n\n{written}")
        PAGE.write_text(page, encoding="utf-8")


def _placed(page: str, written: str) -> str:
    """The page with that between its markers, or with a section of it at its end."""
    if START not in page:
        page = f"{page.rstrip()}\n\n{HEADING}\n{START}\n{END}\n"
    before, _, rest = page.partition(START)
    return f"{before}{START}\n{written}{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    main()
