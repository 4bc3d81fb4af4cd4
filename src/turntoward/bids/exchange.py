"""A bid and how it was met: the pair that "turning toward" is measured on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import polars as pl


class Perhaps(StrEnum):
    """Why an unanswered bid may well have been met: text is only a part of two people."""

    OVERNIGHT = "overnight"  # it was late; the answer may have come face to face in the morning
    CALL = "call"  # a call followed
    REACTION = "reaction"  # this source does not carry reactions
    IN_PERSON = "in_person"  # the two live together
    END_OF_RECORD = "end_of_record"  # the export ends before an answer could come


#: One row per bid. `row` points into `History.messages`.
EXCHANGE_SCHEMA: pl.Schema = pl.Schema(
    {
        "row": pl.UInt32(),  # of the bid
        "ts_local": pl.Datetime("us"),
        "who": pl.Int8(),  # who reached out
        "kind": pl.String(),  # most probable `BidKind` that is not none
        "p_bid": pl.Float32(),  # 1 - p_none
        "answer_row": pl.UInt32(),  # first message of the answering block, null when unanswered
        "answer_rows": pl.UInt32(),  # how many messages the answering block has
        "by_reaction": pl.Boolean(),  # met by a reaction alone
        "waited_s": pl.Float64(),  # from the bid to its answer, on the clock, nights included
        "answer_words": pl.UInt32(),  # words in the answering block; 0 for a photo or a voice note
        "p_toward": pl.Float32(),  # null when unanswered, or answered in words that were not heard
        "p_away": pl.Float32(),
        "p_against": pl.Float32(),
        "perhaps": pl.List(pl.String()),  # `Perhaps`, only where unanswered
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanges:
    """All bids of a history with their answers; `window_h` is the reply window in waking hours.

    `night_hours` are the hours of the day (0 to 23) that do not count in it, told or learned from
    when the two write, in order from bedtime; `night_learned` says whether they were learned.
    """

    table: pl.DataFrame
    window_h: float
    night_hours: tuple[int, ...] = ()
    night_learned: bool = False
