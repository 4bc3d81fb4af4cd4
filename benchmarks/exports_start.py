"""What a whole command costs beside what nobody can avoid: starting Python and importing polars.

Each is a process of its own, from its start to its end; they take turns.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

_MAIN = "from turntoward.cli import main; main()"
_POLARS = "import polars"


def start_table(chat: Path, runs: int) -> str:
    """Seconds of each, and how many times the import of polars that is."""
    table = str(chat.with_suffix(".parquet"))
    commands = {
        "`python -c pass`": ("-c", "pass"),
        "`import polars`": ("-c", _POLARS),
        "`import turntoward`": ("-c", "import turntoward"),
        "`turntoward --help`": ("-c", _MAIN, "--help"),
        "`turntoward messages chat.txt --out m.parquet`": (
            "-c", _MAIN, "messages", str(chat), "--out", table,
        ),
    }  # fmt: skip
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            took[name].append(_timed(command))
    middle = {name: _middle(times) for name, times in took.items()}
    seconds_of_polars, cpu_of_polars = middle["`import polars`"]
    lines = [
        "| process | seconds | CPU seconds | time, in imports of polars | CPU, in imports |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {seconds:.2f} | {cpu:.2f} | {seconds / seconds_of_polars:.2f} "
        f"| {cpu / cpu_of_polars:.2f} |"
        for name, (seconds, cpu) in middle.items()
    ]
    return "\n".join([*lines, "", f"Medians of {runs}."])


def _timed(command: tuple[str, ...]) -> tuple[float, float]:
    """Seconds and CPU seconds of one process."""
    before = _children()
    began = time.perf_counter()
    quiet = subprocess.DEVNULL
    subprocess.run([sys.executable, *command], check=True, stdout=quiet, env=os.environ)
    return time.perf_counter() - began, _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _middle(times: list[tuple[float, float]]) -> tuple[float, float]:
    seconds, cpu = zip(*times, strict=True)
    return statistics.median(seconds), statistics.median(cpu)
