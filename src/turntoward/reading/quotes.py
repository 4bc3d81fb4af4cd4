"""Choose the exchanges that a reading keeps as quotes: evidence that the two can see and correct.

Kept are those of the last weeks, which can still be answered, and those around the start of each
drift, which show what changed. Kinds, stances and the two voices take turns, so that no one side
and no one kind fills the page.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import blake2b
from itertools import zip_longest
from typing import Any

import polars as pl

from turntoward.bids.exchange import Exchanges
from turntoward.drift.shift import Finding
from turntoward.language.labels import KIND_COLUMNS, BidKind, Labels, Stance
from turntoward.messages.history import History
from turntoward.messages.message import SENT, Kind
from turntoward.reading.reading import Quoted, Scope
from turntoward.rhythms.material import LIKELY, clear, day_of
from turntoward.rhythms.replies import TOLD

#: A reading holds at most this many quotes: enough to correct, little enough to keep.
MOST = 300

_LATELY = timedelta(weeks=12)
_AROUND = timedelta(weeks=6)
_ANSWER_MESSAGES = 3  # how much of an answering block is quoted

#: What stands for an answer without words.
_WORDLESS = {
    Kind.IMAGE: "(a photo)",
    Kind.VIDEO: "(a video)",
    Kind.VOICE: "(a voice message)",
    Kind.STICKER: "(a sticker)",
    Kind.GIF: "(a GIF)",
    Kind.LOCATION: "(a place)",
    Kind.DELETED: "(a deleted message)",
}

#: Rhythm -> the `BidKind` values whose quotes show it; None for any.
_SHOWS: dict[str, frozenset[str] | None] = {
    "bids_made": None,
    "bids_met": None,
    "pace": None,
    "reply_length": None,
    "affection": frozenset({BidKind.AFFECTION.value}),
    "checking_in": frozenset({BidKind.INTEREST.value}),
    "care_under_stress": frozenset({BidKind.SUPPORT.value}),
    "curiosity_first": frozenset(TOLD),
    "validation_first": frozenset(TOLD),
    "softness": None,
}


def choose(
    history: History, labels: Labels, exchanges: Exchanges, finding: Finding, *, scope: Scope
) -> tuple[Quoted, ...]:
    """At most `MOST` exchanges in order of time; the same input always gives the same quotes.

    In scope `OWN` only own bids are quoted, with no answer and no stance: how the other answered
    was not read, and when they answered is theirs.
    """
    bids = _bids(history, labels, exchanges, scope)
    periods = _periods(bids, finding)
    kept: dict[int, Quoted] = {}
    for n, (start, end) in enumerate(periods):
        room = (MOST - len(kept)) // (len(periods) - n)
        inside = bids.filter(pl.col("ts_local").is_between(start, end, closed="left"))
        fresh = inside.filter(~pl.col("row").is_in(list(kept)))
        for row in _in_turns(fresh, room):
            kept[row["row"]] = _quoted(row, history, scope)
    return tuple(sorted(kept.values(), key=lambda quote: (quote.at, quote.id)))


def with_quotes(finding: Finding, quotes: tuple[Quoted, ...]) -> Finding:
    """Point the evidence of each shift at up to six quotes around its drift's start."""

    def near(start: date, kinds: frozenset[str] | None) -> tuple[int, ...]:
        fit = [q for q in quotes if kinds is None or q.kind in kinds]
        around = [q for q in fit if abs(q.at.date() - start) <= _AROUND]
        return tuple(q.id for q in sorted(around, key=lambda q: -q.sure)[:6])

    def shown(start: date, rhythm: str, old: tuple[int, ...]) -> tuple[int, ...]:
        return near(start, _SHOWS[rhythm]) if rhythm in _SHOWS else old

    drifts = tuple(
        replace(
            drift,
            shifts=tuple(
                replace(
                    shift,
                    evidence=replace(
                        shift.evidence,
                        quotes=shown(drift.likeliest, shift.rhythm, shift.evidence.quotes),
                    ),
                )
                for shift in drift.shifts
            ),
        )
        for drift in finding.drifts
    )
    return replace(finding, drifts=drifts)


def _bids(history: History, labels: Labels, exchanges: Exchanges, scope: Scope) -> pl.DataFrame:
    """Exchanges worth quoting, with `text`, `stance`, `sure` and `nth` of equal ones."""
    heard = pl.DataFrame({"p_kind": _p_kind(labels)}).with_row_index("row")
    spoken = history.messages.select("text", "sender_id").with_row_index("row")
    bids = exchanges.table.join(spoken, on="row").join(heard, on="row")
    bids = bids.filter(pl.col("text").is_not_null())
    if scope is Scope.OWN:
        bids = bids.filter(pl.col("who") == history.me).with_columns(
            stance=pl.lit(""), sure=pl.col("p_kind")
        )
    else:
        turned = pl.max_horizontal("p_away", "p_against")
        met = pl.col("p_toward") >= LIKELY
        p_stance = pl.when(met).then("p_toward").otherwise(turned).fill_null(1.0)
        bids = bids.with_columns(stance=_stance(), sure=pl.col("p_kind") * p_stance)
    same = ["ts_local", "sender_id", "text"]
    return bids.sort("row").with_columns(
        nth=pl.int_range(pl.len()).over(same), week=day_of("ts_local").dt.truncate("1w")
    )


def _p_kind(labels: Labels) -> pl.Series:
    reaching = [column for column in KIND_COLUMNS if column != f"p_{BidKind.NONE.value}"]
    return labels.table.select(pl.max_horizontal(*reaching).cast(pl.Float64)).to_series()


def _stance() -> pl.Expr:
    """Met or not as the rhythm of bids met counts it; empty where the answer was not heard."""
    answered = pl.col("answer_row").is_not_null() | pl.col("by_reaction")
    heard = pl.col("p_toward").is_not_null()
    return (
        pl.when(pl.col("p_toward") >= LIKELY)
        .then(pl.lit(Stance.TOWARD.value))
        .when(heard & ~clear())
        .then(pl.lit(Stance.UNCLEAR.value))
        .when(heard & (pl.col("p_against") > pl.col("p_away")))
        .then(pl.lit(Stance.AGAINST.value))
        .when(heard)
        .then(pl.lit(Stance.AWAY.value))
        .when(answered)
        .then(pl.lit(""))
        .otherwise(pl.lit(Stance.UNANSWERED.value))
    )


def _periods(bids: pl.DataFrame, finding: Finding) -> list[tuple[datetime, datetime]]:
    """Around each drift first, then lately: what one period leaves free, the next may use."""
    last = bids["ts_local"].max()
    if not isinstance(last, datetime):
        return []
    starts = [datetime.combine(d.likeliest, datetime.min.time()) for d in finding.drifts]
    lately = last - _LATELY
    return [(s - _AROUND, s + _AROUND) for s in starts] + [(lately, last + timedelta(seconds=1))]


def _in_turns(bids: pl.DataFrame, room: int) -> list[dict[str, Any]]:
    """Surest first within each voice, stance and kind, which take turns."""
    ordered = bids.sort(["sure", "ts_local", "row"], descending=[True, True, False])
    groups = ordered.partition_by("who", "stance", "kind", as_dict=True)
    named = sorted(groups.items(), key=lambda item: tuple(str(part) for part in item[0]))
    turns = zip_longest(*(group.iter_rows(named=True) for _, group in named))
    flat = (row for turn in turns for row in turn if row is not None)
    return [row for row, _ in zip(flat, range(room), strict=False)]


def _quoted(row: dict[str, Any], history: History, scope: Scope) -> Quoted:
    at = row["ts_local"]
    own = scope is Scope.OWN
    return Quoted(
        id=_id(row),
        at=at,
        week=row["week"],
        who=row["sender_id"],
        kind=row["kind"],
        text=row["text"],
        answer=None if own else _answer(row, history),
        answered_after_s=None if own else row["waited_s"],
        stance=row["stance"],
        sure=round(row["sure"], 3),
        perhaps=() if own else tuple(row["perhaps"] or ()),
    )


def _id(row: dict[str, Any]) -> int:
    """The same for the same bid in every later reading; 48 bits, so that JSON keeps it exact."""
    written = f"{row['ts_local']}\x1f{row['sender_id']}\x1f{row['text']}\x1f{row['nth']}"
    return int.from_bytes(blake2b(written.encode(), digest_size=6).digest())


def _answer(row: dict[str, Any], history: History) -> str | None:
    """The first words of the answering block, or what was sent instead of words."""
    if row["answer_row"] is not None:
        count = row["answer_rows"]
        after = history.messages.slice(row["answer_row"], 4 * _ANSWER_MESSAGES + count)
        theirs = pl.col("kind").is_in([kind.value for kind in SENT])
        block = after.filter(theirs, pl.col("who") == after["who"][0])
        lines = block.head(min(count, _ANSWER_MESSAGES)).select("text", "kind").iter_rows()
        return "\n".join(text or _WORDLESS.get(Kind(kind), "(a picture)") for text, kind in lines)
    if row["by_reaction"]:
        of_bid = history.messages["msg_id"][row["row"]]
        emoji = history.reactions.filter(pl.col("msg_id") == of_bid)["emoji"]
        return str(emoji[0]) if len(emoji) else None
    return None
