"""Gather what one or more exports gave into the history of two people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from turntoward.errors import NotTwoPeople
from turntoward.messages.account import Account, Carries
from turntoward.messages.merging import merge
from turntoward.messages.message import wrote
from turntoward.messages.owners import with_owners
from turntoward.messages.people import Names, People, two_people
from turntoward.messages.source import Source, renamed


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The messages of two partners, in order, each once.

    `messages` is `message.SCHEMA` plus `who` (Int8): 0 for `partners[0]`, 1 for `partners[1]`,
    null for notices. `me` is the index of the person who brings it in, where that is known.
    `accounts` stand in the order of the sources; their records are the rows of `messages`, plus
    `duplicates`, plus `left_out` (records of other people in a chat of more than two).
    """

    messages: pl.DataFrame
    reactions: pl.DataFrame
    partners: tuple[str, str]
    me: int | None
    carries: Carries
    accounts: tuple[Account, ...]
    duplicates: int
    left_out: int = 0


def gather(
    sources: Sequence[Source],
    *,
    me: Names | None = None,
    partner: Names | None = None,
    aliases: Mapping[str, str] | None = None,
) -> History:
    """Join sources into one history, each message once, the same for any order of the sources.

    `me` and `partner` are the two as the chats write them: a name, or several names of the same
    person, of which the first is what the person is called. Where both are given, what others
    wrote is left out and counted; where one is, the other is whoever else wrote. `aliases` maps
    name to name before that. An owner whom an export calls "Me" gets a name where `owners` can
    tell which of the two it is. See `merging` for what counts as the same message.

    Raises `NotTwoPeople` unless two people are left, `UnknownName` for a name that nobody has.
    """
    if not sources:
        raise NotTwoPeople("No file was given. Choose the chat with your partner.", {})
    if aliases:
        sources = [renamed(source, aliases) for source in sources]
    named = with_owners(sources, me, partner)
    sources = named.sources
    people = two_people(_counts(sources), _names(sources), named.me, named.partner)
    if people.called:
        sources = [renamed(source, people.called) for source in sources]
    if people.left_out:
        sources = [_of_two(source, people) for source in sources]
    merged = merge(sources)
    one, two = people.partners
    who = pl.col("sender_id").replace_strict({one: 0, two: 1}, default=None, return_dtype=pl.Int8)
    return History(
        messages=merged.messages.with_columns(who=who),
        reactions=merged.reactions,
        partners=people.partners,
        me=people.me,
        carries=_common([source.carries for source in sources]),
        accounts=merged.accounts,
        duplicates=merged.duplicates,
        left_out=people.left_out,
    )


def _counts(sources: Sequence[Source]) -> Counter[str]:
    """Records of each who wrote something."""
    counts: Counter[str] = Counter()
    for source in sources:
        senders = source.messages.filter(wrote())["sender_id"]
        counts.update(dict(senders.value_counts().iter_rows()))
    return counts


def _names(sources: Sequence[Source]) -> set[str]:
    """Everybody who is named: also who only joined, or only put a heart on something."""
    names: set[str] = set()
    for source in sources:
        names.update(source.messages["sender_id"].unique().drop_nulls())
        names.update(source.reactions["actor"].unique().drop_nulls())
    return names


def _of_two(source: Source, people: People) -> Source:
    """What the two wrote and reacted with, and the notices; the account says how much is not."""
    two = list(people.partners)
    messages = source.messages.filter(~wrote() | pl.col("sender_id").is_in(two))
    others = source.messages.height - messages.height
    said = (f"Written by others than the two of you, so left out: {others:,}.",) if others else ()
    return replace(
        source,
        messages=messages,
        reactions=source.reactions.filter(pl.col("actor").is_in(two)),
        account=replace(source.account, notes=source.account.notes + said),
    )


def _common(carries: Sequence[Carries]) -> Carries:
    """What all sources carry: a gap in one is a gap in the whole."""
    return Carries(
        reactions=all(c.reactions for c in carries),
        replies=all(c.replies for c in carries),
        edits=all(c.edits for c in carries),
        calls=all(c.calls for c in carries),
        voice=all(c.voice for c in carries),
        seconds=all(c.seconds for c in carries),
    )
