"""From one row for each thing that a rhythm counts to days, and how much of each day is sure.

Every rhythm that counts what words say has `each(material)`: one row for each message or answer
that it counts among, with `row` (of the message, or of the bid), `day`, and `there`: whether it has
what is counted. Where only some rest on words, `worded` says which; where something may have
happened out of sight, `sure` is below 1. training/counts.py sets the same rows beside what is true.
"""

from __future__ import annotations

import polars as pl

from turntoward.language.counts import called_from, mistakes_of
from turntoward.rhythms.by_day import by_day


def shares(rhythm: str, each: pl.DataFrame) -> pl.DataFrame:
    """Days of a share: how many are there, of how many, and how much of that is sure."""
    worth = mistakes_of(rhythm).worth
    worded = pl.col("worded") if "worded" in each.columns else pl.lit(True)
    sure = pl.col("sure") if "sure" in each.columns else pl.lit(1.0)
    heard = each.with_columns(sure=sure * pl.when(worded).then(worth).otherwise(1.0))
    return by_day(heard, count=pl.col("there"), sure=pl.col("sure"))


def rates(rhythm: str, each: pl.DataFrame) -> pl.DataFrame:
    """Days of a rate: how many are there, on each day that has a row."""
    called = int(each["there"].sum()) / max(each.height, 1)
    worth = mistakes_of(rhythm).worth_per_day(called)
    return each.group_by("day").agg(
        count=pl.col("there").sum(), exposure=pl.lit(1.0), sure=pl.lit(worth)
    )


def likely(flag: str) -> pl.Expr:
    """True where a flag is called: from one half on, or from lower where that is hardly reached."""
    return pl.col(f"p_{flag}") >= called_from(flag)
