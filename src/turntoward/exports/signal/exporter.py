"""`data.json` of the tool signal-export: one message a line, out of Signal Desktop."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

import msgspec

from turntoward.exports.attachments import kind_of_name, state_of
from turntoward.exports.flags import PLACEHOLDER
from turntoward.exports.json_records import moment_of
from turntoward.exports.records import Mood, Record
from turntoward.messages.message import Kind

#: What the tool calls the owner, and a sender that it did not find.
OWNER, NOBODY = "Me", "No-Sender"
#: The tool ends every body with two spaces, for its Markdown.
_ENDING = "  "
_FIRST_LINE = re.compile(
    rb'\s{0,64}\{"date": ?"\d{4}-[^"]{0,40}", ?"sender": ?"[^"]{0,400}", ?"body": ?"'
)
#: What the tool writes behind a call; only looked for where it says that this is one.
_CALL = re.compile(r"\((accepted|declined|unanswered)[^()]*?(?:(\d{1,6})m )?(?:(\d{1,6})s)?\)$")
_OUTCOMES = {"accepted": "answered", "declined": "declined", "unanswered": "no_answer"}


class _File(msgspec.Struct):
    name: str | None = None
    path: str | None = None


class _Edit(msgspec.Struct):
    date: str | None = None


class _Line(msgspec.Struct):
    """A line. Old versions lack the fields after `attachments`."""

    date: str
    sender: str | None
    body: str | None
    quote: str | None = None
    sticker: Any = None
    reactions: list[Any] = []
    attachments: list[_File] = []
    deleted: bool = False
    call: bool = False
    missed: bool = False
    edits: list[_Edit] | None = None


_DECODER = msgspec.json.Decoder(_Line)


def is_data_json(head: bytes) -> bool:
    """True for the first line of `data.json`."""
    return _FIRST_LINE.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def records_of(
    data: bytes, *, chat: str, source: str, beside: Collection[str] | None
) -> Iterator[tuple[Record, list[Mood]]]:
    """Each line as a record, with the reactions to it."""
    for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        if not line.strip():
            continue
        try:
            decoded = _DECODER.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            yield Record(chat=chat, kind=Kind.UNKNOWN, misfit=True, file=source), []
            continue
        record = _record(decoded, chat, beside)
        record.file = source
        yield record, list(_moods(decoded, str(record.id)))


def _record(line: _Line, chat: str, beside: Collection[str] | None) -> Record:
    at, wall = moment_of(line.date)
    sender = None if line.sender == NOBODY else line.sender
    body = (line.body or "").removesuffix(_ENDING)
    record = Record(
        chat=chat,
        id=f"{line.date}:{line.sender}",
        at=at,
        wall=wall,
        precision="ms",
        sender=sender,
        me=None if sender is None else sender == OWNER,
        text=body or None,
        reply_snippet=_quoted(line.quote),
        edited=None if line.edits is None else bool(line.edits),
    )
    if line.deleted:
        record.kind, record.text, record.raw_kind = Kind.DELETED, None, "deleted"
    elif line.call:
        _call(record, body, missed=line.missed)
    elif line.attachments:
        path = line.attachments[0].path or line.attachments[0].name or ""
        record.kind, record.raw_kind = kind_of_name(path), "attachment"
        record.media_ref = path.rpartition("/")[2].replace("%20", " ") or None
        record.media_state = state_of(record.media_ref, beside)
    elif line.sticker:
        record.kind, record.raw_kind = Kind.STICKER, "sticker"
    elif not body:
        # The tool keeps nothing of notices, and nothing of photos that were to be seen once.
        record.kind, record.raw_kind = Kind.SYSTEM, "empty"
        record.sender, record.me, record.doubts = None, None, (PLACEHOLDER,)
    return record


def _call(record: Record, body: str, *, missed: bool) -> None:
    record.kind, record.text, record.raw_kind = Kind.CALL, None, "call"
    told = _CALL.search(body)
    if told is not None:
        record.call_outcome = _OUTCOMES[told[1]]
        if told[3] is not None:
            record.duration_s = float(int(told[2] or 0) * 60 + int(told[3]))
    if missed:
        record.call_outcome = record.call_outcome or "missed"


def _quoted(quote: str | None) -> str | None:
    """The words behind the marks that the tool puts before each line of a quotation."""
    if not quote or not quote.strip():
        return None
    lines = quote.strip("\n").split("\n")
    return "\n".join(line.removeprefix("> ") for line in lines)


def _moods(line: _Line, message: str) -> Iterator[Mood]:
    for reaction in line.reactions:
        if isinstance(reaction, dict):
            name, emoji = reaction.get("name"), reaction.get("emoji")
        elif isinstance(reaction, list) and len(reaction) == 2:
            name, emoji = reaction
        else:
            continue
        yield Mood(
            to=message,
            actor=name if isinstance(name, str) else None,
            emoji=emoji if isinstance(emoji, str) else "",
        )
