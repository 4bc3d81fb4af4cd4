"""Split a history at silences: a session is a stretch of messages without a long pause."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

#: A silence this long ends a session. Conclusions are tried against 1 h, 6 h and 12 h too
#: (turntoward.reading.hours).
DEFAULT_GAP = timedelta(hours=3)


def split(messages: pl.DataFrame, gap: timedelta = DEFAULT_GAP) -> pl.DataFrame:
    """Add `session` (UInt32, from 0) and `opens` (Boolean: the first message of its session).

    `messages` is ordered by `ts_local`; rows without a time join the session before them.
    """
    silent = pl.col("ts_local").diff() > gap
    opens = silent.fill_null(False) | (pl.int_range(pl.len()) == 0)
    return messages.with_columns(opens=opens).with_columns(
        session=(pl.col("opens").cum_sum() - 1).cast(pl.UInt32)
    )
