"""Damaged exports of every format: none may crash, hang or eat the memory.

    python benchmarks/fuzz.py --files 50000          what the checks run, three minutes on two cores
    python benchmarks/fuzz.py --files 1000000        about an hour

Every sample of the tests is damaged with its structure in mind (`fuzz_damage.py`) and read. A file
is well where it is refused with one sentence, or read with an account that balances. Anything else
is printed with the seed that makes the same file again (`--only SEED`), and the exit code is 1.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random
from types import FrameType

os.environ.setdefault("POLARS_MAX_THREADS", "1")
SAMPLES = Path(__file__).parents[1] / "tests" / "exports"
sys.path.insert(0, str(SAMPLES))

from fuzz_damage import DAMAGES, zipped  # noqa: E402
from imessage_databases import build_sample  # noqa: E402

from turntoward.errors import TurntowardError  # noqa: E402
from turntoward.exports import formats, open_exports  # noqa: E402

#: A file that takes longer hangs; the largest that is read by more than this is a finding.
SECONDS = 5
MEMORY_MB = 512
#: Files read by one process before it reports.
_BATCH = 500
#: Nothing in these folders is an export.
_NO_SAMPLES = frozenset({".py", ".pyc"})
#: Every database is read by a process of its own, which takes as long as fifty other files.
_RARE = {"imessage": 0.1}


@dataclass(frozen=True)
class Outcome:
    """What became of a batch."""

    read: Counter[str]
    refused: int
    problems: list[str]
    slowest_s: float
    peak_mb: float


class Hang(Exception):
    """A file took too long."""


def samples() -> dict[str, list[Path]]:
    """Folder -> the samples in it; each folder holds one format."""
    found = sorted(p for p in SAMPLES.glob("*/**/*") if p.is_file() and _is_sample(p))
    by_folder: dict[str, list[Path]] = {}
    for path in found:
        by_folder.setdefault(path.relative_to(SAMPLES).parts[0], []).append(path)
    return by_folder


def _is_sample(path: Path) -> bool:
    return path.suffix not in _NO_SAMPLES and not path.name.endswith(".expected.json")


def made(seed: int, by_folder: dict[str, list[Path]], place: Path) -> tuple[str, bytes]:
    """Name and bytes of the file of a seed: every format equally often, databases less."""
    dice = Random(seed)
    folders = sorted(by_folder)
    (folder,) = dice.choices(folders, [_RARE.get(name, 1.0) for name in folders])
    path = dice.choice(by_folder[folder])
    data = _database(path, place) if path.suffix == ".sql" else path.read_bytes()
    for _ in range(dice.choice((1, 1, 2))):
        (damage,) = dice.choices([d for d, _ in DAMAGES], [n for _, n in DAMAGES])
        data = damage(dice, data)
    within = path.relative_to(SAMPLES / folder)
    if len(within.parts) > 1 and dice.random() < 0.7:
        whole = SAMPLES / folder / within.parts[0]
        beside = {
            p.relative_to(whole).as_posix(): p.read_bytes() for p in whole.rglob("*") if p.is_file()
        }
        return "export.zip", zipped(dice, beside | {path.relative_to(whole).as_posix(): data})
    if dice.random() < 0.08:
        return "export.zip", zipped(dice, {dice.choice(("", "folder/")) + path.name: data})
    return f"{path.stem}.db" if path.suffix == ".sql" else path.name, data


def _database(script: Path, place: Path) -> bytes:
    built = build_sample(script, place)
    data = built.read_bytes()
    built.unlink()
    return data


def batch(seeds: range) -> Outcome:
    """Make and read the files of some seeds."""
    read: Counter[str] = Counter()
    refused, slowest = 0, 0.0
    problems: list[str] = []
    by_folder = samples()
    signal.signal(signal.SIGALRM, _too_long)
    with tempfile.TemporaryDirectory(prefix="turntoward-fuzz-") as place:
        for seed in seeds:
            name, data = made(seed, by_folder, Path(place))
            file = Path(place) / f"of {seed}" / name
            file.parent.mkdir()
            file.write_bytes(data)
            began = time.monotonic()
            signal.setitimer(signal.ITIMER_REAL, SECONDS)
            try:
                for source in open_exports(file):
                    read[source.account.format] += 1
                    problems += [f"seed {seed} ({name}): {wrong}" for wrong in _wrong(source)]
            except TurntowardError as refusal:
                refused += 1
                said = str(refusal)
                if "\n" in said or not said.endswith((".", "`.")):
                    problems.append(f"seed {seed} ({name}): no one sentence")
            except BaseException as crash:  # polars panics with something that is no Exception
                if isinstance(crash, KeyboardInterrupt):
                    raise
                problems.append(f"seed {seed} ({name}): {type(crash).__name__}: {crash}"[:300])
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
            slowest = max(slowest, time.monotonic() - began)
            shutil.rmtree(file.parent)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Outcome(read, refused, problems, slowest, peak)


def _wrong(source: object) -> Iterator[str]:
    account, messages = source.account, source.messages  # type: ignore[attr-defined]
    if not account.balances() or account.records != messages.height:
        yield "the account does not balance"
    if account.messages + account.media + account.calls + account.deleted == 0:
        yield "nobody said anything, and it was not refused"


def _too_long(number: int, frame: FrameType | None) -> None:
    raise Hang(f"longer than {SECONDS} s")


def main() -> None:
    """Read so many damaged files on all cores and say what became of them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--files", type=int, default=50_000)
    parser.add_argument("--first", type=int, default=0, help="seed of the first file")
    parser.add_argument("--only", type=int, help="make and read the file of one seed")
    asked = parser.parse_args()
    if asked.only is not None:
        print(batch(range(asked.only, asked.only + 1)))
        return
    seeds = range(asked.first, asked.first + asked.files)
    parts = [seeds[n : n + _BATCH] for n in range(0, len(seeds), _BATCH)]
    read: Counter[str] = Counter()
    refused, problems, slowest, peak = 0, [], 0.0, 0.0
    began = time.monotonic()
    # Spawned, not forked: polars has threads.
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for n, outcome in enumerate(pool.map(batch, parts), start=1):
            read.update(outcome.read)
            refused += outcome.refused
            problems += outcome.problems
            slowest, peak = max(slowest, outcome.slowest_s), max(peak, outcome.peak_mb)
            for problem in outcome.problems:
                print(problem, flush=True)
            if n % 100 == 0:
                print(f"{n * _BATCH:,} files, {len(problems)} problems", flush=True)
    kinds = ", ".join(f"{name} {count:,}" for name, count in read.most_common())
    print(f"{len(seeds):,} files in {time.monotonic() - began:.0f} s: {sum(read.values()):,} read "
          f"({kinds}), {refused:,} refused with a sentence.")  # fmt: skip
    print(f"Problems: {len(problems)}. Slowest file: {slowest:.2f} s. Memory: {peak:.0f} MB.")
    missing = {one.name for one in formats()} - set(read)
    if missing:
        print(f"Never read: {', '.join(sorted(missing))}.")
    if problems or peak > MEMORY_MB:
        sys.exit(1)


if __name__ == "__main__":
    main()
