"""How fast the companion answers while a thousand phones hold a live sitting open:

    python benchmarks/companion.py          prints the tables
    python benchmarks/companion.py --write  also writes them into docs/performance.md
    python benchmarks/companion.py --weight what a phone fetches before its first page stands

`turntoward serve` runs as for many couples, on SQLite in a folder that is thrown away; the load is
made by this process, on the same two cores (more are left out). Stretches without streams and with
them take turns, so that whatever else the machine does falls on both; how much that was is in the
table. Nothing here is a promise for another machine: the columns beside the control are.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from companion_load import Day, Load
from companion_machine import Server, memory, only, served, used
from companion_phones import Phone, Streams
from companion_tables import Run, addresses_table, in_short, runs_table, streams_table, verdict
from figures import put

PACKAGES = ("django", "uvicorn")
#: After the last stream was opened: so long until the load begins.
_REST_S = 5.0


def main() -> None:
    """Measure and print, and write the page where asked."""
    asked = argparse.ArgumentParser(description="Time the companion with live streams open.")
    asked.add_argument("--couples", type=int, default=500, help="two streams each")
    asked.add_argument("--rate", type=float, default=20.0, help="requests a second")
    asked.add_argument("--seconds", type=float, default=60.0)
    asked.add_argument("--runs", type=int, default=3, help="of each kind, in turn")
    asked.add_argument("--cores", type=int, default=2)
    asked.add_argument("--folder", type=Path, help="keep the couples here for the next time")
    asked.add_argument("--weight", action="store_true")
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    if given.seconds > 300:
        raise SystemExit("A sitting lasts ten minutes: at most 300 seconds fit into one.")
    only(given.cores)
    text = weight(given) if given.weight else report(given)
    text = f"Written by `python benchmarks/companion.py {_shown(given)}` on {text}"
    print(text)
    if given.write:
        put("performance", "weight" if given.weight else "companion", text)


def _shown(given: argparse.Namespace) -> str:
    if given.weight:
        return "--weight --write"
    numbers = f"--couples {given.couples} --rate {given.rate:g} --seconds {given.seconds:g}"
    return f"{numbers} --runs {given.runs} --write"


def report(given: argparse.Namespace) -> str:
    """All runs and their tables."""
    with tempfile.TemporaryDirectory(prefix="turntoward-benchmark-") as passing:
        folder = given.folder or Path(passing)
        made = _couples_in(folder, given.couples)
        phones = _phones(made)
        runs = []
        for number in range(given.runs):
            for streams in (False, True):
                began = _script("begin", folder)
                day = Day(began["offers"], began["sittings"], frozenset(began["readers"]))
                runs.append(_run(folder, phones, day, streams, number, given))
                _say(f"Run {len(runs)} of {2 * given.runs}: {in_short(runs[-1])}")
    parts = [
        machine(given.cores),
        verdict(runs),
        "**Each run**, in their order:",
        runs_table(runs),
        "**Each request**, all runs with streams together:",
        addresses_table(runs),
        "**The streams**:",
        streams_table(runs),
    ]
    return "\n\n".join(parts)


def weight(given: argparse.Namespace) -> str:
    """What a phone fetches, on a companion with one couple in it."""
    from companion_weight import weight_table  # brings a browser

    with tempfile.TemporaryDirectory(prefix="turntoward-benchmark-") as passing:
        folder = given.folder or Path(passing)
        phones = _phones(_couples_in(folder, 1))
        _script("begin", folder)
        with served(folder) as server:
            return (
                f"Chromium, 390 x 844, KB of 1,000 bytes.\n\n{weight_table(server.port, phones[0])}"
            )


def _run(
    folder: Path, phones: list[Phone], day: Day, live: bool, seed: int, given: argparse.Namespace
) -> Run:
    with served(folder) as server:
        return asyncio.run(_played(server, phones, day, live, seed, given))


async def _played(
    server: Server,
    phones: list[Phone],
    day: Day,
    live: bool,
    seed: int,
    given: argparse.Namespace,
) -> Run:
    streams = Streams()
    load = Load(server.port, phones, day, streams if live else None, seed)
    if live:
        await streams.open(server.port, phones, load.heard)
    await load.rehearse()
    await asyncio.sleep(_REST_S)
    gc.collect()
    gc.disable()  # this process is a clock: it does not stop to tidy up
    before = used(server)
    await load.play(given.rate, given.seconds)
    shares = used(server).since(before)
    gc.enable()
    mb, threads = memory(server)
    alive = streams.alive()
    streams.close()
    await asyncio.sleep(0.2)
    return Run(
        streams=len(phones) if live else 0,
        rate=given.rate,
        seconds=given.seconds,
        timed=load.timed,
        told=load.told,
        shown=load.shown,
        untold=load.waiting,
        late=load.late,
        alive=alive,
        opened_s=streams.took_s,
        shares=shares,
        mb=mb,
        threads=threads,
    )


def _couples_in(folder: Path, couples: int) -> dict[str, Any]:
    """The couples of this folder, made where there are none yet."""
    kept = folder / f"phones-{couples}.json"
    if not kept.exists():
        _say(f"{couples} couples are being made.")
        kept.write_text(json.dumps(_script("make", folder, f"--couples={couples}")))
    made: dict[str, Any] = json.loads(kept.read_text())
    return made


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _script(what: str, folder: Path, *more: str) -> dict[str, Any]:
    """Run `companion_couples.py` in a process of its own: this one loads no Django."""
    script = Path(__file__).with_name("companion_couples.py")
    command = [sys.executable, str(script), what, str(folder), *more]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _phones(made: dict[str, Any]) -> list[Phone]:
    return [
        Phone(each["partner"], each["couple"], side, each["session"], each["vault"])
        for pair in made["phones"]
        for side, each in enumerate(pair)
    ]


def machine(cores: int) -> str:
    """Cores, memory and versions in words."""
    versions = [f"Python {platform.python_version()}", *(f"{p} {version(p)}" for p in PACKAGES)]
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    used_cores = min(cores, len(os.sched_getaffinity(0)))
    return (
        f"{used_cores} cores, {pages / (1 << 30):.0f} GB of memory, {platform.system()} on "
        f"{platform.machine()}; {', '.join(versions)}."
    )


if __name__ == "__main__":
    main()
