"""What was read of a file and what was not, in words: every record is in one of the numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from turntoward.exports import FORMATS, format_called
from turntoward.messages.account import Account
from turntoward.words import day_of, figures, gettext, joined, ngettext, ngettext_noop

#: Field of `Account` -> how one and how several of it are called.
_PARTS: dict[str, tuple[str, str]] = {
    "messages": ngettext_noop("{number} message", "{number} messages"),
    "media": ngettext_noop(
        "{number} photo or other attachment", "{number} photos and other attachments"
    ),
    "calls": ngettext_noop("{number} call", "{number} calls"),
    "deleted": ngettext_noop("{number} deleted message", "{number} deleted messages"),
    "system": ngettext_noop(
        "{number} notice of the messenger", "{number} notices of the messenger"
    ),
    "unreadable": ngettext_noop(
        "{number} line that could not be read", "{number} lines that could not be read"
    ),
}

_MOST_NAMES = 8


@cache
def messenger(name: str) -> str:
    """`WhatsApp` for `whatsapp`: the name that people know it by, to be said with `gettext`."""
    return format_called(name).title if name in FORMATS else name


def parts(account: Account) -> list[str]:
    """`2,310 messages`, `1 call`: the parts that are there; together they are all records."""
    held = [(part, getattr(account, part)) for part in _PARTS]
    return [
        ngettext(*_PARTS[part], number).format(number=figures(f"{number:,}"))
        for part, number in held
        if number
    ]


def period(account: Account) -> str | None:
    """`from 1 March 2021 to 2 May 2026`, `on 1 March 2021`, or None where nothing holds a time."""
    if account.first is None or account.last is None:
        return None
    first, last = account.first.date(), account.last.date()
    if first == last:
        return gettext("on {day}").format(day=day_of(first))
    return gettext("from {first} to {last}").format(first=day_of(first), last=day_of(last))


def writers(account: Account) -> str | None:
    """`written by Ana (1,204) and Ben (987)`; in a large group the first eight."""
    if not account.senders:
        return None
    names = [f"{who} ({figures(f'{count:,}')})" for who, count in account.senders.items()]
    more = len(names) - _MOST_NAMES
    if more > 0:
        # Translators: {names} are names with commas between them
        said = ngettext(
            "written by {names} and {number} more", "written by {names} and {number} more", more
        )
        return said.format(names=", ".join(names[:_MOST_NAMES]), number=more)
    said = gettext("written by {names}")
    return said.format(names=joined(names) if len(names) < 3 else ", ".join(names))


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
    of = gettext(messenger(account.format))
    called = f"{account.file} ({of})" if account.file else of
    records = ngettext("{number} record", "{number} records", account.records)
    yield f"{called}: {records.format(number=figures(f'{account.records:,}'))}"
    for line in (
        ", ".join(parts(account)),
        period(account),
        writers(account),
        *account.notes,
        *account.aside,
    ):
        if line:
            yield f"  {line}"
