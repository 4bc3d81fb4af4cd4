"""Telegram: result.json of Telegram Desktop, of one chat or of a whole account."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import polars as pl

from turntoward.errors import UnreadableExport
from turntoward.exports.account import account_of, is_empty
from turntoward.exports.flags import with_flags
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions
from turntoward.exports.telegram_json import Chat, Export, decode
from turntoward.exports.telegram_rows import rows_of
from turntoward.exports.zones import GAP, OVERLAP, to_local, to_utc
from turntoward.messages.account import Carries
from turntoward.messages.message import REACTIONS_SCHEMA, SCHEMA, Kind
from turntoward.messages.source import Source

MISFIT = "record-misfit"
CARRIES = Carries(reactions=True, replies=True, edits=True, calls=True, voice=True, seconds=True)

_KEYS = re.compile(rb'"(?:date_unixtime|text_entities|from_id)"\s*:')
_OLD = (b'"messages"', b'"from"', b'"date"', b'"type"')
_ABOUT = re.compile(rb'^\s*\{\s*"about"\s*:\s*"[^"]*Telegram')
#: Types of chats with one other person; missing in some old exports.
_PERSONAL = frozenset({"personal_chat", None})


def sniff(name: str, head: bytes) -> bool:
    """True for JSON with the keys that only Telegram Desktop writes."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    if not head.lstrip().startswith(b"{"):
        return False
    known = _KEYS.search(head) or _ABOUT.search(head) or all(key in head for key in _OLD)
    return bool(known) and b'"sender_name"' not in head


def read(file: ExportFile, options: ReadOptions) -> Source:
    """Read the chat of one export; see `turntoward.exports.open_export` for what it raises."""
    export, repairs = decode(file.data, file.title)
    options.progress(0.3)
    chat = _choose(export, file.title)
    rows, moods = rows_of(
        chat, _owner(export, chat), lambda part: options.progress(0.3 + 0.6 * part)
    )
    rows = _with_times(rows, options.zone)
    table = _canonical(rows, chat, file)
    account = account_of(
        table, format_name=FORMAT.name, zone=options.zone, notes=_notes(rows, repairs, options)
    )
    if is_empty(account):
        raise UnreadableExport(
            f"{file.title} holds a Telegram chat without a message. Export the chat again with "
            "its whole history."
        )
    return Source(
        messages=table, account=account, carries=CARRIES, reactions=_reactions(moods, rows)
    )


def _choose(export: Export, title: str) -> Chat:
    """The chat itself, or the only personal one of an account."""
    if export.messages is not None:
        return Chat(name=export.name, type=export.type, id=export.id, messages=export.messages)
    lists = [part.chats for part in (export.chats, export.left_chats) if part is not None]
    written = [chat for chats in lists for chat in chats if chat.messages]
    personal = [chat for chat in written if chat.type in _PERSONAL]
    if len(personal) == 1:
        return personal[0]
    again = "In Telegram Desktop, open the chat with your partner and choose Export chat history."
    if not written:
        raise UnreadableExport(f"{title} is a Telegram export without a single message. {again}")
    if not personal:
        raise UnreadableExport(
            f"{title} holds no chat with one person, only {_listed(written)}. {again}"
        )
    raise UnreadableExport(
        f"{title} holds {len(personal)} personal chats: {_listed(personal)}. {again}"
    )


def _listed(chats: Sequence[Chat]) -> str:
    most = sorted(chats, key=lambda chat: -len(chat.messages))
    names = [f"{chat.name or 'a deleted account'} ({len(chat.messages):,})" for chat in most[:8]]
    return ", ".join(names) + (f" and {len(most) - 8} more" if len(most) > 8 else "")


def _owner(export: Export, chat: Chat) -> Callable[[str | int | None], bool | None]:
    """Whether a person's id is that of who exported.

    An account export names its owner; in a personal chat the chat's id is the other person's.
    """
    if export.personal_information is not None and export.personal_information.user_id is not None:
        mine = {str(export.personal_information.user_id)}
        return lambda person: None if person is None else _bare(person) in mine
    if chat.type == "personal_chat" and chat.id is not None:
        other = str(chat.id)
        return lambda person: None if person is None else _bare(person) != other
    return lambda person: None


def _bare(person: str | int) -> str:
    return str(person).removeprefix("user")


def _with_times(rows: pl.DataFrame, zone: str | None) -> pl.DataFrame:
    """`ts_utc`, `ts_local`, `tz_source` and the doubts about them.

    Versions before 3.7.6 wrote only a wall clock. A record without any time is unreadable.
    """
    unix = pl.from_epoch(pl.col("unix"), time_unit="s").cast(pl.Datetime("us"))
    written = pl.col("date").str.slice(0, 19).str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False)
    rows = rows.with_columns(
        utc=unix.dt.replace_time_zone("UTC"), written=written.cast(pl.Datetime("us"))
    )
    # Without a date of its own the wall clock is UTC's, which the notes say.
    wall = pl.coalesce("written", pl.col("utc").dt.replace_time_zone(None))
    rows = rows.with_columns(wall=wall)
    if zone is None:
        rows = rows.with_columns(
            ts_utc="utc", ts_local="wall", gap=pl.lit(False), overlap=pl.lit(False)
        )
    else:
        given = to_utc(rows["wall"], zone)
        exact = pl.col("utc").is_not_null()
        rows = rows.with_columns(given.get_columns()).with_columns(
            ts_utc=pl.coalesce("utc", "ts_utc"),
            ts_local=pl.when(exact).then(to_local(rows["utc"], zone)).otherwise("wall"),
            gap=pl.col("gap") & ~exact,
            overlap=pl.col("overlap") & ~exact,
        )
    named = pl.lit("none" if zone is None else "user")
    timeless = pl.col("ts_local").is_null()
    return rows.with_columns(
        tz_source=pl.when(pl.col("utc").is_not_null()).then(pl.lit("unix")).otherwise(named),
        kind=pl.when(timeless).then(pl.lit(Kind.UNKNOWN.value)).otherwise("kind"),
    )


def _canonical(rows: pl.DataFrame, chat: Chat, file: ExportFile) -> pl.DataFrame:
    doubts = {MISFIT: pl.col("misfit"), GAP: pl.col("gap"), OVERLAP: pl.col("overlap")}
    rows = with_flags(rows, doubts)
    beside = list(file.beside or ())
    base = pl.col("media_ref").str.extract("([^/]+)$")
    lost = (pl.col("media_state") == "included") & ~base.is_in(beside)
    given = {
        "chat_id": pl.lit(str(chat.id if chat.id is not None else chat.name or file.title)),
        "seq": pl.int_range(pl.len(), dtype=pl.UInt32),
        "ts_precision": pl.lit("s"),
        "edited_at": pl.from_epoch(pl.col("edited_unix"), time_unit="s").dt.replace_time_zone(
            "UTC"
        ),
        "source_file": pl.lit(file.source),
    }
    if file.beside is not None:
        given["media_state"] = pl.when(lost).then(pl.lit("missing")).otherwise("media_state")
    return rows.select(
        given.get(name, pl.col(name) if name in rows.columns else pl.lit(None))
        .cast(dtype)
        .alias(name)
        for name, dtype in SCHEMA.items()
    )


def _reactions(moods: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Reactions carry only a wall clock; the message they belong to tells its distance to UTC."""
    shift = rows.filter(pl.col("msg_id").is_not_null()).unique("msg_id", keep="first")
    shift = shift.select(
        "msg_id", shift=pl.col("written") - pl.col("utc").dt.replace_time_zone(None)
    )
    at = pl.col("date").str.slice(0, 19).str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False)
    timed = moods.join(shift, on="msg_id", how="left", maintain_order="left").with_columns(
        ts_utc=(at.cast(pl.Datetime("us")) - pl.col("shift")).dt.replace_time_zone("UTC")
    )
    return timed.select(pl.col(name).cast(dtype) for name, dtype in REACTIONS_SCHEMA.items())


def _notes(rows: pl.DataFrame, repairs: int, options: ReadOptions) -> tuple[str, ...]:
    notes = []
    if options.zone is None and rows["utc"].is_null().any():
        notes.append(
            "Some times are those of a wall clock without a time zone. Name the zone with `--zone`."
        )
    if options.zone is None and rows["written"].is_null().any():
        notes.append("Some messages have no wall clock of their own; their times are UTC's.")
    if repairs:
        notes.append(f"Bytes that are no JSON and were repaired: {repairs}.")
    misfits = int(rows["misfit"].sum())
    if misfits:
        notes.append(f"Records in no form that is known: {misfits}.")
    return tuple(notes)


FORMAT = ExportFormat(
    name="telegram",
    title="Telegram",
    carries=CARRIES,
    suffixes=(".json",),
    sniff=sniff,
    read=read,
)
