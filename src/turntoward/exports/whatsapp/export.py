"""WhatsApp: the chat that Export chat writes, as .txt or as a .zip with or without media."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

import polars as pl

from turntoward.errors import UnreadableExport
from turntoward.exports.account import is_empty, source_of
from turntoward.exports.flags import AMBIGUOUS_DATE, INVALID, with_flags
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions, alone
from turntoward.exports.whatsapp.heads import FORGED, Heads, accept
from turntoward.exports.whatsapp.kinds import GUESSED, SUSPECT, classify
from turntoward.exports.whatsapp.lines import Lines, cut
from turntoward.exports.whatsapp.messages import assemble
from turntoward.exports.whatsapp.stamps import is_whatsapp
from turntoward.exports.whatsapp.style import find_heads
from turntoward.exports.zones import GAP, OVERLAP, to_utc
from turntoward.messages.account import Carries
from turntoward.messages.message import SCHEMA, Kind
from turntoward.messages.source import Source

#: Reactions and what a message replies to are not exported; edits are marked without their time.
CARRIES = Carries(reactions=False, replies=False, edits=True, calls=True, voice=True, seconds=True)


def sniff(name: str, head: bytes) -> bool:
    """True where a line of the first 64 KiB begins as WhatsApp's lines do, whatever its name."""
    return is_whatsapp(head)


def read(file: ExportFile, options: ReadOptions) -> Source:
    """Read the chat of one export; see `turntoward.exports.open_export` for what it raises."""
    lines = cut(file.load())
    found = find_heads(lines, lambda part: options.progress(0.6 * part))
    heads = accept(lines, found, options.dates, file.title)
    rows = assemble(lines, heads)
    # Of a long chat, what is not needed any more makes room for the columns that follow.
    del found
    lines = replace(lines, text=lines.text.clear(), start=lines.start.clear())
    heads = replace(heads, table=heads.table.clear())
    options.progress(0.8)
    rows = classify(rows, iphone=heads.bracket, beside=file.beside)
    table = _canonical(rows, heads, file, options.zone)
    source = source_of(
        table,
        format_name=FORMAT.name,
        network=FORMAT.network,
        carries=_carries(table, heads),
        zone=options.zone,
        notes=_notes(lines, heads, table),
    )
    if is_empty(source.account):
        raise UnreadableExport(
            f"{file.title} holds notices of WhatsApp but no message. Export the chat again, and "
            "look whether it is the one with your partner."
        )
    return source


def _chat(file: ExportFile) -> str:
    """How people know the chat: by the file's own name, or by the folder or zip of `_chat.txt`."""
    own = PurePath(file.name).stem
    return own if own != "_chat" else PurePath(file.folder or file.title).stem


def _canonical(
    rows: pl.DataFrame, heads: Heads, file: ExportFile, zone: str | None
) -> pl.DataFrame:
    """The table in the canonical columns."""
    if zone is None:
        nothing = pl.lit(None, SCHEMA["ts_utc"])
        rows = rows.with_columns(ts_utc=nothing, gap=pl.lit(False), overlap=pl.lit(False))
    else:
        rows = rows.with_columns(to_utc(rows["ts_local"], zone).get_columns())
    rows = with_flags(rows, _doubts(heads))
    given = {
        "chat_id": pl.lit(_chat(file)),
        "seq": pl.int_range(pl.len(), dtype=pl.UInt32),
        "ts_precision": pl.lit("s" if heads.seconds else "min"),
        "tz_source": pl.lit("none" if zone is None else "user"),
        "sender_id": pl.col("sender"),
        "source_file": pl.lit(file.source),
    }
    columns = [
        given.get(name, pl.col(name) if name in rows.columns else pl.lit(None)).cast(dtype)
        .alias(name)
        for name, dtype in SCHEMA.items()
    ]  # fmt: skip
    return rows.select(columns)


def _doubts(heads: Heads) -> dict[str, pl.Expr]:
    return {
        FORGED: pl.col("forged"),
        INVALID: pl.col("garbled"),
        SUSPECT: pl.col("suspect") | pl.col("unsure"),
        GUESSED: pl.col("guessed"),
        GAP: pl.col("gap"),
        OVERLAP: pl.col("overlap"),
        AMBIGUOUS_DATE: pl.lit(heads.order_asked) & pl.col("ts_local").is_not_null(),
    }


def _carries(table: pl.DataFrame, heads: Heads) -> Carries:
    """What this file holds. Without media Android writes one phrase for all, voice included, and
    only iPhones write the calls that were answered.
    """
    kinds = set(table["kind"].unique())
    answered = bool((table["call_outcome"] == "answered").any())
    told_apart = Kind.MEDIA.value not in kinds or Kind.VOICE.value in kinds
    return replace(CARRIES, calls=answered, voice=told_apart, seconds=heads.seconds)


def _notes(lines: Lines, heads: Heads, table: pl.DataFrame) -> tuple[str, ...]:
    notes = []
    # `select` leaves columns that hold one value as they are, as `table[...]` would not.
    if table.select(pl.col("ts_utc").is_null().all()).item():
        notes.append(
            "WhatsApp does not say in which time zone its times are, so they are taken as the "
            "clock on the wall. Name the zone with `--zone`."
        )
    if heads.order_asked:
        notes.append(f"Nothing in the file says so, but its dates are read {heads.order}.")
    if lines.replaced:
        notes.append(f"Pieces that were no valid text and show as \ufffd: {lines.replaced}.")
    if len(heads.quoted):
        notes.append(
            "Lines that look like the head of a message but are read as words of the message "
            f"above: {len(heads.quoted)}."
        )
    if lines.recoded:
        notes.append("The file was UTF-16, so the places of its messages in bytes are unknown.")
    guessed = int(table.select(pl.col("flags").list.contains(GUESSED).sum()).item())
    if guessed:
        notes.append(f"Placeholders in a language without a list, read as media: {guessed}.")
    return tuple(notes)


FORMAT = ExportFormat(
    name="whatsapp",
    title="WhatsApp",
    network="whatsapp",
    carries=CARRIES,
    suffixes=(".txt",),
    sniff=sniff,
    read=alone(read),
)
