"""Gather what one or more exports gave into the history of two people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from turntoward.errors import NotTwoPeople, UnknownName
from turntoward.messages.account import Account, Carries
from turntoward.messages.message import Kind
from turntoward.messages.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The messages of two partners, in order, each once.

    `messages` is `message.SCHEMA` plus `who` (Int8): 0 for `partners[0]`, 1 for `partners[1]`,
    null for system rows. `me` is the index of the person who brings it in, where that is known.
    """

    messages: pl.DataFrame
    reactions: pl.DataFrame
    partners: tuple[str, str]
    me: int | None
    carries: Carries
    accounts: tuple[Account, ...]
    duplicates: int


def gather(
    sources: Sequence[Source], *, me: str | None = None, aliases: Mapping[str, str] | None = None
) -> History:
    """Join sources into one history: same chat twice counts once; `aliases` maps name to name.

    Raises `NotTwoPeople` unless exactly two names wrote something, `UnknownName` where `me` is
    none of them.
    """
    if not sources:
        raise NotTwoPeople("No file was given. Choose the chat with your partner.", {})
    table = pl.concat(
        [source.messages.with_columns(_source=pl.lit(n)) for n, source in enumerate(sources)]
    )
    reactions = pl.concat([source.reactions for source in sources]).unique(maintain_order=True)
    if aliases:
        table = table.with_columns(pl.col("sender_id").replace(dict(aliases)))
        reactions = reactions.with_columns(pl.col("actor").replace(dict(aliases)))
    wrote = table.filter(pl.col("sender_id").is_not_null())
    wrote = wrote.filter(~pl.col("kind").is_in([Kind.SERVICE.value, Kind.SYSTEM.value]))
    per_name = wrote.group_by("sender_id").len().sort("len", "sender_id", descending=[True, False])
    counts = Counter(dict(per_name.iter_rows()))
    if me is not None and me not in counts:
        names = ", ".join(name for name, _ in counts.most_common())
        raise UnknownName(f"Nobody in this chat is called {me}. It holds: {names}.")
    if len(counts) != 2:
        raise NotTwoPeople(_not_two(counts), dict(counts.most_common()))
    partners = _in_order(counts, me)
    ordered, duplicates = _each_once(table)
    who = pl.col("sender_id").replace_strict(
        {partners[0]: 0, partners[1]: 1}, default=None, return_dtype=pl.Int8
    )
    return History(
        messages=ordered.with_columns(who=who),
        reactions=reactions,
        partners=partners,
        me=None if me is None else partners.index(me),
        carries=_common([source.carries for source in sources]),
        accounts=tuple(source.account for source in sources),
        duplicates=duplicates,
    )


def _in_order(counts: Counter[str], me: str | None) -> tuple[str, str]:
    first, second = sorted(counts)
    return (second, first) if me == second else (first, second)


def _not_two(counts: Counter[str]) -> str:
    if not counts:
        return "Nobody wrote anything in this chat. Choose the chat with your partner."
    listed = ", ".join(f"{name} ({count})" for name, count in counts.most_common(6))
    more = f" and {len(counts) - 6} more" if len(counts) > 6 else ""
    if len(counts) == 1:
        return f"Only one person wrote in this chat: {listed}. Choose the chat of the two of you."
    return (
        f"This chat holds {len(counts)} people: {listed}{more}. "
        "Turntoward reads the chat of two. Choose the one with your partner."
    )


def _each_once(table: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Order by time, then source order; drop a record that an overlapping export repeats.

    A record is a repeat when another source holds the same moment, sender, kind and words. Within
    one source equal lines stay: people do write "haha" twice in a minute, so the n-th such line of
    one export is matched with the n-th of the other. One phone may export seconds and the other
    only minutes, so the moment is the minute, and of two the record with seconds is kept.
    """
    same = ["_minute", "sender_id", "kind", "text"]
    numbered = table.with_row_index("_row").with_columns(
        _minute=pl.col("ts_local").dt.truncate("1m"),
        _coarse=(pl.col("ts_precision") == "min").fill_null(True),
    )
    numbered = numbered.with_columns(_nth=pl.int_range(pl.len()).over([*same, "_source"]))
    once = numbered.sort("_coarse", "_row").unique(
        subset=[*same, "_nth"], keep="first", maintain_order=True
    )
    ordered = once.sort("ts_local", "_row", nulls_last=True)
    added = ["_row", "_nth", "_source", "_minute", "_coarse"]
    return ordered.drop(added), table.height - ordered.height


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
