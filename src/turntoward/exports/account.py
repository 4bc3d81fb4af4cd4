"""The account of a source: every row of its table in exactly one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

import polars as pl

from turntoward.messages.account import Account, Carries
from turntoward.messages.message import MEDIA_KINDS, SENT, Kind
from turntoward.messages.source import Chat, Source

#: Where the rows of each kind go; `Kind.UNKNOWN` is a record that could not be read.
_NOTICES = frozenset({Kind.SERVICE, Kind.SYSTEM})
_WORDS = SENT - MEDIA_KINDS - {Kind.DELETED}


def source_of(
    table: pl.DataFrame,
    *,
    format_name: str,
    network: str,
    carries: Carries,
    zone: str | None,
    notes: Collection[str] = (),
    reactions: pl.DataFrame | None = None,
    titles: Mapping[str, str] | None = None,
    groups: Collection[str] = (),
    personal: Collection[str] = (),
) -> Source:
    """A source with the account of its table and its chats.

    `titles` maps `chat_id` to how people know the chat; `groups` and `personal` are the ids that
    the source says are of more than two and of two.
    """
    counts = _counts_of(table)
    account = _account(table, counts, format_name=format_name, zone=zone, notes=tuple(notes))
    chats = _chats(counts, titles or {}, groups, personal)
    held = {} if reactions is None else {"reactions": reactions}
    return Source(
        messages=table, account=account, carries=carries, network=network, chats=chats, **held
    )


def account_of(
    table: pl.DataFrame, *, format_name: str, zone: str | None, notes: tuple[str, ...] = ()
) -> Account:
    """Count the table: records = messages + media + calls + deleted + system + unreadable."""
    return _account(table, _counts_of(table), format_name=format_name, zone=zone, notes=notes)


def _counts_of(table: pl.DataFrame) -> pl.DataFrame:
    """How many records there are (`len`) of each `chat_id`, `sender_id` and `kind`."""
    chat = table.select(pl.col("chat_id").first(), n=pl.col("chat_id").n_unique())
    if chat["n"][0] != 1:
        return table.group_by("chat_id", "sender_id", "kind", maintain_order=True).len()
    # Of one chat, as most sources are, its id is not spread over a million rows.
    counts = table.group_by("sender_id", "kind", maintain_order=True).len()
    return counts.with_columns(pl.lit(chat["chat_id"][0], pl.String).alias("chat_id"))


def _account(
    table: pl.DataFrame,
    counts: pl.DataFrame,
    *,
    format_name: str,
    zone: str | None,
    notes: tuple[str, ...],
) -> Account:
    by_kind = {Kind(kind): n for kind, n in _sums(counts, "kind").iter_rows()}

    def count(kinds: frozenset[Kind]) -> int:
        return sum(by_kind.get(kind, 0) for kind in kinds)

    senders = _sums(_wrote(counts), "sender_id").sort("len", descending=True)
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


def _chats(
    counts: pl.DataFrame,
    titles: Mapping[str, str],
    groups: Collection[str],
    personal: Collection[str],
) -> tuple[Chat, ...]:
    """The chats of a table, the one with most records first."""
    sizes = _sums(counts, "chat_id")
    wrote = _sums(_wrote(counts), "chat_id", "sender_id")
    senders: dict[str, dict[str, int]] = {}
    for chat, name, n in wrote.sort("len", "sender_id", descending=[True, False]).iter_rows():
        senders.setdefault(chat, {})[name] = n
    twice = Counter(titles.get(chat) or chat for chat in sizes["chat_id"])
    found = [
        Chat(
            id=chat,
            title=_told_apart(titles.get(chat) or chat, chat, twice),
            records=n,
            senders=senders.get(chat, {}),
            group=True if chat in groups else False if chat in personal else None,
        )
        for chat, n in sizes.iter_rows()
    ]
    return tuple(sorted(found, key=lambda chat: -chat.records))


def _told_apart(title: str, chat: str, titles: Counter[str]) -> str:
    return title if titles[title] == 1 else f"{title} ({chat})"


def is_empty(account: Account) -> bool:
    """True where nobody said anything: a file of notices only is no chat."""
    return account.messages + account.media + account.calls + account.deleted == 0


def _sums(counts: pl.DataFrame, *names: str) -> pl.DataFrame:
    return counts.group_by(names, maintain_order=True).agg(pl.col("len").sum())


def _wrote(counts: pl.DataFrame) -> pl.DataFrame:
    notices = [kind.value for kind in _NOTICES]
    return counts.filter(pl.col("sender_id").is_not_null() & ~pl.col("kind").is_in(notices))
