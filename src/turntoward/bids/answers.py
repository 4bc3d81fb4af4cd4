"""What answered a bid: the other's next block, a reaction, and how the words of it turn."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from turntoward.bids.waking import waking_seconds
from turntoward.language.labels import STANCE_SCHEMA
from turntoward.messages.history import History
from turntoward.messages.message import MEDIA_KINDS

_LETTERS = r"[\p{L}\p{N}]"
_WORDS = r"\S+"


def answers_of(
    bids: pl.DataFrame, rows: pl.DataFrame, night: tuple[int, ...], window_s: float
) -> pl.DataFrame:
    """Each bid with the block that answers it within `window_s` waking seconds, else nulls.

    Adds `answer_row`, `answer_rows`, `waited_s`, `answer_words`, `words` (one message a line, as
    far as it was heard) and `known`: something of the block was heard, or is a sign that needs no
    language, such as emoji, a photo or a voice message.
    """
    firsts = rows.unique("run", keep="first", maintain_order=True).select(
        run=pl.col("run") - 1,
        answer_row="row",
        answer_at="ts_local",
        answer_utc="ts_utc",
        block="block",
    )
    joined = bids.join(firsts, on="run", how="left")
    waking = waking_seconds(joined["answer_at"], night) - waking_seconds(joined["ts_local"], night)
    in_time = pl.Series("in_time", waking <= window_s)
    kept = ("answer_row", "answer_at", "answer_utc", "block")
    joined = joined.with_columns(pl.when(in_time).then(pl.col(*kept)))
    # UTC where it is known: the clock jumps twice a year.
    passed = pl.coalesce(
        pl.col("answer_utc") - pl.col("ts_utc"), pl.col("answer_at") - pl.col("ts_local")
    )
    seconds = (passed.dt.total_milliseconds() / 1000).clip(lower_bound=0)
    return joined.with_columns(waited_s=seconds).join(_blocks(joined, rows), on="block", how="left")


def _blocks(joined: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Each block that answers something: its length and what can be known of it."""
    needed = joined.select(pl.col("block").drop_nulls().unique())
    text = pl.col("text")
    shown = text.is_null() & pl.col("kind").is_in([kind.value for kind in MEDIA_KINDS])
    known = pl.col("heard") | shown | (~text.str.contains(_LETTERS)).fill_null(False)
    return (
        rows.join(needed, on="block", how="semi")
        .group_by("block", maintain_order=True)
        .agg(
            answer_rows=pl.len(),
            words=text.filter(known).drop_nulls().str.join("\n"),
            answer_words=text.filter(known).str.count_matches(_WORDS).sum(),
            known=known.any(),
        )
    )


def reactions_to(history: History, rows: pl.DataFrame) -> pl.DataFrame:
    """Turns that the other reacted to: `turn`, `reacted`, `reacted_at` (the first, in UTC)."""
    ana, ben = history.partners
    theirs = pl.when(pl.col("who") == 0).then(pl.lit(ben)).otherwise(pl.lit(ana))
    return (
        history.reactions.select("msg_id", "actor", reacted_at="ts_utc")
        .join(rows.select("msg_id", "turn", "who").drop_nulls("msg_id"), on="msg_id")
        .filter(pl.col("actor") == theirs)
        .group_by("turn")
        .agg(reacted=pl.lit(True), reacted_at=pl.col("reacted_at").min())
    )


def stances_of(
    paired: pl.DataFrame, read: Callable[[list[str], list[str], list[str]], pl.DataFrame]
) -> pl.DataFrame:
    """Add `STANCE_SCHEMA` as `read` hears it: null without an answer, or with an unknown one.

    A photo or a voice message is asked about with empty words: what a sign without words means is
    the reader's to say, too.
    """
    numbered = paired.with_row_index("_place")
    asked = numbered.filter(pl.col("known").fill_null(False)).with_columns(
        pl.col("text", "words").fill_null("")
    )
    columns = STANCE_SCHEMA.names()
    if asked.height:
        read_as = read(asked["text"].to_list(), asked["kind"].to_list(), asked["words"].to_list())
        if read_as.height != asked.height:
            raise ValueError(
                f"{read_as.height} stances for {asked.height} answers: give one for each."
            )
        stances = read_as.select(columns).with_columns(asked["_place"])
    else:
        stances = pl.DataFrame(schema=dict(STANCE_SCHEMA) | {"_place": pl.UInt32()})
    return numbered.join(stances, on="_place", how="left", maintain_order="left").drop("_place")
