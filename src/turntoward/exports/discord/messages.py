"""One message of DiscordChatExporter: what it is, who sent it, and the reactions to it.

Field names follow `JsonMessageWriter.cs` of DiscordChatExporter; older versions miss some of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import msgspec

from turntoward.exports.json_records import moment_of
from turntoward.exports.names import Names
from turntoward.exports.records import Mood, Record
from turntoward.messages.message import Kind

#: A message in which nothing is left: a poll, or a forward of a version that does not write them.
EMPTY = "empty"

#: Kinds that people send; a kind that the exporter has no name for is written as its number.
_SENT = frozenset({"Default", "0", "Reply", "19", "ChatInputCommand", "20", "ContextMenuCommand",
                   "23"})  # fmt: skip
_CALLS = frozenset({"Call", "3"})
#: Discord itself speaks: it blocks words, or reminds of an invitation.
_SYSTEM = frozenset({"14", "15", "16", "17", "22", "24"})
_SERVICE = frozenset({"RecipientAdd", "RecipientRemove", "ChannelNameChange", "ChannelIconChange",
                      "ChannelPinnedMessage", "GuildMemberJoin", "ThreadCreated",
                      "PollResult"})  # fmt: skip
#: The name that Discord gives every voice message.
_VOICE = "voice-message.ogg"
_ENDINGS = {
    Kind.IMAGE: ("png", "jpg", "jpeg", "webp", "heic", "heif", "avif", "bmp"),
    Kind.GIF: ("gif",),
    Kind.VIDEO: ("mp4", "mov", "webm", "mkv", "avi", "m4v", "3gp"),
    Kind.AUDIO: ("ogg", "mp3", "m4a", "wav", "flac", "opus", "aac"),
}
_BY_ENDING = {f".{ending}": kind for kind, endings in _ENDINGS.items() for ending in endings}
#: Where Discord's picker takes its GIFs from.
_GIF_PICKER = ("https://tenor.com/view/", "https://giphy.com/gifs/", "https://klipy.com/gifs/")
#: The most people without a name that are counted for one reaction.
_MOST_UNNAMED = 1000


class Person(msgspec.Struct):
    """Who wrote or reacted; `nickname` is the name that the channel shows."""

    id: str | int | None = None
    name: str | None = None
    nickname: str | None = None


class Attachment(msgspec.Struct):
    """A file; `url` is a path beside the export where the media were downloaded."""

    url: str | None = None
    name: str | None = msgspec.field(name="fileName", default=None)


class _Emoji(msgspec.Struct):
    id: str | int | None = None
    name: str | None = None


class _Reaction(msgspec.Struct):
    emoji: _Emoji | None = None
    count: int = 1
    users: list[Person] = []


class _Reference(msgspec.Struct):
    type: str | int | None = None
    message: str | int | None = msgspec.field(name="messageId", default=None)


class Forwarded(msgspec.Struct):
    """The message that was forwarded, as far as it is written."""

    content: str | None = None
    attachments: list[Attachment] = []
    embeds: list[dict[str, Any]] = []
    stickers: list[dict[str, Any]] = []


class Message(msgspec.Struct):
    """One message, notice or call."""

    id: str | int | None = None
    type: str | int = "Default"
    timestamp: str | None = None
    edited: str | msgspec.UnsetType | None = msgspec.field(
        name="timestampEdited", default=msgspec.UNSET
    )
    call_ended: str | None = msgspec.field(name="callEndedTimestamp", default=None)
    content: str | None = None
    author: Person | None = None
    attachments: list[Attachment] = []
    embeds: list[dict[str, Any]] = []
    stickers: list[dict[str, Any]] = []
    reactions: list[_Reaction] = []
    reference: _Reference | None = None
    forwarded: Forwarded | None = msgspec.field(name="forwardedMessage", default=None)
    poll: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContext:
    """Where a message was read: its chat, the name of its file, and what lies beside that.

    `partner` is the id of the other person where the file tells who of two exported it.
    """

    chat: str
    source: str
    beside: frozenset[str] | None
    partner: str | None = None


def record_of(message: Message | None, context: FileContext, names: Names) -> Record:
    """The record of one message; one of no known form is `Kind.UNKNOWN`."""
    if message is None:
        return Record(chat=context.chat, kind=Kind.UNKNOWN, file=context.source, misfit=True)
    at, wall = moment_of(message.timestamp)
    author = message.author or Person()
    record = Record(
        chat=context.chat,
        id=None if message.id is None else str(message.id),
        at=at,
        wall=wall,
        precision="ms",
        sender=names.of(author.nickname or author.name, author.id),
        me=None if context.partner is None else str(author.id) != context.partner,
        file=context.source,
    )
    name = str(message.type)
    if name in _SENT:
        return _sent(record, message, context)
    record.raw_kind = name
    if name in _CALLS:
        record.kind = Kind.CALL
        ended = moment_of(message.call_ended)[0]
        if ended is not None and at is not None and ended >= at:
            record.duration_s = (ended - at) / 1_000_000
    elif name in _SYSTEM:
        record.kind, record.sender = Kind.SYSTEM, None
    elif name in _SERVICE or (name.isascii() and name.isdecimal()):
        record.kind = Kind.SERVICE
    else:
        record.kind, record.misfit = Kind.UNKNOWN, True
    return record


def _sent(record: Record, message: Message, context: FileContext) -> Record:
    """What a person sent: own words, files, or something forwarded."""
    if message.edited is not msgspec.UNSET:
        record.edited = message.edited is not None
        record.edited_at = moment_of(message.edited)[0]
    reference = message.reference or _Reference()
    forward = message.forwarded is not None or str(reference.type) in ("Forward", "1")
    if forward:
        record.forwarded = True
    elif reference.message is not None:
        record.reply_to = str(reference.message)
    held: Message | Forwarded = message.forwarded or message
    text = message.content or (message.forwarded and message.forwarded.content) or ""
    record.text = text or None
    if held.attachments:
        record.kind = _kind_of_files(held.attachments)
        record.media_ref, record.media_state = _media(held.attachments[0], context)
    elif message.poll is not None:
        record.kind, record.raw_kind = Kind.POLL, "poll"
        record.text = text or _question(message.poll)
    elif held.stickers:
        record.kind, record.media_state = Kind.STICKER, "omitted"
        name = held.stickers[0].get("name")
        record.media_ref = name if isinstance(name, str) else None
    elif _is_picked_gif(text, held.embeds):
        record.kind, record.media_state = Kind.GIF, "omitted"
        record.media_ref, record.text = text, None
    elif not text:
        record.kind, record.raw_kind = (
            (Kind.MEDIA, "embed") if held.embeds else (Kind.UNKNOWN, EMPTY)
        )
    return record


def _kind_of_files(files: list[Attachment]) -> Kind:
    if len(files) == 1 and files[0].name == _VOICE:
        return Kind.VOICE
    endings = [PurePosixPath((file.name or "").lower()).suffix for file in files]
    kinds = {_BY_ENDING.get(ending, Kind.DOCUMENT) for ending in endings}
    return kinds.pop() if len(kinds) == 1 else Kind.MEDIA


def _media(file: Attachment, context: FileContext) -> tuple[str | None, str]:
    """An address on the web was not downloaded; a path lies beside the export."""
    if file.url is None or file.url.startswith(("http://", "https://")):
        return file.name or file.url, "omitted"
    own = PurePosixPath(file.url.replace("\\", "/")).name
    there = context.beside is None or own in context.beside
    return file.url, "included" if there else "missing"


def _is_picked_gif(text: str, embeds: list[dict[str, Any]]) -> bool:
    """A GIF of Discord's own picker is nothing but an address, shown as a film without a title.

    Older versions of the exporter leave the film out; there the address tells.
    """
    if not text or len(embeds) != 1:
        return False
    shown = embeds[0]
    film = bool(shown.get("video")) or text.startswith(_GIF_PICKER)
    return shown.get("url") == text and film and not shown.get("title")


def _question(poll: object) -> str | None:
    question = poll.get("question") if isinstance(poll, dict) else None
    text = question.get("text") if isinstance(question, dict) else question
    return text if isinstance(text, str) else None


def moods_in(message: Message, names: Names) -> Iterator[Mood]:
    """The reactions to a message; people whom the exporter does not name count without a name."""
    if message.id is None:
        return
    for reaction in message.reactions:
        emoji = reaction.emoji or _Emoji()
        sign = f":{emoji.name}:" if emoji.id not in (None, "", "0", 0) else emoji.name or ""
        for who in reaction.users:
            actor = names.of(who.nickname or who.name, who.id)
            yield Mood(to=str(message.id), actor=actor, emoji=sign)
        for _ in range(min(reaction.count, _MOST_UNNAMED) - len(reaction.users)):
            yield Mood(to=str(message.id), emoji=sign)
