"""Rounds that get stuck: in one conversation one presses, the other draws back, both are caught.

"Sometimes couples try to reconnect but find themselves stuck in familiar patterns." It is the
demand-withdraw pattern (Christensen and Heavey 1990; Schrodt, Witt and Shimkowski 2014), as far as
turns of written words can show it:

- A turn presses that asks for the other (a bid of interest, affection, support, invitation or
  repair) or is harsh. To share a link or to joke is not to press, however often.
- An answer draws back that turns away or against, is harsh, or has a few words that are neither
  toward nor warm nor a bid of their own. No answer at all leaves the pressing turn hanging.
- A round is three pressing turns of one or more, none of them met, with the other drawing back in
  between: so they are there. Somebody at work who answers late is not. Turning toward, by a word or
  a heart, and any other real answer end it.
- Where both press and both draw back in one conversation it is a quarrel, and none of this.

Both ways are counted together, and what is counted holds nothing that says who did which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

import polars as pl

from turntoward.bids.exchange import Exchanges
from turntoward.bids.turns import in_turns
from turntoward.language.labels import BidKind, Labels
from turntoward.messages.history import History
from turntoward.messages.sessions import DEFAULT_GAP, split

#: So many pressing turns. Two are a question and a reminder.
ROUND = 3

#: An answer of so few words: "later", "not now", "whatever you say".
FEW_WORDS = 3

#: From this probability on a label counts as there, as in the rhythms.
_LIKELY = 0.5

#: Bids that ask for the other.
_ASKING = [
    kind.value
    for kind in (
        BidKind.INTEREST, BidKind.AFFECTION, BidKind.SUPPORT, BidKind.INVITE, BidKind.REPAIR
    )
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A conversation in which both wrote: when it began, and whether a round got stuck in it."""

    begun: datetime
    stuck: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """What one of the two wrote until the other did: how often it presses, whether it was met.

    `draws_back` is said of it as an answer to the run before.
    """

    who: int
    presses: int
    met: bool
    draws_back: bool


def conversations(
    history: History, labels: Labels, exchanges: Exchanges, gap: timedelta = DEFAULT_GAP
) -> tuple[Conversation, ...]:
    """Every conversation in which both wrote, in order; `gap` is the silence that ends one.

    The words of both have to be read. Raises `ValueError` where labels are of another chat.
    """
    runs = _runs(history, labels, exchanges, gap)
    told = []
    for _, held in groupby(runs.iter_rows(), key=lambda row: row[0]):
        rows = list(held)
        turns = [_Run(*row[2:]) for row in rows]
        if len({turn.who for turn in turns}) == 2:
            told.append(Conversation(begun=rows[0][1], stuck=_stuck(turns)))
    return tuple(told)


def _stuck(runs: Sequence[_Run]) -> bool:
    """Whether it got stuck one way round; both ways at once are a quarrel."""
    return sum(_pressed(runs, who) for who in (0, 1)) == 1


def _pressed(runs: Sequence[_Run], who: int) -> bool:
    """Whether `who` presses again and again while the other, who is there, draws back."""
    pressing, drew_back = 0, False
    for run in runs:
        if run.who == who:
            pressing += run.presses
            if run.met:
                pressing, drew_back = 0, False
            elif pressing >= ROUND and drew_back and run.presses:
                return True
        elif run.draws_back:
            drew_back = pressing > 0
        else:
            pressing, drew_back = 0, False
    return False


def _runs(history: History, labels: Labels, exchanges: Exchanges, gap: timedelta) -> pl.DataFrame:
    """`session`, when the run began, and the fields of `_Run`, in order of time."""
    rows = _rows(history, labels, gap)
    bids = exchanges.table.select(
        "row",
        asks=pl.col("kind").is_in(_ASKING),
        met=pl.col("by_reaction") | (pl.col("p_toward") >= _LIKELY).fill_null(False),
    )
    answers = (
        exchanges.table.filter(pl.col("answer_row").is_not_null())
        .group_by(row="answer_row")
        .agg(
            toward=(pl.col("p_toward") >= _LIKELY).any(),
            turned=(pl.max_horizontal("p_away", "p_against") >= _LIKELY).any(),
        )
    )
    told = rows.join(bids, on="row", how="left").join(answers, on="row", how="left")
    yes = pl.col("asks", "met", "toward", "turned").fill_null(False)
    pressing = pl.col("turn").filter(pl.col("asks") | pl.col("harsh"))
    few = pl.col("heard").all() & (pl.col("words").sum() <= FEW_WORDS) & ~pl.col("open").any()
    return (
        told.with_columns(yes)
        .group_by("session", "run", maintain_order=True)
        .agg(
            begun=pl.col("ts_local").first(),
            who=pl.col("who").first(),
            presses=pressing.n_unique(),
            met=pl.col("met").any(),
            draws_back=~pl.col("toward").any()
            & (pl.col("turned").any() | pl.col("harsh").any() | few),
        )
        .drop("run")
    )


def _rows(history: History, labels: Labels, gap: timedelta) -> pl.DataFrame:
    """What was sent, in turns and sessions, with what the words of each message are here.

    `open` is a message that reaches out or is warm: never a drawing back.
    """
    heard = labels.table.select(
        harsh=pl.col("heard") & (pl.col("p_harsh") >= _LIKELY),
        open=(pl.col("p_none") < _LIKELY) | (pl.col("p_warmth") >= _LIKELY),
    ).with_row_index("row")
    turns = in_turns(history, labels).join(heard, on="row", how="left")
    return split(turns, gap).with_columns(
        words=pl.col("text").str.count_matches(r"\S+").fill_null(0)
    )
