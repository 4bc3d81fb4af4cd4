"""From the records of Meta to those of the canonical table, decided by their fields first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

import msgspec

from turntoward.exports.flags import INVALID, PLACEHOLDER
from turntoward.exports.meta.json import (
    Media,
    Message,
    Reaction,
    looks_broken,
    mended,
    message_of,
    outline_of,
)
from turntoward.exports.meta.phrases import meaning_of
from turntoward.exports.records import Mood, Record, whole
from turntoward.messages.message import MEDIA_KINDS, Kind

BROKEN = "mojibake-suspect"
EDIT = "edit-suspect"
#: Meta names a person who is gone in the language of the account, or not at all.
NAMELESS = "Someone without a name"

#: Field -> kind, in the order in which a record is looked at.
_HELD: tuple[tuple[str, Kind], ...] = (
    ("photos", Kind.IMAGE), ("videos", Kind.VIDEO), ("audio_files", Kind.VOICE),
    ("gifs", Kind.GIF), ("files", Kind.DOCUMENT),
)  # fmt: skip
#: Acts that are no message. `Payment` and `Plan` are of older exports.
_ACTS = frozenset({"Subscribe", "Unsubscribe", "Payment", "Plan"})
_PLAIN = frozenset({None, "Generic", "Share", "Call"})
_TOO_LARGE = 1 << 42
#: How Instagram marks the later of the two rows that an edited message becomes.
_EDITED = " (edited)"
#: A moving picture of Instagram's own search, which is shared as the address of its file.
_GIF = re.compile(r"^https://[^?#]{1,400}\.gif(?:$|[?#])")
SONGS = frozenset({".mp3", ".wav", ".flac"})


class Place(NamedTuple):
    """Where a record lies: its chat, its file, and what lies beside it (null where unseen)."""

    chat: str
    source: str
    beside: frozenset[str] | None
    network: str


class Read(NamedTuple):
    """A record with the reactions to it, and what to count of it for the notes."""

    record: Record
    reactions: tuple[Reaction, ...] = ()
    seen: tuple[str, ...] = ()


def row_of(raw: msgspec.Raw, place: Place) -> Read:
    """One record of the download; one that does not fit keeps its name and time where it can."""
    message = message_of(raw)
    if message is None:
        return misfit(raw, place)
    fine = message.timestamp_ms is not None
    at = moment(message.timestamp_ms, 1000) if fine else moment(message.timestamp, 1_000_000)
    record = Record(
        chat=place.chat,
        at=at,
        precision="ms" if fine else "s",
        sender=name_of(message.sender_name),
        file=place.source,
    )
    seen = _filled(record, message, place)
    return Read(record, tuple(message.reactions or ()), seen)


def name_of(name: str | None) -> str:
    """A person's name put right; somebody whom Meta does not name is still somebody."""
    return mended(name or "") or NAMELESS


def moods_of_row(read: Read, taken: Counter[str]) -> Iterable[Mood]:
    """The reactions to a record, which gets an id by which they point at it.

    Meta gives none. The id is made of chat and time, so that every export of the account agrees.
    """
    if not read.reactions:
        return ()
    at = read.record.wall if read.record.at is None else read.record.at
    base = f"{read.record.chat}@{(at or 0) // 1000}"
    taken[base] += 1
    read.record.id = base if taken[base] == 1 else f"{base}/{taken[base]}"
    return [
        Mood(
            to=read.record.id,
            actor=name_of(one.actor),
            emoji=mended(one.reaction or ""),
            at=moment(one.timestamp, 1_000_000),
        )
        for one in read.reactions
    ]


def misfit(raw: msgspec.Raw, place: Place) -> Read:
    """A record that does not fit, with its name and time where these can be told."""
    known = outline_of(raw)
    name = known.sender_name if known.sender_name is not None else known.senderName
    at = moment(known.timestamp_ms if known.timestamp_ms is not None else known.timestamp, 1000)
    record = Record(
        chat=place.chat,
        at=at,
        precision="ms",
        sender=mended(name) or None if isinstance(name, str) else None,
        kind=Kind.UNKNOWN,
        file=place.source,
        misfit=True,
    )
    return Read(record)


def _filled(record: Record, message: Message, place: Place) -> tuple[str, ...]:
    """Set kind, words and what was attached; returns what to count."""
    if message.is_unsent or message.is_taken_down:
        record.kind = Kind.DELETED
        record.raw_kind = "unsent" if message.is_unsent else "taken down"
        return ()
    if message.type == "Call" or message.call_duration is not None:
        record.kind, record.raw_kind = Kind.CALL, "call"
        seconds = message.call_duration or 0
        record.duration_s = float(seconds) if 0 <= seconds < _TOO_LARGE else None
        if message.missed:
            record.call_outcome = "missed"
        elif record.duration_s:
            record.call_outcome = "answered"
        return ()
    if message.type in _ACTS or message.users is not None:
        record.kind, record.raw_kind = Kind.SERVICE, message.type or "users"
        return ()
    seen = worded(record, message.content)
    seen += _attached(record, message, place)
    meaning = meaning_of(record.text, record.sender) if record.text else None
    if meaning == "attachment" and record.kind is Kind.TEXT:
        record.kind, record.raw_kind, record.media_state = Kind.MEDIA, "attachment", "missing"
    elif meaning is not None and record.kind is Kind.TEXT:
        record.kind, record.raw_kind = Kind.SERVICE, "call" if meaning == "notice" else meaning
        seen += (meaning,)
    if meaning is not None:
        record.text = None
    if record.kind is Kind.LINK and message.share is not None:
        _linked(record, mended(message.share.link or ""), place)
    if message.type not in _PLAIN and record.kind not in MEDIA_KINDS:
        record.kind, record.raw_kind, record.misfit = Kind.UNKNOWN, message.type, True
    elif record.kind is Kind.TEXT and not record.text:
        record.kind, record.raw_kind, record.text = Kind.UNKNOWN, "empty", None
        seen += ("empty",)
    elif place.network == "instagram" and (record.text or "").endswith(_EDITED):
        record.doubts = (*record.doubts, EDIT)
        seen += ("edit",)
    return seen


def _linked(record: Record, link: str, place: Place) -> None:
    """A link without words is what was sent; words with one's own name in them may be Meta's."""
    if not record.text and _GIF.search(link):
        record.kind = Kind.GIF
        attach(record, link, place.beside)
    elif not record.text:
        record.text = link or None
    elif record.sender and record.sender in record.text and (not link or link not in record.text):
        record.doubts = (*record.doubts, PLACEHOLDER)


def worded(record: Record, words: str | None) -> tuple[str, ...]:
    """Set the words, put right where they were broken; returns what to count."""
    record.text = None if words is None else mended(words)
    if words is None or words.isascii():
        return ()
    if "\ufffd" in words:
        record.doubts = (*record.doubts, INVALID)
    if record.text != words:
        return ("mended",)
    if looks_broken(words):
        record.doubts = (*record.doubts, BROKEN)
    return ()


def _attached(record: Record, message: Message, place: Place) -> tuple[str, ...]:
    """The first thing that was attached; returns `several` where there are more."""
    count = 0
    for field, kind in _HELD:
        held: list[Media] = getattr(message, field) or []
        count += len(held)
        if held and record.kind is Kind.TEXT:
            record.kind, record.raw_kind = kind, field
            attach(record, held[0].uri, place.beside)
            if kind is Kind.VOICE and _is_song(held[0].uri or ""):
                record.kind = Kind.AUDIO
    if message.sticker is not None and record.kind is Kind.TEXT:
        record.kind, record.raw_kind = Kind.STICKER, "sticker"
        attach(record, message.sticker.uri, place.beside)
    if message.share is not None and record.kind is Kind.TEXT:
        record.kind, record.raw_kind = Kind.LINK, "share"
    return ("several",) if count > 1 else ()


def _is_song(uri: str) -> bool:
    """A sound file rather than a recording: Meta calls its recordings `audioclip`."""
    path = PurePosixPath(uri)
    return path.suffix.lower() in SONGS and "audioclip" not in path.name


def attach(record: Record, uri: str | None, beside: frozenset[str] | None) -> None:
    """Name the file; without a folder in it, `uri` is a sentence that says why there is none."""
    path = mended(uri or "")
    if "/" not in path:
        record.media_state = "missing"
        return
    record.media_ref = path.removeprefix("./")
    if "://" in path:
        record.media_state = "omitted"
    else:
        there = beside is None or PurePosixPath(path).name in beside
        record.media_state = "included" if there else "missing"


def moment(stamp: object, unit: int) -> int | None:
    """Microseconds since 1970 of a stamp that counts units of `unit` microseconds."""
    at = whole(stamp)
    return at * unit if at is not None and abs(at) < _TOO_LARGE else None
