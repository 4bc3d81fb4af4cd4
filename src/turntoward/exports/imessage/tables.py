"""The tables of Messages' database, joined into records, chats and reactions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from turntoward.exports.foreign_sqlite import Rows
from turntoward.exports.imessage.rows import (
    COLUMNS,
    Attached,
    Reaction,
    base_name,
    reaction_of,
    record_of,
)
from turntoward.exports.records import Mood, Record
from turntoward.messages.message import Kind

ME = "Me"
#: Messages that lie in no chat any more.
NO_CHAT = "no chat"
#: Of the column `style` of a chat.
_OF_TWO, _GROUP = 45, 43
#: In this order, so that everything is known when the messages come.
TABLES: dict[str, Sequence[str]] = {
    "handle": ("ROWID", "id", "person_centric_id"),
    "chat": ("ROWID", "guid", "chat_identifier", "display_name", "style"),
    "chat_handle_join": ("chat_id", "handle_id"),
    "chat_message_join": ("chat_id", "message_id"),
    "chat_recoverable_message_join": ("chat_id", "message_id"),
    "attachment": ("ROWID", "filename", "transfer_name", "mime_type", "uti", "is_sticker"),
    "message_attachment_join": ("message_id", "attachment_id"),
    "message": COLUMNS,
}


@dataclass(slots=True)
class Conversation:
    id: str
    title: str
    style: object

    @property
    def of_two(self) -> bool:
        return self.style == _OF_TWO

    @property
    def group(self) -> bool:
        return self.style == _GROUP


@dataclass(slots=True)
class Found:
    """What the tables held so far; `beside` names the files that came with the database."""

    beside: frozenset[str]
    seen: set[str] = field(default_factory=set)
    handles: dict[object, str] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)
    chats: dict[object, Conversation] = field(default_factory=dict)
    members: dict[object, list[str]] = field(default_factory=dict)
    chat_of: dict[object, object] = field(default_factory=dict)
    thrown_away: set[object] = field(default_factory=set)
    files: dict[object, Attached] = field(default_factory=dict)
    files_of: dict[object, list[Attached]] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    reactions: list[tuple[Record, Reaction]] = field(default_factory=list)

    def take(self, rows: Rows) -> None:
        """Keep rows of any of `TABLES`; their order matters."""
        self.seen.add(rows.table)
        keep = {
            "handle": self._handle, "chat": self._chat, "chat_handle_join": self._member,
            "chat_message_join": self._joined, "chat_recoverable_message_join": self._thrown,
            "attachment": self._file, "message_attachment_join": self._file_of,
            "message": self._message,
        }[rows.table]  # fmt: skip
        for row in rows.rows:
            keep(dict(zip(rows.columns, row, strict=True)))

    def _handle(self, row: Mapping[str, Any]) -> None:
        """A person's several numbers and addresses are one name where Messages knows that."""
        name = str(row.get("id") or "")
        person = row.get("person_centric_id")
        if isinstance(person, str) and person:
            name = self.persons.setdefault(person, name)
        if name:
            self.handles[row.get("ROWID")] = name

    def _chat(self, row: Mapping[str, Any]) -> None:
        guid, identifier = str(row.get("guid") or ""), str(row.get("chat_identifier") or "")
        style = _style(row.get("style"), guid, identifier)
        of_two = style == _OF_TWO
        # One person's iMessages and text messages are two chats there, and one conversation.
        chat = identifier if of_two and identifier else guid or identifier or str(row.get("ROWID"))
        name = row.get("display_name")
        title = name if isinstance(name, str) and name else identifier if of_two else ""
        self.chats[row.get("ROWID")] = Conversation(chat, title, style)

    def _member(self, row: Mapping[str, Any]) -> None:
        name = self.handles.get(row.get("handle_id"))
        if name is not None:
            self.members.setdefault(row.get("chat_id"), []).append(name)

    def _joined(self, row: Mapping[str, Any]) -> None:
        self.chat_of.setdefault(row.get("message_id"), row.get("chat_id"))

    def _thrown(self, row: Mapping[str, Any]) -> None:
        if row.get("message_id") not in self.chat_of:
            self.thrown_away.add(row.get("message_id"))
            self._joined(row)

    def _file(self, row: Mapping[str, Any]) -> None:
        kind = row.get("mime_type") or row.get("uti") or ""
        self.files[row.get("ROWID")] = Attached(
            name=base_name(row.get("filename")) or base_name(row.get("transfer_name")),
            mime=str(kind),
            sticker=bool(row.get("is_sticker")),
        )

    def _file_of(self, row: Mapping[str, Any]) -> None:
        file = self.files.get(row.get("attachment_id"))
        if file is not None:
            self.files_of.setdefault(row.get("message_id"), []).append(file)

    def _message(self, row: Mapping[str, Any]) -> None:
        key = row.get("ROWID")
        record = record_of(row, self.files_of.get(key, ()), self.beside)
        chat = self.chats.get(self.chat_of.get(key))
        record.chat = chat.id if chat is not None else NO_CHAT
        other = self.handles.get(row.get("handle_id")) or (
            chat.id if chat and chat.of_two else None
        )
        record.sender = ME if record.me else other
        if key in self.thrown_away:
            # Somebody threw it away: that it was is kept, its words are not.
            record.kind, record.raw_kind = Kind.DELETED, "recently deleted"
            record.text = record.media_ref = record.media_state = None
        self.records.append(record)
        reaction = reaction_of(row)
        if reaction is not None and reaction.to and key not in self.thrown_away:
            self.reactions.append((record, reaction))

    def moods(self) -> Iterator[Mood]:
        """The reactions that stand in the end: a later one of the same person replaces, or takes
        back, an earlier one; stickers add up.
        """
        standing: dict[tuple[object, ...], Mood] = {}
        for record, to in sorted(self.reactions, key=lambda pair: pair[0].at or 0):
            place: tuple[object, ...] = (to.to, to.part, record.sender, to.sticker)
            if to.sign is None:
                standing.pop(place, None)
                continue
            if to.sticker:
                place = (*place, record.id)
            standing[place] = Mood(to=to.to, actor=record.sender, emoji=to.sign, at=record.at)
        yield from standing.values()

    def groups(self) -> set[str]:
        """The ids of the chats of more than two."""
        return {
            chat.id
            for key, chat in self.chats.items()
            if chat.group or (not chat.of_two and len(self.members.get(key, ())) > 1)
        }

    def titles(self) -> dict[str, str]:
        """What people call each chat: its name, whom it is with, or who is in it."""
        named = {}
        for key, chat in self.chats.items():
            members = self.members.get(key, [])
            listed = ", ".join(members[:4]) + (" and others" if len(members) > 4 else "")
            named[chat.id] = chat.title or listed or chat.id
        return named

    def notes(self) -> list[str]:
        """What to say of messages without a chat."""
        lost = sum(record.chat == NO_CHAT for record in self.records)
        notes = [f"Messages that lie in no chat any more: {lost:,}."] if lost else []
        if self.thrown_away:
            notes.append(
                f"Messages in Recently Deleted, kept without words: {len(self.thrown_away):,}."
            )
        return notes


def _style(style: object, guid: str, identifier: str) -> object:
    """Whether a chat is of two; tools that copy the database may leave the column out."""
    if style in (_OF_TWO, _GROUP):
        return style
    if ";-;" in guid or ";+;" in guid:
        return _OF_TWO if ";-;" in guid else _GROUP
    if identifier:
        return _GROUP if identifier.startswith("chat") else _OF_TWO
    return style
