"""One message of a Skype export: what it is, who sent it, and the reactions to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from turntoward.exports.attachments import kind_of_name
from turntoward.exports.json_records import begins_one, micros_of, moment_of, seconds_of
from turntoward.exports.records import Mood, Record
from turntoward.exports.skype.html import file_names, html_markup_of
from turntoward.exports.skype.markup import Markup, markup_of
from turntoward.messages.message import MEDIA_KINDS, Kind

#: A message of a private conversation, of which the export holds only the cipher.
LOCKED = "EndToEndEncryption/EncryptedText"
#: A message that lost its words and left a blank.
DELETED = "deleted"
#: What old apps read above the new words of a message; it stands there only beside the mark.
_EDITED = "Edited previous message: "

_HTML = "RichText/Html"
_WORDS = frozenset({"RichText", "Text", _HTML})
_MEDIA = {
    "RichText/UriObject": Kind.IMAGE,
    "RichText/Media_Video": Kind.VIDEO,
    "RichText/Media_FlikMsg": Kind.VIDEO,
    "RichText/Media_AudioMsg": Kind.VOICE,
    "RichText/Media_GenericFile": Kind.DOCUMENT,
    "RichText/Media_Card": Kind.MEDIA,
    "RichText/Media_CallRecording": Kind.MEDIA,
    "RichText/Files": Kind.DOCUMENT,
}
_OTHERS = {
    "RichText/Location": Kind.LOCATION,
    "RichText/Contacts": Kind.CONTACT,
    "Poll": Kind.POLL,
    # The frame around pictures that follow as messages of their own.
    "RichText/Media_Album": Kind.SERVICE,
    "RichText/ScheduledCallInvite": Kind.SERVICE,
    "Translation": Kind.SERVICE,  # a message that is there in its own language
    "Notice": Kind.SYSTEM,
    "PopCard": Kind.SYSTEM,
    LOCKED: Kind.UNKNOWN,
    "EndToEndEncryption/EncryptedMedia": Kind.MEDIA,
}
_ACTS = ("ThreadActivity/", "InviteFreeRelationshipChanged/", "Event/", "Control/",
         "EndToEndEncryption/")  # fmt: skip
_SIGNS = {"like": "👍", "heart": "❤️", "laugh": "😆", "surprised": "😮", "sad": "😢", "angry": "😠",
          "cry": "😢", "yes": "👍"}  # fmt: skip
#: `2714_heavycheckmark` is the emoji of that number.
_CODE = re.compile(r"([0-9a-f]{4}|1f[0-9a-f]{3})_")
#: Conversations of the app with itself, such as its list of calls, begin so; one is notes.
_OF_THE_APP, _NOTES = "48:", "48:notes"


class Message(msgspec.Struct):
    """One message, act or call, as it is written."""

    type: str = msgspec.field(name="messagetype")
    id: Any = None
    time: str | None = msgspec.field(name="originalarrivaltime", default=None)
    content: Any = None
    from_: Any = msgspec.field(name="from", default=None)
    properties: Any = None
    references: Any = msgspec.field(name="amsreferences", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose export it is: the bare id, names by bare ids, and where it was read."""

    me: str | None
    names: Mapping[str, str]
    source: str
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditMark:
    """Who sent a message, and when (in microseconds); an edit has the mark of what it changes."""

    sender: str | None
    sent: int
    edit: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class CallMark:
    """A step of a call; `id` is null in older exports."""

    step: str
    id: str | None


def bare(person: str | None) -> str | None:
    """`live:ben` of `8:live:ben`."""
    kind, colon, rest = (person or "").rpartition("/")[2].partition(":")
    return (rest if colon and kind.isdecimal() else person) or None


def person_of(given: object) -> str | None:
    """The bare id of a sender; null for the conversation itself and what is none."""
    if isinstance(given, dict):
        given = given.get("MemberMri")
    return bare(given) if isinstance(given, str) and not given.startswith("19:") else None


def record_of(
    message: Message | None, chat: str, account: Account
) -> tuple[Record, EditMark | CallMark | None]:
    """The record of one message and, where it has any, its mark."""
    if message is None:
        return Record(chat=chat, kind=Kind.UNKNOWN, file=account.source, misfit=True), None
    at, wall = moment_of(message.time)
    who = person_of(message.from_)
    record = Record(
        chat=chat,
        id=None if message.id is None else str(message.id),
        at=at if at is not None else wall,  # older exports leave the sign of UTC out
        precision="ms",
        sender=_shown(who, account),
        me=None if who is None or account.me is None else who == account.me,
        raw_kind=None if message.type in ("RichText", "Text") else message.type,
        file=account.source,
    )
    if chat.startswith(_OF_THE_APP) and chat != _NOTES:
        record.kind, record.raw_kind = Kind.SERVICE, f"{chat} {message.type}"
        return record, None
    properties = _properties(message)
    if "deletetime" in properties:
        record.kind, record.raw_kind = Kind.DELETED, DELETED
        return record, None
    if properties.get("forwardMetadata"):
        record.forwarded = True
    if message.type in _WORDS:
        mark = _words(record, message, properties, who)
        _sent_with_words(record, message, account)
        return record, mark
    return record, _other(record, message, account)


def _words(
    record: Record, message: Message, properties: Mapping[str, Any], who: str | None
) -> EditMark | None:
    held = _markup(message)
    if not held.sound:
        record.doubts = ("markup-kept",)
    record.text, record.edited = held.words, "edittime" in properties
    record.edited_at = micros_of(properties.get("edittime"))
    record.reply_snippet, record.reply_to = held.quote, held.quote_id
    if held.edit_of is not None:
        record.text, record.edited = held.words.removeprefix(_EDITED), True
    if not record.text and held.quote is None and not held.object and not file_names(properties):
        record.kind, record.text, record.raw_kind = Kind.DELETED, None, DELETED
    sent = micros_of(held.edit_of) if held.edit_of else None
    if sent:
        return EditMark(who, sent, edit=True)
    return EditMark(who, record.at) if record.at is not None else None


def _markup(message: Message) -> Markup:
    content = message.content if isinstance(message.content, str) else ""
    if message.type == "Text":
        return Markup(words=content)
    return html_markup_of(content) if message.type == _HTML else markup_of(content)


def _sent_with_words(record: Record, message: Message, account: Account) -> None:
    """A picture within words, or a file that they came with."""
    held = _markup(message) if message.type == _HTML else Markup()
    names = file_names(_properties(message))
    if held.object:
        record.kind = Kind.IMAGE
        held.words = record.text or ""
        _attached(record, message, held, account)
    elif names:
        record.kind, record.media_ref, record.media_state = (
            kind_of_name(names[0]), names[0], "omitted",
        )  # fmt: skip
    if record.kind in MEDIA_KINDS:
        record.text = record.text or None


def _other(record: Record, message: Message, account: Account) -> CallMark | None:
    """Everything but words; its text is for apps that do not know it, unless it stands apart."""
    name = message.type
    held = _markup(message)
    if name in _MEDIA:
        record.kind = _MEDIA[name]
        _attached(record, message, held, account)
    elif name in _OTHERS:
        record.kind = _OTHERS[name]
        if record.kind is Kind.POLL:
            record.text = held.object.get("title")
        elif record.kind is Kind.MEDIA:
            record.media_state = "missing"
        elif record.kind is Kind.SYSTEM:
            record.sender = record.me = None
    elif name == "Event/Call":
        record.kind = Kind.CALL
        lengths = [length for one in held.durations if (length := seconds_of(one)) is not None]
        record.duration_s = max(lengths, default=None)
        step = (held.call or "").lower()
        record.call_outcome = "answered" if record.duration_s else step or None
        return CallMark(step, held.call_id)
    elif name.startswith(_ACTS):
        record.kind = Kind.SERVICE
        if held.initiator:
            record.sender = _shown(person_of(held.initiator), account)
    else:
        record.kind, record.misfit = Kind.UNKNOWN, True
    return None


def _attached(record: Record, message: Message, held: Markup, account: Account) -> None:
    if held.sound and held.words.strip():
        record.text = held.words
    references = message.references if isinstance(message.references, list) else []
    known: list[object] = [
        held.object.get("doc_id"),
        held.object.get("uri", "").rpartition("/")[2],
        *references,
    ]
    key = next((one for one in known if isinstance(one, str) and one), None)
    record.media_ref = held.file_name or key
    record.media_state = "included" if begins_one(account.beside, key or "") else "omitted"


def _shown(person: str | None, account: Account) -> str | None:
    return None if person is None else account.names.get(person, person)


def _properties(message: Message) -> Mapping[str, Any]:
    return message.properties if isinstance(message.properties, dict) else {}


def moods_in(message: Message, account: Account) -> Iterator[Mood]:
    """The reactions to a message; older exports write them as JSON within JSON."""
    given = _properties(message).get("emotions")
    if isinstance(given, str):
        try:
            given = msgspec.json.decode(given)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return
    for emotion in given if isinstance(given, list) else ():
        users = emotion.get("users") if isinstance(emotion, dict) else None
        for user in users if isinstance(users, list) else ():
            if isinstance(user, dict) and message.id is not None:
                key = str(emotion.get("key") or "")
                yield Mood(
                    to=str(message.id),
                    actor=_shown(person_of(user.get("mri")), account),
                    emoji=_sign(key),
                    at=micros_of(user.get("time")),
                )


def _sign(key: str) -> str:
    """The emoji of a reaction; its name where it has one of Skype's own."""
    plain = key.partition("-tone")[0]
    code = _CODE.match(plain)
    if code is not None:
        return chr(int(code[1], 16))
    return _SIGNS.get(plain, f"({key})" if key else "")
