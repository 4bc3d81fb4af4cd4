"""The canonical table of messages: one row per record of the source, in the source's order.

Every export is read into this table and nothing downstream knows which messenger it came from.
The columns are described one by one in `COLUMNS`; docs/formats.md is checked against it.
"""

from __future__ import annotations

from enum import StrEnum

import polars as pl


class Kind(StrEnum):
    """What a record is. `text` covers own words; captions travel in `text` of a media row."""

    TEXT = "text"
    MEDIA = "media"  # something was attached, the export does not say what
    IMAGE = "image"
    VIDEO = "video"
    VOICE = "voice"  # a recorded voice message
    AUDIO = "audio"
    STICKER = "sticker"
    GIF = "gif"
    DOCUMENT = "document"
    LOCATION = "location"
    CONTACT = "contact"
    POLL = "poll"
    CALL = "call"
    LINK = "link"
    DELETED = "deleted"
    VIEW_ONCE = "view_once"
    SERVICE = "service"  # an act of a person that is no message: joined, renamed the chat, pinned
    SYSTEM = "system"  # the messenger itself speaks: encryption notice, security code changed
    UNKNOWN = "unknown"


#: Kinds that a person sent to the other: what rhythms count as a message.
SENT: frozenset[Kind] = frozenset(Kind) - {Kind.CALL, Kind.SERVICE, Kind.SYSTEM, Kind.UNKNOWN}

#: Kinds whose content is media; the account of a source counts them apart from text.
MEDIA_KINDS: frozenset[Kind] = frozenset(
    {
        Kind.MEDIA, Kind.IMAGE, Kind.VIDEO, Kind.VOICE, Kind.AUDIO, Kind.STICKER, Kind.GIF,
        Kind.DOCUMENT, Kind.LOCATION, Kind.CONTACT, Kind.POLL, Kind.VIEW_ONCE,
    }
)  # fmt: skip

_UTC = pl.Datetime("us", "UTC")
_LOCAL = pl.Datetime("us")

#: Column -> (type, meaning). The order is the order of the columns.
COLUMNS: dict[str, tuple[pl.DataType, str]] = {
    "chat_id": (pl.String(), "the chat inside the source; one source may hold several"),
    "seq": (pl.UInt32(), "place in the source, from 0; ties in time keep this order"),
    "msg_id": (pl.String(), "the messenger's own id, null where it gives none"),
    "ts_utc": (_UTC, "the moment in UTC; null where neither source nor user gives a zone"),
    "ts_local": (_LOCAL, "wall-clock time where it was written, as the source says it"),
    "ts_precision": (pl.String(), "`min`, `s` or `ms`"),
    "tz_source": (pl.String(), "how the zone is known: `none`, `unix`, `offset` or `user`"),
    "sender_id": (pl.String(), "who sent it, as the source names them; null for system rows"),
    "is_me": (pl.Boolean(), "sent by the person whose export it is; null where unknown"),
    "kind": (pl.String(), "one of `Kind`"),
    "text": (pl.String(), "own words and captions only, as typed; null where there are none"),
    "raw_kind": (pl.String(), "what the source called it, null for plain text"),
    "media_ref": (pl.String(), "file name of the attachment inside the source"),
    "media_state": (pl.String(), "`included`, `omitted` or `missing`; null without media"),
    "duration_s": (pl.Float64(), "length of a call, voice message or video in seconds"),
    "call_outcome": (pl.String(), "what the source says of a call: `missed`, `answered`, ..."),
    "reply_to": (pl.String(), "`msg_id` of the message that this one quotes"),
    "reply_snippet": (pl.String(), "the quoted words, where only those are kept"),
    "edited": (pl.Boolean(), "changed after sending; null where the source cannot say"),
    "edited_at": (_UTC, "when it was last changed"),
    "forwarded": (pl.Boolean(), "forwarded from elsewhere; null where the source cannot say"),
    "source_file": (pl.String(), "name of the file it was read from"),
    "byte_start": (pl.UInt64(), "where the record begins in that file, null for parsed JSON"),
    "byte_len": (pl.UInt32(), "how many bytes it takes there, null for parsed JSON"),
    "flags": (pl.List(pl.String()), "doubts: `ambiguous-date`, `forged-header-suspect`, ..."),
}

SCHEMA: pl.Schema = pl.Schema({name: dtype for name, (dtype, _) in COLUMNS.items()})

#: Reactions point at messages by `msg_id`.
REACTIONS_SCHEMA: pl.Schema = pl.Schema(
    {"msg_id": pl.String(), "actor": pl.String(), "emoji": pl.String(), "ts_utc": _UTC}
)


def wrote() -> pl.Expr:
    """True for what a person sent, false for notices, also those that name a person."""
    notice = pl.col("kind").is_in([Kind.SERVICE.value, Kind.SYSTEM.value])
    return pl.col("sender_id").is_not_null() & ~notice
