"""`turntoward doctor`: the account of an export, so that one can see that nothing was lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from turntoward.cli import options

if TYPE_CHECKING:
    from turntoward.messages.account import Account
    from turntoward.messages.source import Chat
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
    """
    from turntoward.cli.terminal import plain, steps
    from turntoward.reading.accounted import lines
    from turntoward.reading.sources import open_whole

    with steps() as on_step:
        sources = open_whole(files, zone=zone, dates=dates, columns=columns, on_step=on_step)
    if as_json:
        accounts = [_as_json(source.account) for source in sources]
        told = accounts[0] if len(accounts) == 1 else accounts
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for source in sources:
        for line in lines(source.account):
            click.echo(plain(line))
        if len(source.chats) > 1:
            for line in _chats(source.chats):
                click.echo(plain(line))


def _as_json(account: Account) -> dict[str, object]:
    return {
        "format": account.format,
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
