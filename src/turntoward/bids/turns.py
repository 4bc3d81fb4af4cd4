"""Lay a chat out in turns: who held the word, for how long, and who answered.

People text in bursts: "guess what", "I met Cleo", "she has a DOG now" is one reaching out, not
three, and "aww", "what kind?" is one answer.
"""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from turntoward.language.labels import KIND_COLUMNS, Labels
from turntoward.messages.history import History
from turntoward.messages.message import SENT

#: Messages of one person that follow each other this quickly are one turn: a burst. Bursts come
#: seconds apart; after five silent minutes the next message is a new try.
BURST = timedelta(minutes=5)

#: An answer may come in pieces further apart than a burst. After half an hour of silence the
#: same person's next message opens something new and no longer answers.
ANSWER_PAUSE = timedelta(minutes=30)

_KEPT = ("row", "who", "ts_local", "ts_utc", "kind", "text", "msg_id", *KIND_COLUMNS, "heard")


def in_turns(history: History, labels: Labels) -> pl.DataFrame:
    """What the two sent each other, with labels and with the numbers of three nested stretches.

    `run` counts changes of sender, `block` also cuts at `ANSWER_PAUSE`, `turn` also at `BURST`;
    `row` points into `history.messages`. Calls, notices and rows without a time or a sender are
    left out. Raises `ValueError` where labels and messages are not of the same chat.
    """
    if labels.table.height != history.messages.height:
        raise ValueError(
            f"{labels.table.height} labels for {history.messages.height} messages: "
            "label the same history that is paired."
        )
    told = pl.concat(
        [history.messages.with_row_index("row"), labels.table.select(*KIND_COLUMNS, "heard")],
        how="horizontal",
    ).select(_KEPT)
    sent = told.filter(
        pl.col("kind").is_in([kind.value for kind in SENT]),
        pl.col("who").is_not_null(),
        pl.col("ts_local").is_not_null(),
    )
    changes = (pl.col("who") != pl.col("who").shift()).fill_null(False)
    silence = pl.col("ts_local").diff()
    return sent.with_columns(
        run=changes.cum_sum().cast(pl.Int64),
        block=(changes | (silence > ANSWER_PAUSE).fill_null(False)).cum_sum().cast(pl.Int64),
        turn=(changes | (silence > BURST).fill_null(False)).cum_sum().cast(pl.Int64),
    )
