"""Several exports become one run of messages, whatever the order in which they are given.

A record is a repeat where another source of the same network holds the same moment, sender, class
of kind and words. Of the repeats the one stays that knows most, and it takes over what only the
others know.

One case cannot be decided. Two exports, one of them without seconds, may touch inside one minute
and overlap by less than that minute: one ends with "haha" at 20:15 and the other begins with "haha"
at 20:15. These may be one message or two, and one is what is taken. Where exports overlap by more,
so that each minute lies in one of them as a whole, nothing is lost and nothing is doubled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from turntoward.messages.account import Account
from turntoward.messages.changed import changed
from turntoward.messages.clocks import on_one_clock
from turntoward.messages.message import Kind
from turntoward.messages.ranking import ranked
from turntoward.messages.references import each_once, pointed
from turntoward.messages.repeats import knows_utc, numbered
from turntoward.messages.source import Source

#: What the record that stays takes from its repeats where it does not know it itself.
_TAKEN = (
    "reply_to", "reply_snippet", "media_ref", "duration_s", "call_outcome", "edited", "edited_at",
    "forwarded",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Messages in order and reactions, each once; `duplicates` counts the records left away.

    `accounts` are those of the sources, in the order in which they were given, with a note where
    the times of one were moved.
    """

    messages: pl.DataFrame
    reactions: pl.DataFrame
    duplicates: int
    accounts: tuple[Account, ...]


def merge(sources: Sequence[Source]) -> Merged:
    """One run of messages from one or more sources, the same for every order of the sources."""
    if len(sources) == 1:
        return _alone(sources[0])
    ranks = ranked(sources)
    told = on_one_clock([sources[place] for place in ranks])
    rows = numbered(told)
    reactions = pl.concat(
        [source.reactions.with_columns(_source=pl.lit(n)) for n, source in enumerate(told)]
    ).cast({"_source": pl.UInt32})
    rows = _best_first(rows, changed(rows))
    rows, reactions = pointed(rows, reactions)
    kept = _in_order(rows, _kept(rows))
    return Merged(
        messages=kept.select(sources[0].messages.columns),
        reactions=each_once(reactions),
        duplicates=rows.height - kept.height,
        accounts=tuple(told[ranks.index(place)].account for place in range(len(told))),
    )


def _alone(source: Source) -> Merged:
    """One source repeats nothing, so only its order is made sure."""
    at = "ts_utc" if knows_utc(source.messages) else "ts_local"
    return Merged(
        messages=source.messages.sort(at, "seq", nulls_last=True),
        reactions=each_once(source.reactions.with_columns(_source=pl.lit(0, pl.UInt32))),
        duplicates=0,
        accounts=(source.account,),
    )


def _best_first(rows: pl.DataFrame, later: dict[int, int]) -> pl.DataFrame:
    """Rows by message, the record that knows most first; an earlier state never is."""
    latest = pl.col("_key").replace(later) if later else pl.col("_key")
    specific = ~pl.col("kind").is_in([Kind.MEDIA.value, Kind.TEXT.value])
    return (
        rows.with_columns(_key=latest, _late=latest == pl.col("_key"))
        .with_columns(
            _specific=specific,
            _has_id=pl.col("msg_id").is_not_null(),
            _included=(pl.col("media_state") == "included").fill_null(False),
        )
        .sort(
            ["_key", "_late", "_fine", "_specific", "_has_id", "_included", "_source"],
            descending=[False, True, True, True, True, True, False],
        )
        .drop("_specific", "_has_id", "_included")
    )


def _kept(rows: pl.DataFrame) -> pl.DataFrame:
    """The first row of each message, with what only its repeats know (earlier states do not)."""
    kept = rows.unique("_key", keep="first", maintain_order=True)
    again = rows.filter("_late").filter(pl.len().over("_key") > 1)
    taken = [name for name in _TAKEN if again[name].null_count() < again.height]
    if not taken:
        return kept
    known = again.group_by("_key").agg(pl.col(name).drop_nulls().first() for name in taken)
    return (
        kept.join(known, on="_key", how="left", suffix="_known", maintain_order="left")
        .with_columns(pl.coalesce(name, f"{name}_known").alias(name) for name in taken)
        .drop(f"{name}_known" for name in taken)
    )


def _in_order(rows: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """Messages by time; within a moment as the source has them that holds most of that moment.

    A record without seconds comes after what its own source holds before it: "20:15" stands after
    the "20:15:40" that it followed.
    """
    second = pl.col("_when").dt.truncate("1s").rank("dense").cast(pl.Int64)
    coarse = pl.col("_fine") == 0
    # "20:15" comes before 20:15:00, unless its own source has it later.
    at = kept.select("_key", _at=2 * second + (~coarse).cast(pl.Int64), _coarse=coarse)
    rows = (
        rows.select("_network", "_source", "_moment", "_held", "_exact", "_key", "_place", "_late")
        .join(at, on="_key", how="left")
        .sort("_source", "_place")
        .with_columns(_run="_at")
    )
    if rows["_coarse"].any():
        # Each moment lies ahead of all before it, so that the highest so far is one of its own.
        moment = pl.struct("_source", "_moment").rle_id()
        ahead = moment.cast(pl.Int64) * (2 * rows.height + 2)
        rows = rows.with_columns(_run=(pl.col("_at") + ahead).cum_max() - ahead)
    lead = (
        rows.sort(["_late", "_exact", "_held", "_source"], descending=[True, True, True, False])
        .unique("_key", keep="first", maintain_order=True)
        .with_columns(_turn=pl.when("_coarse").then("_run").otherwise("_at"))
        .sort(
            ["_turn", "_network", "_coarse", "_held", "_source", "_place"],
            descending=[False, False, False, True, False, False],
            nulls_last=True,
        )
    )
    return lead.select("_key").join(kept, on="_key", how="left", maintain_order="left")
