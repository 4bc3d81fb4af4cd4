"""Records that were edited or deleted between two exports: one message in two states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

#: With more records of one person in one minute nothing is concluded, so a flood costs no time.
_MOST = 64

_Spans = dict[int, tuple[datetime, datetime]]


@dataclass(frozen=True, slots=True)
class _Record:
    """One message as the exact match knows it, and the sources that hold it just so."""

    key: int
    sources: frozenset[int]
    moment: datetime
    deleted: bool
    edited: bool
    edited_at: int  # microseconds since 1970, 0 where unknown

    def state(self) -> tuple[bool, bool, int, int]:
        """Sorts by what came later; where nothing tells, by the source that ranks first."""
        return (self.deleted, self.edited, self.edited_at, -min(self.sources))


def changed(rows: pl.DataFrame) -> dict[int, int]:
    """`_key` of an earlier state -> `_key` of the latest, for messages that changed in between.

    In one minute of one person: records that no two sources share, at most one of them as it was
    written and at most one deleted, from sources that all reach beyond that minute. Each of these
    sources holds one record that the others lack, so they are states of one message. Anything
    less clear stays as it is.
    """
    minute = ["_network", "_minute", "sender_id"]
    every = "1s" if rows["_exact"].all() else "1m"
    told = rows.filter(
        pl.col("_class").is_in(["words", "media", "deleted"]),
        pl.col("sender_id").is_not_null() & pl.col("_moment").is_not_null(),
    ).with_columns(
        _minute=pl.col("_moment").dt.truncate("1m"),
        _moment=pl.col("_moment").dt.truncate(every),
        _edited=pl.col("edited").fill_null(False),
        _deleted=pl.col("_class") == "deleted",
    )
    marked = told.filter(pl.col("_edited") | pl.col("_deleted")).select(minute).unique()
    if marked.is_empty():
        return {}
    records = (
        told.join(marked, on=minute, how="semi", nulls_equal=True)
        .group_by(*minute, "_key", maintain_order=True)
        .agg(
            pl.col("_source").unique().sort(),
            pl.col("_moment").min(),
            pl.col("_deleted").any(),
            pl.col("_edited").any(),
            pl.col("edited_at").max().dt.epoch("us").fill_null(0),
        )
        .group_by(minute, maintain_order=True)
        .agg(
            pl.struct("_key", "_source", "_moment", "_deleted", "_edited", "edited_at"),
            # Records that share no source differ in the first of them, which most groups do not.
            _several=pl.col("_source").list.first().n_unique() > 1,
        )
        .filter(pl.col("_key").list.len().is_between(2, _MOST), "_several")
    )
    at = pl.col("_moment").dt.truncate(every)
    spans: _Spans = {
        source: (first, last)
        for source, first, last in rows.group_by("_source")
        .agg(first=at.min(), last=at.max())
        .iter_rows()
    }
    later: dict[int, int] = {}
    for group in records["_key"]:
        later |= _in_one_minute([_record(each) for each in group], spans)
    return later


def _record(row: dict[str, Any]) -> _Record:
    return _Record(
        key=row["_key"],
        sources=frozenset(row["_source"]),
        moment=row["_moment"],
        deleted=row["_deleted"],
        edited=row["_edited"],
        edited_at=row["edited_at"],
    )


def _in_one_minute(records: list[_Record], spans: _Spans) -> dict[int, int]:
    """Sets of records in which no two share a source, and that nothing else is apart from."""
    apart = {
        one: frozenset({one} | {other for other in records if not one.sources & other.sources})
        for one in records
    }
    later: dict[int, int] = {}
    for states in dict.fromkeys(apart.values()):
        if all(apart[one] == states for one in states) and _is_one_message(states, spans):
            latest = max(states, key=_Record.state)
            later |= {one.key: latest.key for one in states if one is not latest}
    return later


def _is_one_message(states: frozenset[_Record], spans: _Spans) -> bool:
    plain = sum(not one.deleted and not one.edited for one in states)
    deleted = sum(one.deleted for one in states)
    if len(states) < 2 or plain > 1 or deleted > 1:
        return False
    return all(
        spans[source][0] < other.moment < spans[source][1]
        for one in states
        for source in one.sources
        for other in states
        if other is not one
    )
