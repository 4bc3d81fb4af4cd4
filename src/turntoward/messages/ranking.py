"""The order of sources by what they hold, so that the order in which they were given is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import polars as pl

from turntoward.messages.source import Source


def network_of(source: Source) -> str:
    """Whose messages these are, whatever tool exported them."""
    return source.network or source.account.format


def ranked(sources: Sequence[Source]) -> list[int]:
    """Places of the sources by network, first and last moment, size, then a hash of the content.

    Two that are equal in all of this are the same export, so their order cannot matter.
    """
    return sorted(range(len(sources)), key=lambda place: _rank(sources[place]))


def _rank(source: Source) -> tuple[str, int, int, int, bytes]:
    table = source.messages
    at = pl.col("ts_local").dt.epoch("us")
    first, last = table.select(first=at.min().fill_null(0), last=at.max().fill_null(0)).row(0)
    digest = blake2b(digest_size=16)
    for held in (table, source.reactions):
        digest.update(held.hash_rows().to_numpy().tobytes())
    return network_of(source), first, last, table.height, digest.digest()
