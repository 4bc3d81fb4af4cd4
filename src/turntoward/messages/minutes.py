"""Match exports with seconds and exports without: within a minute the order has to tell."""

from __future__ import annotations

import numpy as np
import polars as pl


def by_minute(rows: pl.DataFrame) -> pl.Series:
    """`_key` for each row, where not every source gives seconds.

    What the sources with seconds hold, already matched by the second in `_key`, counts as one
    holder beside each source without; equal records of a minute are matched one by one. `_same` is
    the number of records that are equal within a minute.
    """
    holder = pl.when("_exact").then(0).otherwise(pl.col("_source") + 1)
    order = {"_moment": False, "_held": True, "_source": False, "_place": False}
    held = rows.select("_key", "_same", "_network", "_minute", *order, _holder=holder)
    held = held.with_columns(_each=pair("_key", "_holder", rows.height + 1))
    each = held.sort(list(order), descending=list(order.values()))
    each = each.unique("_each", keep="first", maintain_order=True).with_row_index("_at")
    each = each.with_columns(_turn=_turns(each))
    first = pl.col("_at").min().over(pair("_same", "_turn", rows.height + 1))
    each = each.select("_each", _whole=first)
    return held.join(each, on="_each", how="left", maintain_order="left")["_whole"]


def _turns(each: pl.DataFrame) -> pl.Series:
    """Which of its equal records in the minute each row is, from 0.

    `_at` numbers the rows. A holder that has fewer than another begins within the minute and lacks
    the first, or ends within it and lacks the last: whichever follows who has most without a break.
    """
    size = pl.len().over(pair("_same", "_holder", 1 << 20))
    each = each.with_columns(_front=nth_of(each, "_same", "_holder"), _size=size)
    each = each.with_columns(_lacking=pl.col("_size").max().over("_same") - pl.col("_size"))
    within = ["_network", "_minute"]
    short = each.filter(pl.col("_lacking") > 0).select(within).unique()
    if short.is_empty():
        return each["_front"]
    part = each.join(short, on=within, how="semi", nulls_equal=True, maintain_order="left")
    part = part.with_columns(
        _back=pl.col("_front") + pl.col("_lacking"),
        _holds=pl.len().over(*within, "_holder"),
    )
    most = pl.col("_holder").sort_by("_holds", "_holder", descending=[True, False]).first()
    whole = part.filter(pl.col("_holder") == most.over(within)).select(
        "_same", "_front", _known=pl.int_range(pl.len()).over(within)
    )
    for turn in ("_front", "_back"):
        known = whole.rename({"_front": turn})
        part = part.join(known, on=["_same", turn], how="left", maintain_order="left")
        broken = (pl.col("_known").diff() != 1).sum().over(*within, "_holder")
        part = part.with_columns(broken.alias(f"{turn}_broken")).drop("_known")
    late = part.filter(pl.col("_back_broken") < pl.col("_front_broken"))
    return each["_front"].scatter(late["_at"], late["_back"])


def nth_of(rows: pl.DataFrame, group: str, holder: str) -> pl.Series:
    """Place of each row among those of its group that the same holder has, from 0.

    What `pl.int_range(pl.len()).over(group, holder)` says, several times quicker.
    """
    held = rows.select(pair(group, holder, 1 << 20)).to_series().to_numpy()
    order = np.argsort(held, kind="stable")
    begins = np.flatnonzero(np.diff(held[order], prepend=held[order[:1]] + 1))
    sizes = np.diff(begins, append=len(order))
    nth = np.empty(len(order), dtype=np.int64)
    nth[order] = np.arange(len(order)) - np.repeat(begins, sizes)
    return pl.Series(nth)


def pair(one: str, other: str | pl.Expr, size: int) -> pl.Expr:
    """Two small numbers as one, which is quicker to group by; `other` is less than `size`."""
    second = pl.col(other) if isinstance(other, str) else other
    return pl.col(one).cast(pl.UInt64) * size + second.cast(pl.UInt64)
