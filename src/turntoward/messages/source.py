"""What one export file gave: its messages, what it cannot carry, and an account of every record."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from turntoward.messages.account import Account, Carries
from turntoward.messages.message import REACTIONS_SCHEMA


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One export, read: `messages` follows `message.SCHEMA`."""

    messages: pl.DataFrame
    account: Account
    carries: Carries
    reactions: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=REACTIONS_SCHEMA))
