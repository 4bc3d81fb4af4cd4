"""Who is who: the names that a chat writes, and the two partners' own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

import polars as pl
from django.utils.translation import gettext as _

from turntoward.errors import UnreadableExport
from turntoward.messages.source import Source
from turntoward.reading.refusals import THIS_FILE
from turntoward.web.readings.models import Bringing
from turntoward.words import day_of, joined

#: What the worker calls a file while it reads it; nobody else does.
_OUR_NAME = re.compile(r"\bchat\d{1,4}\.[a-z]{1,8}\b")
#: What only somebody at a command line can follow.
_TYPED = re.compile(r"`--|`pip |docs/formats\.md")
#: So many names or chats are shown at once, the others behind a fold.
MOST_SHOWN = 20


def checked(names: Iterable[str], longest: int) -> None:
    """Raise `UnreadableExport` for a name that no database can keep, and no messenger writes."""
    if any(len(name) > longest or "\0" in name for name in names):
        raise UnreadableExport(
            "A name in this chat is no name that a messenger writes. Export the chat again."
        )


def guess(bringing: Bringing, names: list[str]) -> tuple[str, str]:
    """Who is who where the names say it; empty where only the two can know."""
    mine, theirs = bringing.by.name.casefold(), bringing.by.other_name().casefold()
    by = [name for name in names if mine and name.casefold().split()[:1] == mine.split()[:1]]
    other = [name for name in names if name.casefold().split()[:1] == theirs.split()[:1]]
    return (by[0], other[0]) if len(by) == len(other) == 1 and by != other else ("", "")


def likeliest_first(chats: Mapping[str, int], other: str) -> list[tuple[str, int]]:
    """Titles and sizes of chats, those that hold the other's name before the rest."""
    theirs = other.casefold()
    return sorted(chats.items(), key=lambda chat: theirs not in chat[0].casefold())


def without_asides(source: Source) -> Source:
    """One chat without what its notes say: they may name other files and chats of one partner."""
    return replace(source, account=replace(source.account, notes=(), aside=()))


def on_a_page(why: str) -> str:
    """A refusal for a page, where there is no command line to type options into; in English."""
    sentences = re.split(r"(?<=\.) ", _OUR_NAME.sub(THIS_FILE, why))
    told = [sentence for sentence in sentences if not _TYPED.search(sentence)]
    if any("--column" in sentence for sentence in sentences):
        told.append("Give the columns the names time, sender and text in the first row.")
    if any("docs/formats.md" in sentence for sentence in sentences):
        told.append("Where you bring in a chat it stands how to get each export.")
    said = " ".join(told) or why
    return said[:1].upper() + said[1:]


def who_is_who(bringing: Bringing) -> list[tuple[str, int, str]]:
    """Each name in the chat, how many messages it wrote, and which of the two it is, if known.

    Once the two are known it is only they: who else writes in a group is nobody's business here.
    """
    by, other = bringing.by.name, bringing.by.other_name()
    mine = {bringing.name_of_by, *bringing.also_by}
    theirs = {bringing.name_of_other, *bringing.also_other}
    ordered = sorted(bringing.senders.items(), key=lambda sender: -sender[1])
    whose = [(name, n, by if name in mine else other if name in theirs else "")
             for name, n in ordered]  # fmt: skip
    return [row for row in whose if row[2]] if bringing.name_of_by else whose[:MOST_SHOWN]


def of_what(bringing: Bringing) -> str:
    """`WhatsApp and Telegram, 1 March 2021 to 2 May 2026`, as far as it is known."""
    account = bringing.account
    titles = joined([_(title) for title in dict.fromkeys(account.get("of") or ())])
    days = [day_of(datetime.fromisoformat(account[at]).date())
            for at in ("first", "last") if account.get(at)]  # fmt: skip
    span = "".join(days[:1])
    if len(set(days)) > 1:
        span = _("%(first)s to %(last)s") % {"first": days[0], "last": days[1]}
    return ", ".join(filter(None, [titles, span]))


def likely_names(bringing: Bringing) -> dict[str, list[str]]:
    """What is ticked before anybody answers: names that are just what the two are called here."""
    by, other = bringing.by.name.casefold(), bringing.by.other_name().casefold()
    return {
        "by": [name for name in bringing.senders if name.casefold() == by],
        "other": [name for name in bringing.senders if name.casefold() == other],
    }


def own_names(bringing: Bringing, reader: Bringing) -> dict[str, str]:
    """The names in this chat -> the two partners' names, as known to who brought in `reader`."""
    me, other = reader.by.name, reader.by.other_name()
    if bringing.by_id != reader.by_id:
        me, other = other, me
    names = dict.fromkeys([bringing.name_of_by, *bringing.also_by], me)
    return names | dict.fromkeys([bringing.name_of_other, *bringing.also_other], other)


def renamed(source: Source, names: Mapping[str, str]) -> Source:
    """One chat with the two's own names.

    Each chat apart: both may have saved the other as "Love", and then "Love" is two people.
    """
    senders = source.messages.with_columns(pl.col("sender_id").replace(dict(names)))
    actors = source.reactions.with_columns(pl.col("actor").replace(dict(names)))
    return replace(source, messages=senders, reactions=actors)
