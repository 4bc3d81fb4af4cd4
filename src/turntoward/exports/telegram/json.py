"""The JSON of Telegram Desktop, as typed records.

Field names follow `export_output_json.cpp` of Telegram Desktop. Versions differ, so every field
may be missing, and a message that does not fit spoils no other.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from typing import Any

import msgspec

from turntoward.errors import UnreadableExport

#: Telegram writes control bytes as `\x0C`, which is no JSON; JSON writes them `\u000C`.
_ESCAPE = re.compile(rb"\\(?:x([0-9A-Fa-f]{2})|.)", re.DOTALL)
_RAW_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MIB = 1 << 20


class Part(msgspec.Struct, gc=False):
    """A piece of text with a meaning of its own: bold, a link, a mention."""

    text: str = ""


class Person(msgspec.Struct, gc=False):
    """Who reacted, and when on the clock of the machine that exported."""

    from_: str | None = msgspec.field(name="from", default=None)
    from_id: str | int | None = None
    date: str | None = None


class Reaction(msgspec.Struct, gc=False):
    """One kind of reaction to a message; `recent` names only the latest people."""

    type: str = "emoji"
    count: int = 1
    emoji: str | None = None
    recent: tuple[Person, ...] = ()


class Message(msgspec.Struct, gc=False):
    """One message, service row or call. Times: `date` on the exporting machine's wall clock.

    `text_entities` repeats the text in parts, so it is decoded only where there is no text.
    """

    id: int | str | None = None
    type: str = "message"
    date: str | None = None
    date_unixtime: str | int | None = None
    edited: str | None = None
    edited_unixtime: str | int | None = None
    from_: str | None = msgspec.field(name="from", default=None)
    from_id: str | int | None = None
    actor: str | None = None
    actor_id: str | int | None = None
    action: str | None = None
    is_missed: bool | None = None
    discard_reason: str | None = None
    duration_seconds: float | None = None
    forwarded_from: str | msgspec.UnsetType | None = msgspec.UNSET
    reply_to_message_id: int | str | None = None
    reply_to_peer_id: int | str | None = None
    text: str | tuple[str | Part, ...] = ""
    text_entities: msgspec.Raw = msgspec.Raw(b"[]")
    media_type: str | None = None
    photo: str | None = None
    file: str | None = None
    self_destruct_period_seconds: int | None = None
    contact_information: Any = None
    location_information: Any = None
    place_name: str | None = None
    live_location_period_seconds: int | None = None
    poll: Any = None
    game_title: str | None = None
    invoice_information: Any = None
    reactions: tuple[Reaction, ...] = ()


class Chat(msgspec.Struct):
    """One chat; `type` is missing in some old exports."""

    name: str | None = None
    type: str | None = None
    id: int | str | None = None
    messages: list[msgspec.Raw] = []


class _ChatList(msgspec.Struct):
    chats: list[Chat] = msgspec.field(name="list", default_factory=list)


class _Owner(msgspec.Struct):
    user_id: int | str | None = None


class Export(msgspec.Struct):
    """A whole result.json: of one chat, or of an account with several."""

    name: str | None = None
    type: str | None = None
    id: int | str | None = None
    messages: list[msgspec.Raw] | None = None
    chats: _ChatList | None = None
    left_chats: _ChatList | None = None
    personal_information: _Owner | None = None


#: What msgspec raises for JSON that is none, or in another form than was asked for.
BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_EXPORT = msgspec.json.Decoder(Export)


def decode(data: bytes, title: str) -> tuple[Export, int]:
    """The export and how many of its bytes had to be repaired; `UnreadableExport` if broken."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        try:
            return _EXPORT.decode(data), 0
        except BROKEN:
            repaired, repairs = repair(data)
            return _EXPORT.decode(repaired), repairs
    except msgspec.ValidationError as error:
        raise UnreadableExport(
            f"{title} is JSON, but not in the form that Telegram Desktop writes. Export the chat "
            "again and choose JSON as its format."
        ) from error
    except BROKEN as error:
        raise UnreadableExport(
            f"{title} is damaged, or it was not written to its end. Export the chat again in "
            "Telegram Desktop and bring in the new file."
        ) from error


def decode_head(data: bytes) -> Export | None:
    """The export of one chat up to its messages, from all bytes before their list; else None."""
    try:
        export = _EXPORT.decode(data + b"[]}")
    except BROKEN:
        return None
    return None if export.messages is None else export


def repair(data: bytes) -> tuple[bytes, int]:
    """Control bytes as JSON writes them, bytes that are no UTF-8 as U+FFFD, and how many."""
    repairs = 0
    if b"\\x" in data:
        data, repairs = _escaped(data)
    if _RAW_CONTROL.search(data):
        data, raw = _RAW_CONTROL.subn(lambda found: b"\\u%04x" % found[0][0], data)
        repairs += raw
    # Piece by piece: as one string a large file would take four times its size.
    decoder = getincrementaldecoder("utf-8")(errors="replace")
    pieces = [
        decoder.decode(data[at : at + _MIB], final=at + _MIB >= len(data)).encode("utf-8")
        for at in range(0, len(data), _MIB)
    ]
    whole = b"".join(pieces)
    return whole, repairs + whole.count(b"\xef\xbf\xbd") - data.count(b"\xef\xbf\xbd")


def _escaped(data: bytes) -> tuple[bytes, int]:
    """Rewrite `\\x0C`; every escape is stepped over whole, so `\\\\x0C` (typed) stays."""
    repairs = 0

    def rewrite(found: re.Match[bytes]) -> bytes:
        nonlocal repairs
        if found[1] is None:
            return found[0]
        repairs += 1
        return b"\\u00" + found[1]

    return _ESCAPE.sub(rewrite, data), repairs
