"""What a format can hold, and where every record of a source went.

Apart from `source`, so that who only shows an account loads no tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
    """Where every record of a source went: the parts sum to `records`, nothing is dropped.

    `file` names the file, folder or zip that was brought in, where that is known. `aside` is said
    like `notes`, but names files or chats that were left aside: it is only for who brought it in.
    """

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
    file: str = ""
    aside: tuple[str, ...] = ()

    def balances(self) -> bool:
        """True where every record is accounted for."""
        parts = self.messages + self.media + self.calls + self.deleted + self.system
        return self.records == parts + self.unreadable
