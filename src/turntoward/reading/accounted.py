"""What was read of a file and what was not, in words: every record is in one of the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from turntoward.exports import formats
from turntoward.messages.account import Account
from turntoward.reading.saying import day_of

#: Field of `Account` -> how one and how several of it are called.
_PARTS: dict[str, tuple[str, str]] = {
    "messages": ("message", "messages"),
    "media": ("photo or other attachment", "photos and other attachments"),
    "calls": ("call", "calls"),
    "deleted": ("deleted message", "deleted messages"),
    "system": ("notice of the messenger", "notices of the messenger"),
    "unreadable": ("line that could not be read", "lines that could not be read"),
}

_MOST_NAMES = 8


@cache
def messenger(name: str) -> str:
    """`WhatsApp` for `whatsapp`: the name that people know it by."""
    return {format.name: format.title for format in formats()}.get(name, name)


def parts(account: Account) -> list[str]:
    """`2,310 messages`, `1 call`: the parts that are there; together they are all records."""
    held = [(part, getattr(account, part)) for part in _PARTS]
    return [f"{number:,} {_PARTS[part][number != 1]}" for part, number in held if number]


def period(account: Account) -> str | None:
    """`from 1 March 2021 to 2 May 2026`, `on 1 March 2021`, or None where nothing holds a time."""
    if account.first is None or account.last is None:
        return None
    first, last = account.first.date(), account.last.date()
    return f"on {day_of(first)}" if first == last else f"from {day_of(first)} to {day_of(last)}"


def writers(account: Account) -> str | None:
    """`written by Ana (1,204) and Ben (987)`; in a large group the first eight."""
    if not account.senders:
        return None
    names = [f"{who} ({count:,})" for who, count in account.senders.items()]
    if len(names) > _MOST_NAMES:
        return f"written by {', '.join(names[:_MOST_NAMES])} and {len(names) - _MOST_NAMES} more"
    return f"written by {' and '.join(names) if len(names) < 3 else ', '.join(names)}"


def lines(name: str, account: Account) -> Iterator[str]:
    """The account of one file as a few lines of plain text."""
    yield f"{name} ({messenger(account.format)}): {account.records:,} records"
    for line in (", ".join(parts(account)), period(account), writers(account), *account.notes):
        if line:
            yield f"  {line}"
