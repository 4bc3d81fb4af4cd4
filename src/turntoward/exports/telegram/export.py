"""Telegram: result.json of Telegram Desktop, of one chat or of a whole account."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import polars as pl

from turntoward.errors import UnreadableExport
from turntoward.exports.account import is_empty, source_of
from turntoward.exports.bundle import MAX_BYTES
from turntoward.exports.flags import MISFIT, with_flags
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions, alone
from turntoward.exports.records import NAIVE
from turntoward.exports.telegram.json import Chat, Export, decode
from turntoward.exports.telegram.pieces import NotInPieces, cut, pieces_of
from turntoward.exports.telegram.rows import rows_of
from turntoward.exports.zones import GAP, OVERLAP, to_local, to_utc
from turntoward.messages.account import Carries
from turntoward.messages.message import REACTIONS_SCHEMA, SCHEMA, Kind
from turntoward.messages.source import Source

CARRIES = Carries(reactions=True, replies=True, edits=True, calls=True, voice=True, seconds=True)

_KEYS = re.compile(rb'"(?:date_unixtime|text_entities|from_id)"\s*:')
_OLD = (b'"messages"', b'"from"', b'"date"', b'"type"')
_ABOUT = re.compile(rb'^\s*\{\s*"about"\s*:\s*"[^"]*Telegram')
#: A chat, its rows, the reactions in it, and how many bytes were repaired.
_Read = tuple[Chat, pl.DataFrame, pl.DataFrame, int]
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
    """Read every chat of one export; see `turntoward.exports.open_exports` for what it raises."""
    try:
        read_chats = _in_pieces(file, options)
    except NotInPieces:
        read_chats = _as_a_whole(file, options)
    several = len(read_chats) > 1
    tables, reactions, notes = [], [], Counter[str]()
    for chat, rows, moods, repairs in read_chats:
        timed = _with_times(rows, options.zone)
        tables.append(_canonical(timed, chat, file, several=several))
        reactions.append(_reactions(moods, timed, chat, several=several))
        notes.update(_counted(timed, repairs, options))
    source = source_of(
        pl.concat(tables).with_columns(seq=pl.int_range(pl.len(), dtype=pl.UInt32)),
        format_name=FORMAT.name,
        network=FORMAT.network,
        carries=CARRIES,
        zone=options.zone,
        notes=[told.format(n) for told, n in notes.items()],
        reactions=pl.concat(reactions),
        titles={_id(chat, file): chat.name or "a deleted account" for chat, *_ in read_chats},
        groups={_id(chat, file) for chat, *_ in read_chats if chat.type not in _PERSONAL},
        personal={_id(chat, file) for chat, *_ in read_chats if chat.type == "personal_chat"},
    )
    if is_empty(source.account):
        raise UnreadableExport(
            f"{file.title} holds a Telegram chat without a message. Export the chat again with "
            "its whole history."
        )
    return source


def _in_pieces(file: ExportFile, options: ReadOptions) -> list[_Read]:
    """The chat of a file that holds one, laid out as Telegram Desktop does it."""
    with file.place() as path, path.open("rb") as stream:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise NotInPieces
        export, pieces = cut(stream)
        chat = Chat(name=export.name, type=export.type, id=export.id)
        rows = rows_of(
            pieces, _owner(export, chat), lambda done: options.progress(0.9 * done / size)
        )
    return [(chat, *rows)]


def _as_a_whole(file: ExportFile, options: ReadOptions) -> list[_Read]:
    """The chats of any other file, those of an account included."""
    export, mended = decode(file.load(), file.title)
    chats = _chats(export, file.title)
    read_chats: list[_Read] = []
    for n, chat in enumerate(chats):
        size = max(sum(len(bytes(message)) for message in chat.messages), 1)

        def of_all(done: int, n: int = n, size: int = size) -> None:
            options.progress(0.3 + 0.6 * (n + min(done / size, 1.0)) / len(chats))

        rows, moods, repairs = rows_of(pieces_of(chat.messages), _owner(export, chat), of_all)
        read_chats.append((chat, rows, moods, repairs + (mended if n == 0 else 0)))
    return read_chats


def _chats(export: Export, title: str) -> list[Chat]:
    """The chat itself, or those of an account in which anything was said."""
    if export.messages is not None:
        return [Chat(name=export.name, type=export.type, id=export.id, messages=export.messages)]
    lists = [part.chats for part in (export.chats, export.left_chats) if part is not None]
    written = [chat for chats in lists for chat in chats if chat.messages]
    if not written:
        raise UnreadableExport(
            f"{title} is a Telegram export without a single message. In Telegram Desktop, open the "
            "chat with your partner and choose Export chat history."
        )
    return written


def _id(chat: Chat, file: ExportFile) -> str:
    return str(chat.id if chat.id is not None else chat.name or file.title)


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


def _canonical(rows: pl.DataFrame, chat: Chat, file: ExportFile, *, several: bool) -> pl.DataFrame:
    """The canonical table of one chat; of several, ids bear their chat's: groups count alone."""
    doubts = {MISFIT: pl.col("misfit"), GAP: pl.col("gap"), OVERLAP: pl.col("overlap")}
    rows = with_flags(rows, doubts)
    beside = list(file.beside or ())
    base = pl.col("media_ref").str.extract("([^/]+)$")
    lost = (pl.col("media_state") == "included") & ~base.is_in(beside)
    given = {
        "chat_id": pl.lit(_id(chat, file)),
        "seq": pl.int_range(pl.len(), dtype=pl.UInt32),
        "ts_precision": pl.lit("s"),
        "edited_at": pl.from_epoch(pl.col("edited_unix"), time_unit="s").dt.replace_time_zone(
            "UTC"
        ),
        "source_file": pl.lit(file.source),
    }
    if several:
        given |= {name: _of_chat(chat, name) for name in ("msg_id", "reply_to")}
    if file.beside is not None:
        given["media_state"] = pl.when(lost).then(pl.lit("missing")).otherwise("media_state")
    return rows.select(
        given.get(name, pl.col(name) if name in rows.columns else pl.lit(None))
        .cast(dtype)
        .alias(name)
        for name, dtype in SCHEMA.items()
    )


def _of_chat(chat: Chat, name: str) -> pl.Expr:
    return pl.concat_str(pl.lit(f"{chat.id}:"), pl.col(name))


def _reactions(
    moods: pl.DataFrame, rows: pl.DataFrame, chat: Chat, *, several: bool
) -> pl.DataFrame:
    """Reactions carry only a wall clock; the message they belong to tells its distance to UTC."""
    shift = (
        rows.join(moods, on="msg_id", how="semi")
        .unique("msg_id", keep="first")
        .select("msg_id", shift=pl.col("written") - pl.col("utc").dt.replace_time_zone(None))
    )
    at = pl.col("date").str.slice(0, 19).str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False)
    timed = moods.join(shift, on="msg_id", how="left", maintain_order="left").with_columns(
        ts_utc=(at.cast(pl.Datetime("us")) - pl.col("shift")).dt.replace_time_zone("UTC")
    )
    if several:
        timed = timed.with_columns(msg_id=_of_chat(chat, "msg_id"))
    return timed.select(pl.col(name).cast(dtype) for name, dtype in REACTIONS_SCHEMA.items())


def _counted(rows: pl.DataFrame, repairs: int, options: ReadOptions) -> dict[str, int]:
    """What to say of a chat -> how often; `{}` stands for the number."""
    said: dict[str, int] = {}
    timed = rows.filter(pl.col("wall").is_not_null())
    if options.zone is None and timed["utc"].is_null().any():
        said[NAIVE] = 1
    if options.zone is None and timed["written"].is_null().any():
        said["Some messages have no wall clock of their own; their times are UTC's."] = 1
    if repairs:
        said["Bytes that are no JSON and were repaired: {}."] = repairs
    misfits = int(rows["misfit"].sum())
    if misfits:
        said["Records in no form that is known: {}."] = misfits
    return said


FORMAT = ExportFormat(
    name="telegram",
    title="Telegram",
    network="telegram",
    carries=CARRIES,
    suffixes=(".json",),
    sniff=sniff,
    read=alone(read),
)
