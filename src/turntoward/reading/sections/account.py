"""What was read and what was not, and what no chat can show."""

from __future__ import annotations

from turntoward.messages.account import Account
from turntoward.reading.accounted import messenger, parts, period, writers
from turntoward.reading.markup import Html, join, tag
from turntoward.reading.reading import Reading, Scope
from turntoward.reading.summary import how_read

#: True of every chat, whatever it holds.
_UNSEEN = (
    "Everything between you that was not written here: talks, calls, looks, touch, silence "
    "that felt good.",
    "Why anything changed. A season beside a change is only beside it.",
    "How sure a single line is. Each was heard by a small reader on this computer, "
    "and it mishears irony, private jokes and everything that only you two know.",
)


def account(reading: Reading) -> Html:
    """Every file with every record of it, in numbers that sum up."""
    return join(
        tag("h2", "What was read, and what was not"),
        [_source(n, one, len(reading.accounts)) for n, one in enumerate(reading.accounts, start=1)],
        _twice(reading.duplicates),
        tag("p", how_read(reading), class_="soft"),
    )


def unseen(reading: Reading) -> Html:
    """What this reading cannot see, in general and for these messages."""
    return join(
        tag("h2", "What cannot be seen from here"),
        tag("ul", [tag("li", sentence) for sentence in (*_UNSEEN, *reading.notes)]),
        tag(
            "footer",
            tag("p", "Made on your own computer. Nothing of it was sent anywhere."),
            tag("p", _kept(reading)),
        ),
    )


def _source(number: int, account: Account, of: int) -> Html:
    name = messenger(account.format)
    name = f"File {number}, {name}:" if of > 1 else f"{name}:"
    lines = [f"{account.records:,} records: {', '.join(parts(account))}"]
    lines += [line for line in (period(account), writers(account), *account.notes) if line]
    return join(
        tag("p", name),
        tag("ul", [tag("li", line[:1].upper() + line[1:]) for line in lines]),
    )


def _twice(duplicates: int) -> Html | None:
    if not duplicates:
        return None
    records = "1 record was" if duplicates == 1 else f"{duplicates:,} records were"
    return tag("p", f"{records} in more than one file and counted once.")


def _kept(reading: Reading) -> str:
    if reading.scope is Scope.OWN:
        return "This page holds your own words. Keep it where only you open it."
    return "This page holds words of both of you. Keep it where only you two open it."
