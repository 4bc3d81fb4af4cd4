"""Sums for each day that are the same in every run, down to the last digit.

Polars chooses how to group by a random sample of the rows: in one go, or in parts whose sums it
then adds up, with `maintain_order` too. Floats added in another order differ in the last digit,
and two readings of the same chat would be unlike. Counts of whole numbers are exact either way.
"""

from __future__ import annotations

import numpy as np
import polars as pl


def by_day(rows: pl.DataFrame, **summed: pl.Expr) -> pl.DataFrame:
    """One row for each `day` in `rows`, in order: its number of rows as `exposure`, and the sums.

    Each of `summed` is added up in the order of the rows, as floats; a null adds nothing.
    """
    days, at = np.unique(rows["day"].to_physical().to_numpy(), return_inverse=True)
    columns = rows.select(
        values.cast(pl.Float64).fill_null(0).alias(name) for name, values in summed.items()
    )
    sums = {
        column.name: np.bincount(at, weights=column.to_numpy(), minlength=len(days))
        for column in columns
    }
    day = pl.Series(days, dtype=pl.Int32).cast(pl.Date)
    return pl.DataFrame({"day": day, "exposure": np.bincount(at, minlength=len(days)), **sums})
