"""How fast exports are read, beside other readers of the same files:

    pip install -e ".[peers]"            (and, in any folder, npm i whatsapp-chat-parser)
    python benchmarks/exports.py         prints the tables
    python benchmarks/exports.py --write also writes them into docs/performance.md

The files are invented and made anew in a temporary folder. Every reader runs in a process of its
own, one after another and then all of them again, so that whatever else the machine does falls on
all alike. `--node FOLDER` names the folder with the node modules.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory

from exports_files import android_12h, android_24h, iphone, write_lines, write_telegram
from exports_readers import OURS, READERS, Measured, timed
from exports_start import start_table
from figures import put

PACKAGES = ("polars", "msgspec", "chatpack", "whatstk", "chat-miner", "pandas")

Write = Callable[[Path, int], None]
#: Title, messenger, and what writes the file.
FILES: tuple[tuple[str, str, Write], ...] = (
    ("WhatsApp, Android, 24 h", "whatsapp", lambda path, n: write_lines(android_24h, path, n)),
    ("WhatsApp, Android, 12 h", "whatsapp", lambda path, n: write_lines(android_12h, path, n)),
    ("WhatsApp, iPhone", "whatsapp", lambda path, n: write_lines(iphone, path, n)),
    ("Telegram", "telegram", write_telegram),
)


def measured(
    path: Path, messenger: str, runs: int, slow_runs: int, node: Path
) -> dict[str, list[Measured]]:
    """What each reader took, by its title: all of them, then all of them again."""
    readers = [reader for reader in READERS if messenger in reader.messengers]
    took: dict[str, list[Measured]] = {reader.title: [] for reader in readers}
    for run in range(runs):
        for reader in readers:
            failed = any("error" in one for one in took[reader.title])
            if not failed and run < (slow_runs if reader.slow else runs):
                took[reader.title].append(timed(reader, messenger, path, node))
    return took


def table(took: Mapping[str, Sequence[Measured]], messages: int) -> str:
    """One row per reader."""
    ours = _middle(took[OURS], "seconds")
    ours_cpu = _middle(took[OURS], "cpu")
    lines = [
        "| reader | seconds | CPU seconds | peak MB | rows | time, in ours | CPU, in ours | runs |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for title, runs in took.items():
        if not runs:
            continue
        errors = [str(one["error"]) for one in runs if "error" in one]
        if errors:
            lines.append(f"| {title} | {errors[0]} | | | | | | |")
            continue
        seconds, cpu = _middle(runs, "seconds"), _middle(runs, "cpu")
        rows = int(runs[-1]["rows"])
        count = f"{rows:,}" if rows in (0, messages) else f"**{rows:,}**"
        lines.append(
            f"| {title} | {seconds:.2f} | {cpu:.2f} | {_middle(runs, 'mb'):.0f} "
            f"| {count if rows else ''} | {seconds / ours:.1f} | {cpu / ours_cpu:.1f} "
            f"| {len(runs)} |"
        )
    return "\n".join(lines)


def _middle(runs: Sequence[Measured], name: str) -> float:
    return statistics.median(float(one.get(name, "nan")) for one in runs)


def machine() -> str:
    """Cores, memory and versions in words."""
    versions = [f"Python {platform.python_version()}"]
    for package in PACKAGES:
        try:
            versions.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            versions.append(f"no {package}")
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return (
        f"{os.cpu_count()} cores, {pages / (1 << 30):.0f} GB of memory, {platform.system()} on "
        f"{platform.machine()}; {', '.join(versions)}."
    )


def report(messages: int, runs: int, slow_runs: int, node: Path) -> str:
    """All tables."""
    parts = []
    with TemporaryDirectory(prefix="turntoward-benchmark-") as folder:
        for number, (title, messenger, write) in enumerate(FILES):
            path = Path(folder) / f"{number}{'.json' if messenger == 'telegram' else '.txt'}"
            write(path, messages)
            took = measured(path, messenger, runs, slow_runs, node)
            size = path.stat().st_size / 1e6
            parts.append(f"**{title}**, {messages:,} messages, {size:.0f} MB:")
            parts.append(table(took, messages))
            path.unlink()
        small = Path(folder) / "chat.txt"
        write_lines(android_24h, small, 40_000)
        parts.append("**The command**, on a WhatsApp export of 40,000 messages:")
        parts.append(start_table(small, max(runs, 5)))
    return "\n\n".join(parts)


def main() -> None:
    """Measure and print, and write the page where asked."""
    asked = argparse.ArgumentParser(description="Time reading exports, beside other readers.")
    asked.add_argument("--messages", type=int, default=1_000_000)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--slow-runs", type=int, default=1, help="0 leaves the slow ones out")
    asked.add_argument("--node", type=Path, default=Path())
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    counts = f"--messages {given.messages} --runs {given.runs} --slow-runs {given.slow_runs}"
    command = f"python benchmarks/exports.py {counts} --write"
    tables = report(given.messages, given.runs, given.slow_runs, given.node)
    text = f"Written by `{command}` on {machine()}\n\n{tables}"
    print(text)
    if given.write:
        put("performance", "figures", text)


if __name__ == "__main__":
    main()
