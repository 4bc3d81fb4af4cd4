"""`turntoward prove`: try on this machine what is promised, and print one table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from turntoward.cli.failing import Sentence

if TYPE_CHECKING:
    from rich.table import Table

    from turntoward.prove.running import Ran, RunAll

_SHOWN_MISSES = 20
#: Exit codes. Code 2 is that of a sentence on what was asked.
_FAILED, _NOT_ALL_TRIED = 1, 3


@click.command("prove")
@click.option("--quick", is_flag=True, help="A slice of each proof: minutes instead of an hour.")
@click.option(
    "--only", multiple=True, metavar="NAME", help="Only the proof of that name; may be given again."
)
@click.option(
    "--beside", type=click.IntRange(1, 16), default=2, show_default=True, help="Proofs at a time."
)
@click.option("--list", "listed", is_flag=True, help="Name the proofs and what each promises.")
@click.option(
    "--write",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the table to this file too, as Markdown with its date and command.",
)
def prove(
    quick: bool, only: tuple[str, ...], beside: int, listed: bool, write: Path | None
) -> None:
    """Try on this machine what Turntoward promises, with invented people, and print one table.

    Everything happens in temporary folders: what you two have here is not touched, and nothing is
    sent anywhere. One row per promise: what was tried, how often, what failed. Exit code 1 where
    anything failed; 3 where nothing failed, and not all of it could be tried on this machine.
    """
    from turntoward.prove import PROOFS
    from turntoward.prove.running import run_all
    from turntoward.prove.table import as_markdown, misses, summary, untried

    if listed:
        _list(PROOFS)
        return
    unknown = [name for name in only if name not in PROOFS]
    if unknown:
        raise Sentence(
            f"There is no proof called {unknown[0]}. turntoward prove --list names them."
        )
    names = [name for name in PROOFS if not only or name in only]
    ended = _watched(names, run_all, quick=quick, beside=beside)
    ran = sorted(ended, key=lambda one: names.index(one.name))
    _print(_table(ran))
    told = misses(ran)
    for miss in told[:_SHOWN_MISSES]:
        click.echo(miss)
    if len(told) > _SHOWN_MISSES:
        click.echo(f"and {len(told) - _SHOWN_MISSES:,} more.")
    left_out = untried(ran)
    for left in left_out:
        click.echo(left)
    click.echo(summary(ran))
    if left_out and not told:
        click.echo("Nothing failed, and not all of it could be tried on this machine.")
    if write:
        write.write_text(as_markdown(ran, _command(quick, only, beside), date.today()))  # noqa: DTZ011 # this machine's own day
    if told:
        raise SystemExit(_FAILED)
    if left_out:
        raise SystemExit(_NOT_ALL_TRIED)


def _list(names: Sequence[str]) -> None:
    from turntoward.prove.saying import said_by

    for name in names:
        click.echo(f"{name}: {said_by(name).promise}")


def _command(quick: bool, only: Sequence[str], beside: int) -> str:
    parts = [
        "turntoward prove",
        *(["--quick"] if quick else []),
        *(f"--only {name}" for name in only),
    ]
    return " ".join([*parts, *([f"--beside {beside}"] if beside != 2 else [])])


def _watched(names: Sequence[str], run_all: RunAll, *, quick: bool, beside: int) -> list[Ran]:
    """Run them: a bar for each that runs where somebody watches, and a line for each that ended."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    ended: list[Ran] = []
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        bars: dict[str, TaskID] = {}

        def hear(name: str, done: int, of: int) -> None:
            if name not in bars:
                bars[name] = progress.add_task(name)
            progress.update(bars[name], completed=done, total=of)

        for one in run_all(names, quick=quick, beside=beside, hear=hear):
            ended.append(one)
            if one.name in bars:
                progress.remove_task(bars[one.name])
            word = "held" if one.is_well else "did not hold"
            console.print(f"{one.name}: {word}, {one.seconds:.0f} s", highlight=False)
    return ended


def _table(ran: Sequence[Ran]) -> Table:
    from rich.table import Table
    from rich.text import Text

    from turntoward.prove.table import line_of

    table = Table("promise", "tried", "failed", "shown besides", show_lines=True)
    for one in ran:
        row = line_of(one)
        cells = (row.promise, row.tried, row.failed, "\n".join(row.shown))
        table.add_row(*map(Text, cells))  # as it stands: brackets are no markup
    return table


def _print(table: Table) -> None:
    from rich.console import Console

    Console().print(table)
