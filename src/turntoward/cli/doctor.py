"""`turntoward doctor`: the account of an export, so that one can see that nothing was lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from turntoward.cli import options
from turntoward.errors import AmbiguousDates, TurntowardError

if TYPE_CHECKING:
    from turntoward.messages.account import Account
    from turntoward.messages.source import Chat, Source
    from turntoward.reading.sources import Dates

_MOST_CHATS = 20


@click.command("doctor")
@options.FILES
@options.ZONE
@options.DATES
@options.COLUMN
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
def doctor(
    files: tuple[Path, ...],
    zone: str | None,
    dates: Dates | None,
    columns: dict[str, str],
    as_json: bool,
) -> None:
    """Look at exports: what they are, and where every record of them went.

    Any number of people and of chats; nothing is read into a reading. Records = messages + media +
    calls + deleted + notices + unreadable. Never prints a word of a chat, only names and numbers.

    A FILE, folder or zip that holds several exports is told export by export; in JSON it is one
    object with their sums. Of several FILEs, JSON is a list with one object each, and one that
    cannot be read does not keep the others back: it is named on stderr, with exit code 2.
    """
    from turntoward.cli.terminal import plain, steps
    from turntoward.reading.sources import open_each

    opened: list[tuple[Source, ...]] = []
    problems: list[TurntowardError] = []
    with steps() as on_step:
        for file in files:
            read = partial(open_each, file, zone=zone, columns=columns, on_step=on_step)
            try:
                opened += _read(read, dates, alone=len(files) == 1)
            except TurntowardError as problem:
                problems.append(problem)
    if problems and not opened:
        raise problems[0]
    if as_json:
        told = [_as_json([source.account for source in sources]) for sources in opened]
        click.echo(json.dumps(told if len(files) > 1 else told[0], ensure_ascii=False, indent=2))
    else:
        _print(opened)
    for found in problems:
        click.echo(f"Error: {plain(str(found))}", err=True)
    if problems:
        raise click.exceptions.Exit(2)


def _read(
    read: Callable[..., tuple[tuple[Source, ...], ...]], dates: Dates | None, *, alone: bool
) -> tuple[tuple[Source, ...], ...]:
    """One file; of several each decides its own dates, and the answer is for those that cannot."""
    try:
        return read(dates=dates if alone else None)
    except AmbiguousDates:
        return read(dates=dates)


def _print(opened: Sequence[tuple[Source, ...]]) -> None:
    from turntoward.cli.terminal import plain
    from turntoward.reading.accounted import lines

    for sources in opened:
        for source in sources:
            account = _named(source) if len(sources) > 1 else source.account
            for line in lines(_with_all_notes(account)):
                click.echo(plain(line))
            if len(source.chats) > 1:
                for line in _chats(source.chats):
                    click.echo(plain(line))


def _named(source: Source) -> Account:
    """Its account under the name of its own file, for it lies beside others in what was brought."""
    first, *others = source.messages["source_file"].unique(maintain_order=True)
    more = f" and {len(others):,} more" if others else ""
    return replace(source.account, file=f"{first}{more}")


def _with_all_notes(account: Account) -> Account:
    """What was left aside is for who brought it in, and that is who reads this."""
    return replace(account, notes=(*account.notes, *account.aside), aside=())


def _as_json(accounts: Sequence[Account]) -> dict[str, object]:
    from turntoward.reading.accounted import in_all

    account = in_all([_with_all_notes(one) for one in accounts])
    return {
        "format": "+".join(dict.fromkeys(one.format for one in accounts)),
        "records": account.records,
        "messages": account.messages,
        "media": account.media,
        "calls": account.calls,
        "deleted": account.deleted,
        "system": account.system,
        "unreadable": account.unreadable,
        "senders": account.senders,
        "first": None if account.first is None else account.first.isoformat(),
        "last": None if account.last is None else account.last.isoformat(),
        "zone": account.zone,
        "notes": list(account.notes),
    }


def _chats(chats: tuple[Chat, ...]) -> list[str]:
    told = [f"  chat: {chat.title}, {chat.records:,} records" for chat in chats[:_MOST_CHATS]]
    left = len(chats) - _MOST_CHATS
    return [*told, f"  and {left:,} more chats"] if left > 0 else told
