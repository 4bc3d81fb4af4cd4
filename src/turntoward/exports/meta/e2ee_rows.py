"""The records of Messenger's end-to-end encrypted export."""

from __future__ import annotations

from pathlib import PurePosixPath

import msgspec

from turntoward.exports.json_records import one_decoded
from turntoward.exports.meta.json import Media, Reaction
from turntoward.exports.meta.rows import SONGS, Place, Read, attach, misfit, moment, name_of, worded
from turntoward.exports.records import Record
from turntoward.messages.message import Kind

_BY_ENDING = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".webp", ".heic"), Kind.IMAGE),
    **dict.fromkeys((".mp4", ".mov", ".webm", ".m4v"), Kind.VIDEO),
    **dict.fromkeys((".ogg", ".oga", ".opus", ".aac", ".m4a"), Kind.VOICE),
    **dict.fromkeys(SONGS, Kind.AUDIO),
    ".gif": Kind.GIF,
}


class EncryptedMessage(msgspec.Struct, rename="camel"):
    """One record of the end-to-end encrypted export, which writes proper text."""

    sender_name: str | None = None
    timestamp: int | float | str | None = None
    text: str | None = None
    type: str | None = None
    media: list[Media] | None = None
    reactions: list[Reaction] | None = None
    is_unsent: bool | None = None


_MESSAGE = msgspec.json.Decoder(EncryptedMessage)


def encrypted_row_of(raw: msgspec.Raw, place: Place) -> Read:
    """One record of the end-to-end encrypted export."""
    message = one_decoded(raw, _MESSAGE)
    if message is None:
        return misfit(raw, place)
    record = Record(
        chat=place.chat,
        at=moment(message.timestamp, 1000),
        precision="ms",
        sender=name_of(message.sender_name),
        file=place.source,
    )
    media = message.media or []
    if message.is_unsent:
        record.kind, record.raw_kind = Kind.DELETED, "unsent"
        return Read(record, tuple(message.reactions or ()))
    seen = worded(record, message.text)
    if media or message.type == "media":
        path = next((one.uri for one in media if one.uri), None)
        ending = PurePosixPath(path or "").suffix.lower()
        record.kind = _BY_ENDING.get(ending, Kind.DOCUMENT if "/" in (path or "") else Kind.MEDIA)
        record.raw_kind = "media"
        record.text = record.text or None
        attach(record, path, place.beside)
        seen += ("several",) if len(media) > 1 else ()
    elif message.type == "link":
        record.kind, record.raw_kind, record.text = Kind.LINK, "link", record.text or None
    elif not record.text or message.type == "placeholder":
        record.kind, record.raw_kind = Kind.UNKNOWN, message.type or "empty"
        record.text = record.text or None
        seen += ("empty",)
    return Read(record, tuple(message.reactions or ()), seen)
