"""Skype: messages.json of Microsoft's own export, with all conversations of an account."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from turntoward.exports.finished import finished
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions, alone
from turntoward.exports.json_records import decode_whole, decoded
from turntoward.exports.names import Names
from turntoward.exports.records import Mood, Record, table_of
from turntoward.exports.skype.joined import joined
from turntoward.exports.skype.messages import (
    LOCKED,
    Account,
    Message,
    bare,
    moods_in,
    person_of,
    record_of,
)
from turntoward.messages.account import Carries
from turntoward.messages.source import Source

CARRIES = Carries(reactions=True, replies=True, edits=True, calls=True, voice=True, seconds=True)
_HEAD = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{\s*"userId"\s*:')
_AGAIN = "Unpack the export of Skype again and bring in the messages.json in it."


class _Conversation(msgspec.Struct):
    id: str | None = None
    name: str | None = msgspec.field(name="displayName", default=None)
    messages: list[msgspec.Raw] | None = msgspec.field(name="MessageList", default=None)
    thread: Any = msgspec.field(name="threadProperties", default=None)


class _Export(msgspec.Struct):
    conversations: list[_Conversation]
    user: str | None = msgspec.field(name="userId", default=None)


class _Named(msgspec.Struct):
    from_: Any = msgspec.field(name="from", default=None)
    name: Any = msgspec.field(name="displayName", default=None)


def sniff(path: str, head: bytes) -> bool:
    """True for JSON that begins with a user's id and goes on with conversations."""
    return _HEAD.match(head) is not None and b'"conversations"' in head


def read(file: ExportFile, options: ReadOptions) -> Source:
    """Read all conversations; see `turntoward.exports.open_export` for what it raises."""
    export = decode_whole(file.load(), _Export, file.title, writer="Skype", again=_AGAIN)
    options.progress(0.2)
    account = Account(
        me=bare(export.user),
        names=_names(export),
        source=file.source,
        beside=tuple(sorted(file.beside or ())),
    )
    moods: list[Mood] = []
    table = table_of(_records(export, account, moods, options), options)
    ids = [_id(one) for one in export.conversations]
    locked = int((table["raw_kind"] == LOCKED).sum())
    locked_note = f"Messages of private conversations, which stay encrypted: {locked:,}."
    return finished(
        table,
        of=FORMAT,
        options=options,
        empty=f"{file.title} is an export of Skype without a single message. Bring in an export "
        "in which Conversations was ticked.",
        notes=[locked_note] if locked else [],
        moods=moods,
        titles={_id(one): _title(one) for one in export.conversations},
        groups={name for name in ids if name.startswith("19:")},
        personal={name for name in ids if name.startswith("8:")},
    )


def _id(conversation: _Conversation) -> str:
    return conversation.id or ""


def _title(conversation: _Conversation) -> str:
    thread = conversation.thread if isinstance(conversation.thread, dict) else {}
    topic = thread.get("topic")
    named = conversation.name or (topic if isinstance(topic, str) else None)
    return named or bare(conversation.id) or "a chat without a name"


def _names(export: _Export) -> dict[str, str]:
    """How people are called: by their messages, else by the conversation with them."""
    called: dict[str, str] = {}
    for conversation in export.conversations:
        for message in decoded(conversation.messages or (), _Named):
            who = person_of(message.from_) if message is not None else None
            if message is not None and who is not None and isinstance(message.name, str):
                called.setdefault(who, message.name) if message.name else None
    for conversation in export.conversations:
        if _id(conversation).startswith("8:") and conversation.name:
            called.setdefault(bare(conversation.id) or "", conversation.name)
    names = Names()
    return {person: names.of(name, person) or person for person, name in called.items()}


def _records(
    export: _Export, account: Account, moods: list[Mood], options: ReadOptions
) -> Iterator[Record]:
    total = sum(len(one.messages or ()) for one in export.conversations) or 1
    done = 0
    for conversation in export.conversations:
        raws = conversation.messages or ()
        yield from joined(_messages(_id(conversation), raws, account, moods))
        done += len(raws)
        options.progress(0.2 + 0.7 * done / total)


def _messages(
    chat: str, raws: Iterable[msgspec.Raw], account: Account, moods: list[Mood]
) -> Iterator[tuple[Record, object]]:
    for message in decoded(raws, Message):
        if message is not None:
            moods.extend(moods_in(message, account))
        yield record_of(message, chat, account)


FORMAT = ExportFormat(
    name="skype",
    title="Skype",
    network="skype",
    carries=CARRIES,
    suffixes=(".json",),
    sniff=sniff,
    read=alone(read),
)
