"""From records as a format decodes them to the canonical table; what all formats share.

A format yields `Record`s, oldest first, one for every record of its files. Here they get their
times in both senses, their doubts and their account.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec
import polars as pl

from turntoward.exports.flags import INVALID, MISFIT, with_flags
from turntoward.exports.format import ReadOptions
from turntoward.exports.zones import GAP, OVERLAP, to_local, to_utc
from turntoward.messages.message import REACTIONS_SCHEMA, SCHEMA, Kind

NAIVE = "Some times are those of a wall clock without a time zone. Name the zone with `--zone`."

_BATCH = 50_000
_TOO_LARGE = 1 << 62
#: A date that a person can have sent something at: 1990 to 2150, in seconds since 1970.
_EARLIEST, _LATEST = 631_152_000, 5_680_281_600


class Record(msgspec.Struct, kw_only=True, gc=False):
    """One record of a source.

    `at` is the moment in microseconds since 1970 (UTC) and `wall` the clock on the wall, in
    microseconds since 1970 as if it were UTC; either may be unknown. A record with neither is
    `Kind.UNKNOWN`, whatever `kind` says. `misfit` marks a record in no form that is known,
    `doubts` other flags. The rest is as in the columns of `turntoward.messages.message`.
    """

    chat: str = ""
    id: str | None = None
    at: int | None = None
    wall: int | None = None
    precision: str = "s"
    sender: str | None = None
    me: bool | None = None
    kind: Kind = Kind.TEXT
    text: str | None = None
    raw_kind: str | None = None
    media_ref: str | None = None
    media_state: str | None = None
    duration_s: float | None = None
    call_outcome: str | None = None
    reply_to: str | None = None
    reply_snippet: str | None = None
    edited: bool | None = None
    edited_at: int | None = None
    forwarded: bool | None = None
    file: str | None = None
    start: int | None = None
    length: int | None = None
    misfit: bool = False
    doubts: tuple[str, ...] = ()


class Mood(msgspec.Struct, kw_only=True, gc=False):
    """A reaction to a record; `at` as in `Record`."""

    to: str
    actor: str | None = None
    emoji: str = ""
    at: int | None = None


_TYPES: dict[str, pl.DataType] = {
    "chat": pl.String(), "id": pl.String(), "at": pl.Int64(), "wall": pl.Int64(),
    "precision": pl.String(), "sender": pl.String(), "me": pl.Boolean(), "kind": pl.String(),
    "text": pl.String(), "raw_kind": pl.String(), "media_ref": pl.String(),
    "media_state": pl.String(), "duration_s": pl.Float64(), "call_outcome": pl.String(),
    "reply_to": pl.String(), "reply_snippet": pl.String(), "edited": pl.Boolean(),
    "edited_at": pl.Int64(), "forwarded": pl.Boolean(), "file": pl.String(),
    "start": pl.UInt64(), "length": pl.UInt32(), "misfit": pl.Boolean(),
    "doubts": pl.List(pl.String()),
}  # fmt: skip
#: Column of the table -> field of `Record`, where they are called differently.
_FIELD = {
    "chat_id": "chat", "msg_id": "id", "ts_precision": "precision", "sender_id": "sender",
    "is_me": "me", "source_file": "file", "byte_start": "start", "byte_len": "length",
}  # fmt: skip


def table_of(records: Iterable[Record], options: ReadOptions) -> pl.DataFrame:
    """The canonical table, one row per record, in their order."""
    rows = pl.concat([pl.DataFrame(schema=_TYPES), *_batches(iter(records))])
    rows = _timed(rows, options.zone)
    table = rows.select(
        pl.col(_FIELD.get(name, name)).cast(dtype).alias(name)
        for name, dtype in SCHEMA.items()
        if name not in _MADE
    )
    made = rows.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("seq"),
        *[pl.col(name) for name in _MADE if name != "seq"],
    )
    return table.hstack(made).select(SCHEMA.names())


_MADE = ("seq", "ts_utc", "ts_local", "tz_source", "edited_at", "flags")


def moods_of(moods: Iterable[Mood]) -> pl.DataFrame:
    """The table of reactions; one without a sign is left out of nothing: it says `?`."""
    rows = [(m.to, m.actor, m.emoji or "?", m.at) for m in moods]
    names = list(REACTIONS_SCHEMA)
    table = pl.DataFrame(
        rows, schema=dict(zip(names, [pl.String, pl.String, pl.String, pl.Int64], strict=True)),
        orient="row",
    )  # fmt: skip
    return table.with_columns(_moment("ts_utc"))


def notes_on_times(table: pl.DataFrame, zone: str | None) -> list[str]:
    """What to say about times: naive ones, and those of UTC for want of a zone."""
    if zone is not None:
        return []
    timed = table.filter(pl.col("ts_local").is_not_null())
    sources = set(timed["tz_source"].unique())
    notes = []
    if "none" in sources:
        notes.append(NAIVE)
    if "unix" in sources:
        notes.append(
            "The times are exact, but not where you were: they are shown in UTC. Name your zone "
            "with `--zone`."
        )
    return notes


def note_on_misfits(table: pl.DataFrame) -> list[str]:
    """How many records are in no form that is known."""
    misfits = int(table["flags"].list.contains(MISFIT).sum())
    return [f"Records in no form that is known: {misfits:,}."] if misfits else []


def _batches(records: Iterator[Record]) -> Iterator[pl.DataFrame]:
    while batch := list(islice(records, _BATCH)):
        try:
            yield pl.DataFrame({name: _column(batch, name) for name in _TYPES}, schema=_TYPES)
        except (UnicodeEncodeError, OverflowError, TypeError):
            for record in batch:
                _mend(record)
            yield pl.DataFrame({name: _column(batch, name) for name in _TYPES}, schema=_TYPES)


def _column(batch: Sequence[Record], name: str) -> Sequence[object]:
    if name == "doubts":
        # One list for a column is fast, and most rows have no doubts.
        return [list(record.doubts) if record.doubts else None for record in batch]
    if name == "kind":
        return [record.kind.value for record in batch]
    return [getattr(record, name) for record in batch]


def _mend(record: Record) -> None:
    """Halves of surrogate pairs, which are no text, become U+FFFD; impossible numbers nothing."""
    for name, dtype in _TYPES.items():
        value = getattr(record, name)
        if isinstance(value, str) and not isinstance(value, Kind):
            sound = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            if sound != value:
                setattr(record, name, sound)
                record.doubts = (*record.doubts, INVALID)
        elif isinstance(value, int) and dtype.is_integer() and not 0 <= abs(value) < _TOO_LARGE:
            setattr(record, name, None)


def _moment(name: str) -> pl.Expr:
    """Microseconds since 1970 as a moment; null where no person can have meant it."""
    sane = pl.col(name).is_between(_EARLIEST * 1_000_000, _LATEST * 1_000_000)
    moment = pl.from_epoch(pl.when(sane).then(pl.col(name)), time_unit="us")
    return moment.dt.replace_time_zone("UTC").alias(name)


def _timed(rows: pl.DataFrame, zone: str | None) -> pl.DataFrame:
    """`ts_utc`, `ts_local`, `tz_source`, `edited_at` and `flags`.

    Where the moment is known, the wall clock is that of `zone`, else the source's own, else UTC's.
    """
    rows = rows.with_columns(
        _moment("at"), _moment("edited_at"), _moment("wall").dt.replace_time_zone(None)
    )
    exact = pl.col("at").is_not_null()
    if zone is None:
        clock = pl.coalesce("wall", pl.col("at").dt.replace_time_zone(None))
        rows = rows.with_columns(
            ts_utc="at", ts_local=clock, gap=pl.lit(False), overlap=pl.lit(False)
        )
    else:
        given = to_utc(rows["wall"], zone)
        rows = rows.with_columns(given.get_columns()).with_columns(
            ts_utc=pl.coalesce("at", "ts_utc"),
            ts_local=pl.when(exact).then(to_local(rows["at"], zone)).otherwise("wall"),
            gap=pl.col("gap") & ~exact,
            overlap=pl.col("overlap") & ~exact,
        )
    known = pl.when(pl.col("wall").is_not_null()).then(pl.lit("offset")).otherwise(pl.lit("unix"))
    naive = pl.lit("none" if zone is None else "user")
    timeless = pl.col("ts_local").is_null()
    rows = rows.with_columns(
        tz_source=pl.when(exact).then(known).otherwise(naive),
        kind=pl.when(timeless).then(pl.lit(Kind.UNKNOWN.value)).otherwise("kind"),
    )
    flagged = with_flags(rows, {MISFIT: pl.col("misfit"), GAP: pl.col("gap"),
                                OVERLAP: pl.col("overlap")})  # fmt: skip
    none = pl.lit([], dtype=pl.List(pl.String))
    return flagged.with_columns(flags=pl.concat_list("flags", pl.col("doubts").fill_null(none)))


def whole(number: object) -> int | None:
    """A whole number that JSON wrote as a number or as text; null where it is none."""
    if isinstance(number, bool) or not isinstance(number, int | float | str):
        return None
    try:
        return int(number)
    except (ValueError, OverflowError):
        return None
