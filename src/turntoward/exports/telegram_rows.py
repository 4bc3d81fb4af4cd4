"""From Telegram's messages to rows of the canonical table and its reactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
import polars as pl

from turntoward.exports.telegram_json import Chat, Message
from turntoward.messages.message import Kind

_MESSAGE = msgspec.json.Decoder(Message)
_BATCH = 50_000
#: `media_type` -> kind. A video message is the round clip that Telegram sends like a voice message.
_MEDIA = {
    "voice_message": Kind.VOICE,
    "video_message": Kind.VIDEO,
    "video_file": Kind.VIDEO,
    "animation": Kind.GIF,
    "sticker": Kind.STICKER,
    "audio_file": Kind.AUDIO,
}
_CALLS = frozenset({"phone_call", "conference_call"})
#: How the machine that exported names what it left out: "(File not included. ...".
_LEFT_OUT = "("

ROW_SCHEMA = pl.Schema(
    {
        "msg_id": pl.String(), "date": pl.String(), "unix": pl.Int64(), "sender_id": pl.String(),
        "is_me": pl.Boolean(), "kind": pl.String(), "text": pl.String(), "raw_kind": pl.String(),
        "media_ref": pl.String(), "media_state": pl.String(), "duration_s": pl.Float64(),
        "call_outcome": pl.String(), "reply_to": pl.String(), "edited": pl.Boolean(),
        "edited_unix": pl.Int64(), "forwarded": pl.Boolean(), "misfit": pl.Boolean(),
    }
)  # fmt: skip
MOOD_SCHEMA = pl.Schema(
    {"msg_id": pl.String(), "actor": pl.String(), "emoji": pl.String(), "date": pl.String()}
)


class Names:
    """Names of senders: as Telegram shows them, kept apart where two people share one."""

    def __init__(self) -> None:
        self._by_id: dict[str, str] = {}
        self._taken: dict[str, str] = {}

    def of(self, name: str | None, person: str | int | None) -> str | None:
        """The name for a row; a deleted account has an id only."""
        if person is None:
            return name or None
        key = str(person)
        if key not in self._by_id:
            shown = name or key
            if self._taken.setdefault(shown, key) != key:
                shown = f"{shown} ({key})"
            self._by_id[key] = shown
        return self._by_id[key]


def rows_of(
    chat: Chat, owner: Callable[[str | int | None], bool | None], progress: Callable[[float], None]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All records of a chat and the reactions to them, in the order of the file.

    `owner` says whether a person's id is that of who exported. A record that does not fit is a row
    of `Kind.UNKNOWN` with `misfit`.
    """
    names = Names()
    tables: list[pl.DataFrame] = [pl.DataFrame(schema=ROW_SCHEMA)]
    moods: list[tuple[str, str | None, str, str | None]] = []
    raw = iter(chat.messages)
    done = 0
    while batch := list(islice(raw, _BATCH)):
        rows = []
        for message in _decoded(batch):
            rows.append(_row(message, names, owner))
            if message is not None and message.reactions:
                moods.extend(_moods(message, names))
        tables.append(pl.DataFrame(rows, schema=ROW_SCHEMA, orient="row"))
        done += len(batch)
        progress(done / len(chat.messages))
    return pl.concat(tables), pl.DataFrame(moods, schema=MOOD_SCHEMA, orient="row")


def _decoded(batch: Sequence[msgspec.Raw]) -> Iterator[Message | None]:
    for raw in batch:
        try:
            yield _MESSAGE.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            yield None


def _row(
    message: Message | None, names: Names, owner: Callable[[str | int | None], bool | None]
) -> tuple[Any, ...]:
    if message is None:
        return (*[None] * 5, Kind.UNKNOWN.value, *[None] * 10, True)
    service = message.type == "service"
    person = message.actor_id if service else message.from_id
    sender = names.of(message.actor if service else message.from_, person)
    kind, raw_kind = _kind(message)
    media, state = _media(message)
    edited_unix = _whole(message.edited_unixtime)
    # Old versions wrote the year 1970 for messages that were never edited.
    edited = bool(message.edited) and not str(message.edited).startswith("1970")
    return (
        None if message.id is None else str(message.id),
        message.date,
        _whole(message.date_unixtime),
        sender,
        owner(person),
        kind.value,
        None if service else _text(message, kind),
        raw_kind,
        media,
        state,
        message.duration_seconds,
        _outcome(message) if kind is Kind.CALL else None,
        _reply(message),
        edited,
        edited_unix if edited else None,
        message.forwarded_from is not msgspec.UNSET,
        False,
    )


def _kind(message: Message) -> tuple[Kind, str | None]:
    """The kind and what Telegram calls it."""
    if message.type == "service":
        return (Kind.CALL if message.action in _CALLS else Kind.SERVICE), message.action
    if message.type != "message":
        return Kind.UNKNOWN, message.type  # "unsupported": newer than the app that exported
    if message.self_destruct_period_seconds:
        return Kind.VIEW_ONCE, message.media_type or "self_destruct"
    if message.media_type is not None:
        return _MEDIA.get(message.media_type, Kind.MEDIA), message.media_type
    held: tuple[tuple[object, Kind, str], ...] = (
        (message.photo, Kind.IMAGE, "photo"),
        (message.file, Kind.DOCUMENT, "file"),
        (message.contact_information, Kind.CONTACT, "contact_information"),
        (message.place_name or message.location_information, Kind.LOCATION, "location"),
        (message.live_location_period_seconds, Kind.LOCATION, "live_location"),
        (message.poll, Kind.POLL, "poll"),
        (message.game_title, Kind.MEDIA, "game"),
        (message.invoice_information, Kind.MEDIA, "invoice"),
    )
    for there, kind, name in held:
        if there:
            return kind, name
    return (Kind.TEXT, None) if _joined(message) else (Kind.UNKNOWN, None)


def _joined(message: Message) -> str:
    if isinstance(message.text, str):
        text = message.text
    else:
        text = "".join(part if isinstance(part, str) else part.text for part in message.text)
    return text or "".join(part.text for part in message.text_entities)


def _text(message: Message, kind: Kind) -> str | None:
    return _joined(message) or ("" if kind is Kind.TEXT else None)


def _media(message: Message) -> tuple[str | None, str | None]:
    path = message.photo or message.file
    if path is None:
        return None, None
    return (None, "omitted") if path.startswith(_LEFT_OUT) else (path, "included")


def _outcome(message: Message) -> str | None:
    if message.is_missed:
        return "missed"
    if message.duration_seconds:
        return "answered"
    return message.discard_reason


def _reply(message: Message) -> str | None:
    # A reply into another chat carries that chat's id beside it; its message is not here.
    if message.reply_to_message_id is None or message.reply_to_peer_id is not None:
        return None
    return str(message.reply_to_message_id)


def _moods(message: Message, names: Names) -> Iterator[tuple[str, str | None, str, str | None]]:
    for reaction in message.reactions:
        sign = reaction.emoji or reaction.type
        known = reaction.recent[: max(reaction.count, 0)]
        for who in known:
            yield str(message.id), names.of(who.from_, who.from_id), sign, who.date
        for _ in range(min(reaction.count, 1000) - len(known)):
            yield str(message.id), None, sign, None


def _whole(number: str | int | None) -> int | None:
    """A Unix time; null where it is none, or outside of what a date can hold."""
    try:
        whole = int(number) if number is not None else None
    except ValueError:
        return None
    return whole if whole is not None and abs(whole) < 1 << 35 else None
