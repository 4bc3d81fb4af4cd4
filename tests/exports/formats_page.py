"""The tables of docs/formats.md, from the code and the samples.

`python tests/exports/formats_page.py` prints them; `test_formats_page.py` compares.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from turntoward.errors import TurntowardError
from turntoward.exports import formats, open_export
from turntoward.messages.message import COLUMNS

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
#: Exports that other projects publish for their own tests.
PUBLIC = ROOT.parent / "shared" / "fixtures" / "exports"


def columns_table() -> str:
    rows = [
        f"| `{name}` | {_short(dtype)} | {meaning} |" for name, (dtype, meaning) in COLUMNS.items()
    ]
    return "\n".join(["| column | type | meaning |", "|---|---|---|", *rows])


def _short(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Datetime):
        return f"Datetime, {dtype.time_zone}" if dtype.time_zone else "Datetime"
    return str(dtype)


def carries_table() -> str:
    names = ("reactions", "replies", "edits", "calls", "voice", "seconds")
    rows = [
        f"| {one.title} | "
        + " | ".join("yes" if getattr(one.carries, name) else "no" for name in names)
        + " |"
        for one in formats()
    ]
    head = f"| format | {' | '.join(names)} |"
    return "\n".join([head, "|---" * (len(names) + 1) + "|", *rows])


def _samples() -> Iterator[tuple[Path, str, dict[str, str]]]:
    """Path, name in the table and options of every sample, other projects' first."""
    for path in sorted(p for p in PUBLIC.rglob("*") if p.is_file()):
        name = path.relative_to(PUBLIC).as_posix()
        yield path, name, {}
        if name == "chatistics/whatsapp/_chat 3.txt":
            yield path, f"{name} `--dates day-first`", {"dates": "day-first"}
    for path in sorted([*HERE.glob("whatsapp/*.txt"), *HERE.glob("telegram/*.json")]):
        wanted = path.with_suffix(".expected.json")
        options = (
            json.loads(wanted.read_text("utf-8")).get("options", {}) if wanted.exists() else {}
        )
        told = "".join(f" `--{key} {value}`" for key, value in options.items())
        yield path, f"{path.relative_to(ROOT).as_posix()}{told}", options


def sample_tables() -> tuple[str, str]:
    """What is read of each sample, and the sentence with which the others are refused."""
    seen = [
        "| sample | records | messages | media | calls | deleted | notices | unreadable | names |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    refused: Counter[tuple[str, str]] = Counter()
    for path, name, options in _samples():
        try:
            one = open_export(path, **options).account  # type: ignore[arg-type]
        except TurntowardError as refusal:
            project = name.split("/")[0] if not name.startswith("tests/") else name
            refused[project, str(refusal).replace(f"{path.name} ", "", 1)] += 1
        else:
            counts = (one.records, one.messages, one.media, one.calls, one.deleted, one.system)
            figures = " | ".join(str(n) for n in (*counts, one.unreadable, len(one.senders)))
            seen.append(f"| {name} | {figures} |")
    rows = [f"| {project} | {n} | {said} |" for (project, said), n in refused.items()]
    return "\n".join(seen), "\n".join(["| sample | files | the file ... |", "|---|---|---|", *rows])


if __name__ == "__main__":
    sys.stdout.write("\n\n".join([columns_table(), carries_table(), *sample_tables()]) + "\n")
