"""The column of doubts: which of them each record raises."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

#: A record in no form that is known.
MISFIT = "record-misfit"
#: Bytes that are no text, which show as U+FFFD.
INVALID = "invalid-bytes"
#: Day and month rest on what the person answered.
AMBIGUOUS_DATE = "ambiguous-date"
#: Words that a messenger may have written itself, where a person's could stand.
PLACEHOLDER = "placeholder-suspect"


def with_flags(rows: pl.DataFrame, doubts: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """Add `flags`: the names of the doubts that are true for a row, an empty list for most."""
    rows = rows.with_row_index("_row")
    doubtful = rows.filter(pl.any_horizontal(doubts.values()))
    none = pl.lit([], dtype=pl.List(pl.String))
    if doubtful.is_empty():
        return rows.drop("_row").with_columns(flags=none)
    named = [pl.when(doubt).then(pl.lit(name)) for name, doubt in doubts.items()]
    flagged = doubtful.select("_row", flags=pl.concat_list(named).list.drop_nulls())
    joined = rows.join(flagged, on="_row", how="left", maintain_order="left").drop("_row")
    return joined.with_columns(pl.col("flags").fill_null(none))
