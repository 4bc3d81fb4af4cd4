"""What was read and what was not, and what no chat can show."""

from __future__ import annotations

from turntoward.messages.account import Account
from turntoward.reading.accounted import messenger, parts, period, writers
from turntoward.reading.markup import Html, join, tag
from turntoward.reading.reading import Reading, Scope
from turntoward.reading.summary import how_read
from turntoward.words import figures, gettext, ngettext


def account(reading: Reading) -> Html:
    """Every file with every record of it, in numbers that sum up."""
    return join(
        tag("h2", gettext("What was read, and what was not")),
        [_source(n, one, len(reading.accounts)) for n, one in enumerate(reading.accounts, start=1)],
        _twice(reading.duplicates),
        tag("p", how_read(reading), class_="soft"),
    )


def unseen(reading: Reading) -> Html:
    """What this reading cannot see, in general and for these messages."""
    return join(
        tag("h2", gettext("What cannot be seen from here")),
        tag("ul", [tag("li", one) for one in (*_unseen(), *map(gettext, reading.notes))]),
        tag(
            "footer",
            tag("p", gettext("Made on your own computer. Nothing of it was sent anywhere.")),
            tag("p", _kept(reading)),
        ),
    )


def _unseen() -> tuple[str, ...]:
    """True of every chat, whatever it holds."""
    return (
        gettext(
            "Everything between you that was not written here: talks, calls, looks, touch, silence "
            "that felt good."
        ),
        gettext("Why anything changed. A season beside a change is only beside it."),
        gettext(
            "How sure a single line is. Each was heard by a small reader on this computer, "
            "and it mishears irony, private jokes and everything that only you two know."
        ),
    )


def _source(number: int, account: Account, of: int) -> Html:
    name = gettext(messenger(account.format))
    if of > 1:
        name = gettext("File {number}, {messenger}").format(number=number, messenger=name)
    records = ngettext("{number} records: {parts}", "{number} records: {parts}", account.records)
    number_of = figures(f"{account.records:,}")
    lines = [records.format(number=number_of, parts=", ".join(parts(account)))]
    lines += [line for line in (period(account), writers(account), *account.notes) if line]
    return join(
        tag("p", f"{name}:"),
        tag("ul", [tag("li", line[:1].upper() + line[1:]) for line in lines]),
    )


def _twice(duplicates: int) -> Html | None:
    if not duplicates:
        return None
    said = ngettext(
        "{number} record was in more than one file and counted once.",
        "{number} records were in more than one file and counted once.",
        duplicates,
    )
    return tag("p", said.format(number=figures(f"{duplicates:,}")))


def _kept(reading: Reading) -> str:
    if reading.scope is Scope.OWN:
        return gettext("This page holds your own words. Keep it where only you open it.")
    return gettext("This page holds words of both of you. Keep it where only you two open it.")
