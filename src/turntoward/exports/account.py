"""The account of a source: every row of its table in exactly one place."""

from __future__ import annotations

import polars as pl

from turntoward.messages.account import Account
from turntoward.messages.message import MEDIA_KINDS, SENT, Kind

#: Where the rows of each kind go; `Kind.UNKNOWN` is a record that could not be read.
_NOTICES = frozenset({Kind.SERVICE, Kind.SYSTEM})
_WORDS = SENT - MEDIA_KINDS - {Kind.DELETED}


def account_of(
    table: pl.DataFrame, *, format_name: str, zone: str | None, notes: tuple[str, ...] = ()
) -> Account:
    """Count the table: records = messages + media + calls + deleted + system + unreadable."""
    by_kind = {Kind(kind): int(n) for kind, n in table["kind"].value_counts().iter_rows()}

    def count(kinds: frozenset[Kind]) -> int:
        return sum(by_kind.get(kind, 0) for kind in kinds)

    wrote = table.filter(
        pl.col("sender_id").is_not_null() & ~pl.col("kind").is_in([k.value for k in _NOTICES])
    )
    senders = wrote["sender_id"].value_counts(sort=True)
    span = table.select(first=pl.col("ts_local").min(), last=pl.col("ts_local").max()).row(0)
    return Account(
        format=format_name,
        records=table.height,
        messages=count(_WORDS),
        media=count(MEDIA_KINDS),
        calls=count(frozenset({Kind.CALL})),
        deleted=count(frozenset({Kind.DELETED})),
        system=count(_NOTICES),
        unreadable=count(frozenset({Kind.UNKNOWN})),
        senders={str(name): int(n) for name, n in senders.iter_rows()},
        first=span[0],
        last=span[1],
        zone=zone,
        notes=notes,
    )


def is_empty(account: Account) -> bool:
    """True where nobody said anything: a file of notices only is no chat."""
    return account.messages + account.media + account.calls + account.deleted == 0
