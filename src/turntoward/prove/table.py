"""The one table of all proofs, for a terminal and as a page."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from turntoward.prove.running import Ran
from turntoward.prove.saying import said_by


@dataclass(frozen=True, slots=True)
class Line:
    """A row: the promise, what was tried, how often, what failed, what else was shown."""

    promise: str
    tried: str
    failed: str
    shown: tuple[str, ...]
    seconds: float
    is_well: bool


def line_of(ran: Ran) -> Line:
    """The row of a proof that has ended."""
    proof, result = said_by(ran.name), ran.result
    tried = f"{result.tried:,} {proof.what}" if not result.left_out else "not run here"
    failed = f"{len(result.failed):,}" if not result.left_out else "cannot tell"
    shown = (*result.shown, *((result.left_out,) if result.left_out else ()))
    return Line(proof.promise, tried, failed, shown, ran.seconds, ran.is_well)


def misses(ran: Sequence[Ran]) -> list[str]:
    """Every miss in a sentence, with the name of its proof."""
    found = [f"{one.name}: {miss}" for one in ran for miss in one.result.failed]
    for one in ran:
        if not one.is_well and not one.result.failed and not one.result.left_out:
            found.append(f"{one.name}: nothing was tried")
    return found


def untried(ran: Sequence[Ran]) -> list[str]:
    """What could not be tried on this machine, with the reason: neither held nor missed."""
    return [f"{one.name}: {one.result.left_out}" for one in ran if one.result.left_out]


def summary(ran: Sequence[Ran]) -> str:
    """The last line: whether everything held."""
    held = sum(one.is_well for one in ran)
    if held == len(ran):
        return f"All {held} promises held."
    left = len(untried(ran))
    away = f", {left} could not be tried here" if left else ""
    return f"{held} of {len(ran)} promises held{away}."


def as_markdown(ran: Sequence[Ran], command: str, on: date) -> str:
    """The page docs/proof.md: table, date, command, and what it ran on."""
    rows = [line_of(one) for one in ran]
    body = "\n".join(
        f"| {row.promise} | {row.tried} | {row.failed} | {'; '.join(row.shown)} "
        f"| {row.seconds:.0f} |"
        for row in rows
    )
    total = sum(row.seconds for row in rows)
    return (
        "# Proof\n\n"
        f"This table is written by `{command}`. It was run on {on.isoformat()} with turntoward "
        f"{version('turntoward')}, Python {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores. The proofs took {total / 60:.0f} "
        "minutes in sum, some of them side by side.\n\n"
        "| promise | tried | failed | shown besides | seconds |\n|---|---|---|---|---|\n"
        f"{body}\n\n{summary(ran)}\n"
    )
