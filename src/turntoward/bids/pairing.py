"""Which message answers which bid, and why a bid without an answer may well have been met.

"When they are noticed and responded to, connection grows." A bid is a turn that reaches for the
other; its answer is the other's next block of messages, or a reaction. After the turn-taking of
Driver and Gottman (2004), with one departure: in text the answer may come hours later, so a reply
window in the couple's waking hours stands in for the next moment of a spoken conversation.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import polars as pl

from turntoward.bids.answers import answers_of, reactions_to, stances_of
from turntoward.bids.exchange import EXCHANGE_SCHEMA, Exchanges, Perhaps
from turntoward.bids.turns import in_turns
from turntoward.bids.waking import can_learn, is_late, night_hours, waking_seconds
from turntoward.language.labels import KIND_COLUMNS, BidKind, Labels
from turntoward.messages.history import History
from turntoward.messages.message import Kind

#: A row is a bid when this is more likely than not: `p_none` is calibrated, so below one half
#: more such rows are bids than are none, and neither side of the error is preferred.
BID_BELOW_NONE = 0.5

#: A bid sent this shortly before the couple's night, or in it, may have been met in the morning.
LATE = timedelta(hours=3)

#: Outcomes of a call in which the two did not talk.
_NOT_TALKED = ("missed", "declined", "rejected", "cancelled", "canceled", "busy", "no_answer")

_REACHING = [name for name in KIND_COLUMNS if name != f"p_{BidKind.NONE.value}"]

#: (bids, kinds, answers) -> `STANCE_SCHEMA`, one row each.
Stances = Callable[[list[str], list[str], list[str]], pl.DataFrame]


def pair(
    history: History,
    labels: Labels,
    *,
    window_h: float = 12.0,
    night: tuple[int, ...] | None = None,
    together: bool | None = None,
    stances: Stances | None = None,
) -> Exchanges:
    """Every bid of the history with its answer, in order; `window_h` is in waking hours.

    A burst of one person is one turn and at most one bid: its most bid-like row. Rows that the
    reader did not hear are no bids. The answer is the other's next messages until the turn goes
    back or half an hour passes. One block may answer two bids that waited for it. A reaction
    by the other to any message of the bid's turn is an answer toward. An answer without words (a
    photo, a voice message, a sticker) goes to `stances` with empty words; one in words that the
    reader did not hear, or deleted, counts as answered with its stance unknown (null).

    `together` says whether the two live together, null where that is not known. Where only one
    of the two said yes, hand in a history without the other's words: what is not there is not
    read. `stances` is the reader's own unless another is given. `night` are the hours of the day
    that do not count as waking, in order from bedtime; null has them learned.
    """
    rows = in_turns(history, labels)
    learned = night is None and can_learn(rows["ts_local"])
    night = night_hours(rows["ts_local"]) if night is None else night
    bids = _bids(rows)
    window_s = window_h * 3600
    paired = answers_of(bids, rows, night, window_s).join(
        reactions_to(history, rows), on="turn", how="left"
    )
    paired = stances_of(paired, stances if stances is not None else _reader())
    reacted = pl.col("reacted").fill_null(False)
    answered = pl.col("answer_row").is_not_null()
    waited = pl.when(answered).then("waited_s").otherwise(_seconds("reacted_at", "ts_utc"))
    table = paired.with_columns(
        by_reaction=reacted & ~answered,
        waited_s=waited,
        # A reaction acknowledges, so what else was said did not simply pass over the bid.
        p_toward=pl.when(reacted & ~answered)
        .then(1.0)
        .when(reacted)
        .then(pl.col("p_toward").fill_null(1.0) + pl.col("p_away").fill_null(0.0))
        .otherwise("p_toward"),
        p_away=pl.when(reacted).then(0.0).otherwise("p_away"),
        p_against=pl.when(reacted).then(pl.col("p_against").fill_null(0.0)).otherwise("p_against"),
        perhaps=_perhaps(paired, history, night, window_s, together),
    ).with_columns(perhaps=pl.when(answered | reacted).then(pl.lit([])).otherwise("perhaps"))
    ordered = table.sort("row").select(EXCHANGE_SCHEMA.names()).cast(EXCHANGE_SCHEMA)
    return Exchanges(table=ordered, window_h=window_h, night_hours=night, night_learned=learned)


def _reader() -> Stances:
    """The language layer's own; loaded here so that a given one needs no model."""
    from turntoward.language.reader import stances

    own: Stances = stances
    return own


def _bids(rows: pl.DataFrame) -> pl.DataFrame:
    """The most bid-like heard row of each turn that has one."""
    none = f"p_{BidKind.NONE.value}"
    reaching = rows.filter(pl.col("heard"), pl.col(none) < BID_BELOW_NONE)
    bids = reaching.sort("turn", none, "row").unique("turn", keep="first", maintain_order=True)
    most = bids.select(_REACHING).to_numpy().argmax(axis=1) if bids.height else np.array([], int)
    kinds = pl.Series("kind", [_REACHING[n].removeprefix("p_") for n in most], dtype=pl.String)
    return bids.select(
        "row", "ts_local", "ts_utc", "who", "run", "turn", "text", kinds, p_bid=1 - pl.col(none)
    )


def _seconds(later: str, earlier: str) -> pl.Expr:
    passed = (pl.col(later) - pl.col(earlier)).dt.total_milliseconds() / 1000
    return pl.max_horizontal(passed, pl.lit(0.0)) * pl.when(passed.is_not_null()).then(1.0)


def _perhaps(
    bids: pl.DataFrame,
    history: History,
    night: tuple[int, ...],
    window_s: float,
    together: bool | None,
) -> pl.Series:
    """For each bid the reasons why no answer is seen, as if it had none."""
    at = waking_seconds(bids["ts_local"], night)
    times = history.messages.select(pl.col("ts_local").max()).to_series()
    ends = at + window_s > waking_seconds(times, night)[0] if bids.height else at > 0
    reasons = {
        Perhaps.OVERNIGHT: is_late(bids["ts_local"], night, LATE),
        Perhaps.CALL: _called(history, bids["ts_local"], at, night, window_s),
        Perhaps.REACTION: np.full(bids.height, not history.carries.reactions),
        Perhaps.IN_PERSON: np.full(bids.height, together is True),
        Perhaps.END_OF_RECORD: ends,
    }
    named = [
        pl.when(pl.Series(holds)).then(pl.lit(reason.value)).alias(reason.value)
        for reason, holds in reasons.items()
    ]
    return bids.select(perhaps=pl.concat_list(named).list.drop_nulls()).to_series()


def _called(
    history: History, times: pl.Series, at: np.ndarray, night: tuple[int, ...], window_s: float
) -> np.ndarray:
    """True where the two talked on a call after the bid and within its window."""
    calls = history.messages.filter(
        pl.col("kind") == Kind.CALL.value,
        pl.col("ts_local").is_not_null(),
        ~pl.col("call_outcome").is_in(_NOT_TALKED).fill_null(False),
    )["ts_local"].sort()
    if calls.is_empty():
        return np.zeros(len(times), dtype=bool)
    following = calls.search_sorted(times, side="left").to_numpy()
    waking = np.append(waking_seconds(calls, night), np.inf)
    called: np.ndarray = waking[following] - at <= window_s
    return called
