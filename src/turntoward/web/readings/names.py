"""Who is who: the names that a chat writes, and the two partners' own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import polars as pl

from turntoward.errors import UnreadableExport
from turntoward.messages.source import Source
from turntoward.web.readings.models import Bringing


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
