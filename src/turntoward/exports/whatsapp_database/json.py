"""The JSON that WhatsApp Chat Exporter writes of a database, decoded into records.

A chat maps the number of each row to its message. The numbers in `message_type` are WhatsApp's
own and differ between Android and iPhone; what is not in the lists here stays, with its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import msgspec

from turntoward.errors import UnreadableExport
from turntoward.exports.attachments import kind_of_type
from turntoward.exports.json_records import one_decoded
from turntoward.exports.records import Mood, Record
from turntoward.messages.message import MEDIA_KINDS, Kind

ME = "Me"
#: The chat and kind of rows that the database has and the exporter's JSON has not.
LEFT_OUT = "left out by the exporter"
#: Where the exporter puts all calls, whoever they were with.
_CALLS = "000000000000000"
_ANDROID = {
    0: Kind.TEXT, 1: Kind.IMAGE, 2: Kind.VOICE, 3: Kind.VIDEO, 4: Kind.CONTACT, 5: Kind.LOCATION,
    7: Kind.SYSTEM, 8: Kind.CALL, 9: Kind.DOCUMENT, 10: Kind.CALL, 13: Kind.GIF, 14: Kind.CONTACT,
    15: Kind.DELETED, 16: Kind.LOCATION, 20: Kind.STICKER, 42: Kind.VIEW_ONCE, 43: Kind.VIEW_ONCE,
    66: Kind.POLL, 81: Kind.VIDEO, 82: Kind.VIEW_ONCE, 90: Kind.CALL,
}  # fmt: skip
_IPHONE = {
    0: Kind.TEXT, 1: Kind.IMAGE, 2: Kind.VIDEO, 3: Kind.VOICE, 4: Kind.CONTACT, 5: Kind.LOCATION,
    6: Kind.SYSTEM, 7: Kind.LINK, 8: Kind.DOCUMENT, 10: Kind.SYSTEM, 11: Kind.GIF,
    14: Kind.DELETED, 15: Kind.STICKER, 38: Kind.VIEW_ONCE, 39: Kind.VIEW_ONCE, 46: Kind.POLL,
    59: Kind.CALL,
}  # fmt: skip
#: Words of the exporter's own, which it writes in place of a person's where `meta` is set.
_DELETED, _MISSING = "Message deleted", "The media is missing"
_OUTCOMES = {
    "initiated": "answered", "missed": "missed", "not answered": "missed",
    "cancelled": "cancelled", "unavailable": "unavailable", "failed": "failed",
}  # fmt: skip
_OUTCOME = re.compile(r" was (initiated|missed|not answered|cancelled|unavailable|failed)\b")
_PARTS = re.compile(r"(\d{1,9}|a) (day|hour|minute|second)s?\b")
#: "initiated and lasted for ... with ... data transferred" is shorter.
_LONGEST_OUTCOME = 200
_SECONDS = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}


class _Chat(msgspec.Struct):
    name: Any = None
    type: Any = None
    messages: dict[str, msgspec.Raw] = msgspec.field(default_factory=dict)


_FIELDS = msgspec.json.Decoder(dict[str, Any])


@dataclass(slots=True, kw_only=True)
class Decoded:
    """The records of all chats and their reactions; titles, groups and pairs by chat."""

    records: list[Record] = field(default_factory=list)
    moods: list[Mood] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    groups: set[str] = field(default_factory=set)
    personal: set[str] = field(default_factory=set)


def decode(
    data: bytes, *, title: str, beside: frozenset[str], words: Mapping[str, str | None] | None
) -> Decoded:
    """Decode the exporter's JSON; `UnreadableExport` where it is damaged.

    `words` gives, where the database itself is there, what each row says and which rows there are;
    a row that the exporter left out becomes a record that could not be read.
    """
    try:
        chats = msgspec.json.decode(data, type=dict[str, _Chat])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableExport(
            f"{title} is damaged, or was not written to its end. Run the exporter again."
        ) from error
    found = Decoded()
    for jid, chat in chats.items():
        _name(found, jid, chat)
    rows: set[str] = set()
    for jid, chat in chats.items():
        if jid != _CALLS:
            rows.update(chat.messages)
        found.records += [
            _record(found, jid, chat, number, raw, beside, words)
            for number, raw in chat.messages.items()
        ]
    place = {jid: n for n, jid in enumerate(chats)}
    found.records.sort(key=lambda one: (place[one.chat], one.at is None, one.at or 0))
    found.records += _left_out(rows, words or {})
    return found


def _name(found: Decoded, jid: str, chat: _Chat) -> None:
    user, _, server = jid.partition("@")
    found.titles[jid] = chat.name if isinstance(chat.name, str) and chat.name else user
    if server == "g.us":
        found.groups.add(jid)
    elif server in ("s.whatsapp.net", "lid"):
        found.personal.add(jid)


def _left_out(rows: set[str], words: Mapping[str, str | None]) -> Iterator[Record]:
    for number in words:
        if number not in rows:
            yield Record(chat=LEFT_OUT, kind=Kind.UNKNOWN, raw_kind=LEFT_OUT)


def _record(
    found: Decoded,
    jid: str,
    chat: _Chat,
    number: str,
    raw: msgspec.Raw,
    beside: frozenset[str],
    words: Mapping[str, str | None] | None,
) -> Record:
    record = Record(chat=jid)
    one = one_decoded(raw, _FIELDS)
    if one is None:
        record.kind, record.misfit = Kind.UNKNOWN, True
        return record
    record.at, record.precision = _moment(one.get("timestamp"))
    record.id = _text(one.get("key_id"))
    record.reply_to = _text(one.get("reply"))
    record.me = one.get("from_me") is True
    other = found.titles[jid] if jid not in found.groups else _text(one.get("sender"))
    record.sender = ME if record.me else other
    if jid == _CALLS:
        _fill_call(found, record, one)
        return record
    record.kind, record.raw_kind = _kind(one, android=chat.type != "ios")
    if record.kind == Kind.SYSTEM:
        record.sender = record.me = None
    if record.kind in (Kind.SYSTEM, Kind.UNKNOWN):
        return record
    record.text = _said(record, one, chat, number, words)
    if record.kind is Kind.TEXT and record.text is None:
        record.kind, record.raw_kind = Kind.UNKNOWN, record.raw_kind or "empty"
    if record.kind in MEDIA_KINDS:
        _fill_media(record, one, beside)
    if record.kind == Kind.CALL:
        record.call_outcome = "missed"  # of calls, only the missed ones are rows of a chat
    found.moods += _moods(found, record, one)
    return record


def _kind(one: Mapping[str, Any], *, android: bool) -> tuple[Kind, str | None]:
    number, meta, data = one.get("message_type"), one.get("meta") is True, one.get("data")
    number = number if isinstance(number, int) and not isinstance(number, bool) else 0
    kind = (_ANDROID if android else _IPHONE).get(number)
    raw_kind = f"type-{number}" if number else None
    if meta and data == _DELETED:
        return Kind.DELETED, raw_kind
    if kind is None:
        kind = Kind.TEXT if isinstance(data, str) and data and not meta else Kind.UNKNOWN
    elif kind is Kind.TEXT and meta and one.get("media") is not True:
        kind = Kind.SYSTEM  # the exporter speaks for the messenger
    elif kind is Kind.TEXT and one.get("media") is True:
        kind = _kind_of_media(one)
    return kind, raw_kind


def _kind_of_media(one: Mapping[str, Any]) -> Kind:
    """What was sent, where an older exporter names no type of message but that of its file."""
    if one.get("sticker") is True:
        return Kind.STICKER
    mime = _text(one.get("mime")) or ""
    # In place of a type the exporter writes "media" where the file is missing.
    return kind_of_type(mime) if "/" in mime else Kind.MEDIA


def _said(
    record: Record,
    one: Mapping[str, Any],
    chat: _Chat,
    number: str,
    words: Mapping[str, str | None] | None,
) -> str | None:
    """A person's own words: of the database where it is there, else as the exporter shows them."""
    if record.kind in (Kind.DELETED, Kind.CALL, Kind.LOCATION, Kind.CONTACT):
        return None
    if words is not None and words.get(number):
        return words[number]
    shown = one.get("data") if words is None and record.kind not in MEDIA_KINDS else None
    if one.get("meta") is True or one.get("media") is True or not isinstance(shown, str):
        # The caption of a document is its name, that of a voice message what a machine heard.
        captioned = record.kind in MEDIA_KINDS - {Kind.DOCUMENT, Kind.VOICE}
        shown = one.get("caption") if captioned else None
    if not isinstance(shown, str) or not shown:
        return None
    return shown.replace(" <br>" if chat.type == "android" else "<br>", "\n")


def _fill_media(record: Record, one: Mapping[str, Any], beside: frozenset[str]) -> None:
    data = one.get("data")
    told = one.get("meta") is True or data == _MISSING
    held = one.get("media") is True and isinstance(data, str) and not told
    if held:
        record.media_ref = PurePosixPath(str(data)).name or None
        record.media_state = "included" if record.media_ref in beside else "omitted"
    elif record.kind not in (Kind.LOCATION, Kind.POLL, Kind.CONTACT):
        record.media_state = "missing" if data == _MISSING else "omitted"


def _fill_call(found: Decoded, record: Record, one: Mapping[str, Any]) -> None:
    """A call says whom it was with only by name; it goes into that person's chat."""
    name = _text(one.get("sender"))
    chats = [jid for jid in found.personal if name and name in (found.titles[jid], _user(jid))]
    if len(chats) == 1:
        record.chat = chats[0]
    record.sender = ME if record.me else name
    record.kind, record.raw_kind = Kind.CALL, "call"
    said = str(one.get("data") or "").removeprefix("A ")
    # What follows the name is the exporter's own; the name itself could hold anything.
    told = (said.rpartition(f" {name} was ")[2] if name else said)[:_LONGEST_OUTCOME]
    outcome = _OUTCOME.search(f" was {told}")
    record.call_outcome = _OUTCOMES[outcome[1]] if outcome else None
    if record.call_outcome == "answered":
        parts = _PARTS.findall(told.partition(" with ")[0])
        record.duration_s = float(
            sum((1 if n == "a" else int(n[:9])) * _SECONDS[unit] for n, unit in parts)
        )


def _moods(found: Decoded, record: Record, one: Mapping[str, Any]) -> Iterator[Mood]:
    given = one.get("reactions")
    if record.id is None or not isinstance(given, dict):
        return
    for name, emoji in given.items():
        if isinstance(emoji, str) and emoji:
            known = name == _user(record.chat) and record.chat in found.personal
            actor = ME if name == "You" else found.titles[record.chat] if known else name
            yield Mood(to=record.id, actor=actor, emoji=emoji)


def _moment(value: object) -> tuple[int | None, str]:
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < 1e11:
        return None, "s"
    return round(value * 1_000_000), "s" if value == int(value) else "ms"


def _user(jid: str) -> str:
    return jid.partition("@")[0]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
