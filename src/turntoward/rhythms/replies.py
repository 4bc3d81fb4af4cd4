"""What was said in the answers to bids, message by message: who was curious first, who solved."""

from __future__ import annotations

import polars as pl

from turntoward.language.labels import KIND_COLUMNS, BidKind
from turntoward.rhythms.material import LIKELY, Material, bids

_LETTERS = r"[\p{L}\p{N}]"

#: What is told of oneself, good or hard: the moments that curiosity and "that makes sense" answer.
TOLD = (BidKind.SHARE.value, BidKind.SUPPORT.value)

_REACHING = [name for name in KIND_COLUMNS if name != f"p_{BidKind.NONE.value}"]


def replies(material: Material) -> pl.DataFrame:
    """Every message in words of an answer to something told, in order, as far as it was heard.

    With `row` and `day` of the bid, the labels of the message, and `nth`: its place in the answer.
    """
    text = material.history.messages["text"].fill_null("")
    sent = material.sent.with_row_index("at").with_columns(
        written=text.gather(material.sent["row"]).str.contains(_LETTERS)
    )
    starts = sent.select(pl.col("row").cast(pl.UInt32).alias("answer_row"), start="at")
    told = bids(material).filter(pl.col("kind").is_in(TOLD)).drop_nulls("answer_row")
    at = pl.int_ranges(pl.col("start"), pl.col("start") + pl.col("answer_rows"), dtype=pl.UInt32)
    answers = told.join(starts, on="answer_row").select("row", "day", at=at).explode("at")
    said = sent.filter("heard", "written").select("at", "^p_.*$")
    messages = answers.sort("row", "at").join(said, on="at", maintain_order="left")
    return messages.with_columns(nth=pl.int_range(pl.len()).over("row"))


def is_kind(kind: BidKind) -> pl.Expr:
    """True where a message reaches out, and most probably as this."""
    own = pl.col(f"p_{kind.value}")
    return (pl.col("p_none") < LIKELY) & (own >= pl.max_horizontal(_REACHING))


def first_at(condition: pl.Expr) -> pl.Expr:
    """The place of the first message of an answer for which that holds, null where none does."""
    return pl.col("nth").filter(condition).min()
