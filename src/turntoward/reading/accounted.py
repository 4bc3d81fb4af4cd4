"""What was read of a file and what was not, in words: every record is in one of the numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from turntoward.exports import FORMATS, format_called
from turntoward.messages.account import Account
from turntoward.reading.days import day_of

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
    return format_called(name).title if name in FORMATS else name


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


def in_all(accounts: Sequence[Account]) -> Account:
    """Several accounts as one: what a folder or zip holds in all of its exports."""
    first, *more = accounts
    if not more:
        return first
    sums = {part: sum(getattr(one, part) for one in accounts) for part in ("records", *_PARTS)}
    senders: Counter[str] = Counter()
    for one in accounts:
        senders.update(one.senders)
    spans = [(one.first, one.last) for one in accounts if one.first and one.last]
    return replace(
        first,
        **sums,
        senders=dict(senders.most_common()),
        first=min((start for start, _ in spans), default=None),
        last=max((end for _, end in spans), default=None),
        notes=tuple(dict.fromkeys(note for one in accounts for note in one.notes)),
        aside=tuple(dict.fromkeys(note for one in accounts for note in one.aside)),
    )


def lines(account: Account) -> Iterator[str]:
    """The account of one export as a few lines of plain text."""
    of = messenger(account.format)
    called = f"{account.file} ({of})" if account.file else of
    yield f"{called}: {account.records:,} {'record' if account.records == 1 else 'records'}"
    for line in (
        ", ".join(parts(account)),
        period(account),
        writers(account),
        *account.notes,
        *account.aside,
    ):
        if line:
            yield f"  {line}"
