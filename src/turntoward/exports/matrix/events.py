"""One event of a Matrix room as a record; types and fields are those of the Matrix specification.

Types that were tried out before they were agreed on carry the name of their proposal, such as
`org.matrix.msc3381.poll.start`; both names are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import msgspec

from turntoward.exports.json_records import begins_one, micros_of, seconds_of
from turntoward.exports.records import Record
from turntoward.messages.message import Kind

if TYPE_CHECKING:
    from turntoward.exports.matrix.links import Links

#: What a message is called that the exporting device had no key for.
LOCKED = "m.room.encrypted"

_WORDS = frozenset({"m.text", "m.emote", "m.notice"})
_MEDIA = {
    "m.image": Kind.IMAGE,
    "m.video": Kind.VIDEO,
    "m.audio": Kind.AUDIO,
    "m.file": Kind.DOCUMENT,
    "m.sticker": Kind.STICKER,
}
_VOICE = ("org.matrix.msc3245.voice", "org.matrix.msc3245.voice.v2", "m.voice")
_POLLS = ("m.poll.start", "org.matrix.msc3381.poll.start")
_BEACONS = ("m.beacon_info", "org.matrix.msc3672.beacon_info")
#: Acts that are no message; so is every event that changes the state of the room.
_ACTS = ("m.room.", "m.call.", "m.key.", "m.poll.", "m.beacon", "m.rtc.", "org.matrix.msc")


class Event(msgspec.Struct):
    """One event; `time` is in milliseconds since 1970, UTC."""

    type: str
    content: Any = None
    sender: str | None = None
    id: str | None = msgspec.field(name="event_id", default=None)
    time: int | None = msgspec.field(name="origin_server_ts", default=None)
    room_id: str | None = None
    state_key: str | msgspec.UnsetType | None = msgspec.UNSET
    redacts: str | None = None
    unsigned: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where events were read; `beside` names the files beside the export, sorted."""

    id: str
    source: str
    beside: tuple[str, ...]


def content_of(event: Event) -> Mapping[str, Any]:
    """The content of an event; empty where it is none."""
    return event.content if isinstance(event.content, dict) else {}


def relation_of(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a message says of another one; empty where it says nothing."""
    relation = content.get("m.relates_to")
    return relation if isinstance(relation, dict) else {}


def text_at(fields: Mapping[str, Any], name: str) -> str | None:
    """The text under a name; null where there is none."""
    value = fields.get(name)
    return value if isinstance(value, str) else None


def record_of(event: Event | None, room: Room, links: Links) -> Record:
    """The record of one event; one of no known form is `Kind.UNKNOWN`."""
    if event is None:
        return Record(chat=room.id, kind=Kind.UNKNOWN, file=room.source, misfit=True)
    sender = event.sender
    record = Record(
        chat=room.id,
        id=event.id,
        at=micros_of(event.time),
        precision="ms",
        sender=None if sender is None else links.names.get(sender, sender),
        me=None if sender is None or links.me is None else sender == links.me,
        kind=Kind.SERVICE,
        raw_kind=event.type,
        file=room.source,
    )
    if event.type in _BEACONS and content_of(event).get("live") is True:
        record.kind = Kind.LOCATION
    elif event.state_key is not msgspec.UNSET:
        return record
    elif event.type in ("m.room.message", "m.sticker", *_POLLS):
        _message(record, event, room, links)
    elif event.type == LOCKED:
        _locked_or_removed(record, event, links)
    elif event.type.startswith("m.call."):
        _call(record, event, links)
    elif event.type == "m.reaction":
        record.raw_kind = "reaction"
    elif not event.type.startswith(_ACTS):
        record.kind, record.misfit = Kind.UNKNOWN, True
    return record


def _removed(event: Event, links: Links) -> bool:
    unsigned = event.unsigned if isinstance(event.unsigned, dict) else {}
    return "redacted_because" in unsigned or event.id in links.removed


def _locked_or_removed(record: Record, event: Event, links: Links) -> None:
    record.kind = Kind.DELETED if _removed(event, links) else Kind.UNKNOWN


def _message(record: Record, event: Event, room: Room, links: Links) -> None:
    content = content_of(event)
    relation = relation_of(content)
    if relation.get("rel_type") == "m.replace":
        record.raw_kind = "edit"  # its words are those of the message that it changed
        return
    if _removed(event, links):
        record.kind = Kind.DELETED
        return
    if content.get("msgtype") == "m.bad.encrypted":
        record.kind, record.raw_kind = Kind.UNKNOWN, LOCKED
        return
    _reply(record, relation)
    content = _last_words(record, event, content, links)
    if event.type in _POLLS:
        record.kind, record.text = Kind.POLL, _question(content)
        return
    _content(record, "m.sticker" if event.type == "m.sticker" else None, content, room)


def _reply(record: Record, relation: Mapping[str, Any]) -> None:
    reply = relation.get("m.in_reply_to")
    # In a thread every message names the one before it, for apps that show no threads.
    if isinstance(reply, dict) and relation.get("is_falling_back") is not True:
        record.reply_to = text_at(reply, "event_id")


def _last_words(
    record: Record, event: Event, content: Mapping[str, Any], links: Links
) -> Mapping[str, Any]:
    """The content after the last edit, by an event of its own or as the server sums it up."""
    record.edited = False
    edit = links.edits.get(event.id or "")
    if edit is not None and edit.sender == event.sender:
        record.edited, record.edited_at = True, micros_of(edit.at)
        return edit.content
    unsigned = event.unsigned if isinstance(event.unsigned, dict) else {}
    relations = unsigned.get("m.relations")
    summary = relations.get("m.replace") if isinstance(relations, dict) else None
    if isinstance(summary, dict):
        at, held = summary.get("origin_server_ts"), summary.get("content")
        record.edited = True
        record.edited_at = micros_of(at)
        new = held.get("m.new_content") if isinstance(held, dict) else None
        return new if isinstance(new, dict) else content
    return content


def _content(record: Record, kind: str | None, content: Mapping[str, Any], room: Room) -> None:
    name = kind or text_at(content, "msgtype")
    body = text_at(content, "body")
    record.raw_kind = None if name == "m.text" else name
    if name in _MEDIA:
        _media(record, _MEDIA[name], content, room)
    elif name == "m.location":
        record.kind = Kind.LOCATION  # its body is written by the app
    elif name is not None and name.startswith("m.key."):
        record.kind = Kind.SERVICE
    elif body is None:
        record.kind, record.misfit = Kind.UNKNOWN, True
    else:
        # Other kinds of message carry a body for apps that do not know them.
        record.kind = Kind.TEXT
        record.text, record.reply_snippet = body, None
        if record.reply_to is not None:
            record.text, record.reply_snippet = _without_quote(body)


def _without_quote(body: str) -> tuple[str, str | None]:
    """Own words and the quoted ones, which older apps put above them as `> <@ana:...> words`."""
    if not body.startswith(("> <@", "> * <@")):
        return body, None
    lines = body.split("\n")
    own = next((n for n, line in enumerate(lines) if not line.startswith(">")), len(lines))
    quoted = "\n".join(line[1:].removeprefix(" ") for line in lines[:own])
    own += own < len(lines) and not lines[own]
    return "\n".join(lines[own:]), quoted.partition("> ")[2] or quoted


def _media(record: Record, kind: Kind, content: Mapping[str, Any], room: Room) -> None:
    given = content.get("info")
    info = given if isinstance(given, dict) else {}
    body, name = text_at(content, "body"), text_at(content, "filename")
    voice = any(mark in content for mark in _VOICE)
    if kind is Kind.AUDIO and voice:
        kind = Kind.VOICE
    elif kind is Kind.IMAGE and info.get("mimetype") == "image/gif":
        kind = Kind.GIF
    record.kind = kind
    duration = seconds_of(info.get("duration"))
    record.duration_s = None if duration is None else duration / 1000
    # Only beside a name of the file is the body a caption.
    record.text = body if name is not None and body != name and kind is not Kind.STICKER else None
    record.media_ref = name or body
    stem = PurePosixPath(record.media_ref or "").stem
    there = begins_one(room.beside, f"{stem}-") if stem else False
    record.media_state = "included" if there else "omitted"


def _question(content: Mapping[str, Any]) -> str | None:
    for name in ("m.poll", *_POLLS):
        poll = content.get(name)
        question = poll.get("question") if isinstance(poll, dict) else None
        if isinstance(question, dict):
            new = question.get("m.text")
            first = new[0] if isinstance(new, list) and new else None
            words = (first.get("body") if isinstance(first, dict) else new,
                     question.get("org.matrix.msc1767.text"), question.get("body"))  # fmt: skip
            return next((word for word in words if isinstance(word, str)), None)
    return None


def _call(record: Record, event: Event, links: Links) -> None:
    """The invitation stands for the whole call; its other steps are notices."""
    call = links.calls.get(text_at(content_of(event), "call_id") or "")
    if call is None or call.event != event.id:
        return
    record.kind = Kind.CALL
    if call.answered is not None:
        record.call_outcome = "answered"
        if call.ended is not None and call.ended >= call.answered:
            record.duration_s = seconds_of((call.ended - call.answered) // 1000)
    elif call.declined:
        record.call_outcome = "declined"
    elif call.ended is not None:
        record.call_outcome = "missed"
