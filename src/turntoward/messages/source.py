"""What one export file gave: its messages, what it cannot carry, and an account of every record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from turntoward.messages.message import REACTIONS_SCHEMA


@dataclass(frozen=True, slots=True, kw_only=True)
class Carries:
    """What a format can hold. What it cannot hold is unknown, never absent.

    Without `reactions` an unanswered bid may have been met by a heart that the export lost.
    """

    reactions: bool = False
    replies: bool = False
    edits: bool = False
    calls: bool = False
    voice: bool = True
    seconds: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where every record of a source went: the parts sum to `records`, nothing is dropped."""

    format: str
    records: int
    messages: int
    media: int
    calls: int
    deleted: int
    system: int
    unreadable: int
    senders: dict[str, int]
    first: datetime | None
    last: datetime | None
    zone: str | None
    notes: tuple[str, ...] = ()

    def balances(self) -> bool:
        """True where every record is accounted for."""
        parts = self.messages + self.media + self.calls + self.deleted + self.system
        return self.records == parts + self.unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One export, read: `messages` follows `message.SCHEMA`."""

    messages: pl.DataFrame
    account: Account
    carries: Carries
    reactions: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=REACTIONS_SCHEMA))
