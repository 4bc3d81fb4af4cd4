"""The JSON that Meta writes for Messenger and Instagram, as typed records, one by one.

Every field may be missing: versions and apps differ. Each message is decoded by itself, so one
that does not fit spoils no other. Meta writes the bytes of UTF-8 as if each were a character
(`\\u00c3\\u00a9` for é); `mended` puts that right where nothing else can be meant.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from turntoward.exports.json_records import BROKEN, one_decoded

#: Bytes that are no JSON inside a string; JSON writes them `\u000C`.
_RAW_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
#: Halves of characters, which are no text; whole escapes are stepped over.
_HALF = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|\\u([dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
    re.DOTALL,
)
#: What the bytes of UTF-8 look like when each is taken for a character.
_BROKEN = re.compile("[\u00c2-\u00f4][\u0080-\u00bf]")


class Media(msgspec.Struct):
    """A file that was sent; `uri` is its path inside the export, or says why it is not there."""

    uri: str | None = None


class Share(msgspec.Struct):
    """A link or post that was passed on. `share_text` is the preview, nobody's own words."""

    link: str | None = None
    share_text: str | None = None
    original_content_owner: str | None = None


class Reaction(msgspec.Struct):
    """A reaction; Instagram adds the moment."""

    reaction: str | None = None
    actor: str | None = None
    timestamp: Any = None


class Message(msgspec.Struct):
    """One record of a thread. `timestamp_ms` counts from 1970; files of 2018 have seconds."""

    sender_name: str | None = None
    timestamp_ms: int | float | str | None = None
    timestamp: int | float | str | None = None
    content: str | None = None
    type: str | None = None
    photos: list[Media] | None = None
    videos: list[Media] | None = None
    audio_files: list[Media] | None = None
    gifs: list[Media] | None = None
    files: list[Media] | None = None
    sticker: Media | None = None
    share: Share | None = None
    users: list[Any] | None = None
    call_duration: int | float | None = None
    missed: bool | None = None
    is_unsent: bool | None = None
    is_taken_down: bool | None = None
    reactions: list[Reaction] | None = None


class Outline(msgspec.Struct):
    """What is still known of a record that does not fit."""

    sender_name: Any = None
    senderName: Any = None
    timestamp_ms: Any = None
    timestamp: Any = None


class Thread(msgspec.Struct):
    """One file of a thread; only the first fields differ between the two exports of Messenger."""

    messages: list[msgspec.Raw] = []
    participants: Any = None
    title: Any = None
    threadName: Any = None
    thread_path: Any = None
    thread_type: Any = None
    is_still_participant: Any = None
    joinable_mode: Any = None

    def names(self) -> tuple[str, ...]:
        """The people in it, as Meta names them, put right."""
        if not isinstance(self.participants, list):
            return ()
        given = [one.get("name") if isinstance(one, dict) else one for one in self.participants]
        return tuple(mended(name) for name in given if isinstance(name, str))


_THREAD = msgspec.json.Decoder(Thread)
_MESSAGE = msgspec.json.Decoder(Message)
_OUTLINE = msgspec.json.Decoder(Outline)


def thread_of(data: bytes) -> Thread | None:
    """A file as a thread; null where it is no JSON, or none in the form of a thread.

    What is no text in it becomes U+FFFD, for one such letter would spoil the whole file.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    for repair in (None, _repaired):
        try:
            return _THREAD.decode(data if repair is None else repair(data))
        except BROKEN:
            continue
    return None


def _repaired(data: bytes) -> bytes:
    data = _RAW_CONTROL.sub(lambda found: b"\\u%04x" % found[0][0], data)
    data = _HALF.sub(lambda found: b"\\ufffd" if found[1] else found[0], data)
    return data.decode("utf-8", errors="replace").encode("utf-8")


def message_of(raw: msgspec.Raw) -> Message | None:
    """A record of the download; null where it does not fit."""
    return one_decoded(raw, _MESSAGE)


def outline_of(raw: msgspec.Raw) -> Outline:
    """What can be told of a record that does not fit: nothing at all is possible."""
    return one_decoded(raw, _OUTLINE) or Outline()


def mended(text: str) -> str:
    """The text with its letters put right; itself where it is proper text already.

    Only a string that is broken as a whole is touched: every character must be a byte, and all
    bytes together must be UTF-8.
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def looks_broken(text: str) -> bool:
    """True where a piece of a text that could not be put right looks like the bytes of UTF-8."""
    return not text.isascii() and _BROKEN.search(text) is not None
