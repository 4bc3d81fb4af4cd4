"""What one export file gave: its messages, what it cannot carry, and an account of every record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from turntoward.messages.account import Account, Carries
from turntoward.messages.message import REACTIONS_SCHEMA


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """One chat inside a source: `id` as in `chat_id`, `title` as people know it.

    `senders` maps each name to its number of records. `group` is true where the source says that
    it is no chat of two, null where it says nothing.
    """

    id: str
    title: str
    records: int
    senders: dict[str, int]
    group: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One export, read: `messages` follows `message.SCHEMA`.

    `network` names whose messages these are, whatever tool exported them; "" means the format's
    own name. Only messages of one network can repeat each other.
    """

    messages: pl.DataFrame
    account: Account
    carries: Carries
    network: str = ""
    reactions: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=REACTIONS_SCHEMA))
    chats: tuple[Chat, ...] = ()


def renamed(source: Source, names: Mapping[str, str]) -> Source:
    """The source with other names for who wrote and who reacted, the rest as it is."""
    senders = source.messages.with_columns(pl.col("sender_id").replace(dict(names)))
    actors = source.reactions.with_columns(pl.col("actor").replace(dict(names)))
    return replace(source, messages=senders, reactions=actors)
