"""The JSON of Google Chat, and from its messages to records."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

from turntoward.exports.attachments import kind_of_name, state_of
from turntoward.exports.google_chat.dates import Calendar
from turntoward.exports.json_records import one_decoded
from turntoward.exports.names import Names
from turntoward.exports.records import Mood, Record
from turntoward.messages.message import Kind

#: What stands beside a message without words -> its kind.
_BESIDE = {
    "video_call_metadata": Kind.LINK,
    "drive_metadata": Kind.DOCUMENT,
    "youtube_metadata": Kind.LINK,
    "url_metadata": Kind.LINK,
    "interaction_data": Kind.LINK,
    "upload_metadata": Kind.MEDIA,
    "gsuite_integration_metadata": Kind.SERVICE,
    "membership_changed_metadata": Kind.SERVICE,
    "membership_changed": Kind.SERVICE,
    "room_updated": Kind.SERVICE,
}
_MISSED = ("MISS", "DECLIN", "REJECT")


class Person(msgspec.Struct):
    """Somebody, as Google names them."""

    name: str | None = None
    email: str | None = None


class GroupInfo(msgspec.Struct):
    """`group_info.json`; a chat of two has no name."""

    name: str | None = None
    members: list[Person] = []


class UserInfo(msgspec.Struct):
    """`user_info.json`: whose Takeout it is."""

    user: Person | None = None


class Messages(msgspec.Struct):
    """`messages.json`."""

    messages: list[msgspec.Raw]


class _File(msgspec.Struct):
    export_name: str | None = None
    original_name: str | None = None


class _Emoji(msgspec.Struct):
    unicode: str | None = None
    custom_emoji: Any = None


class _Reaction(msgspec.Struct):
    emoji: _Emoji | None = None
    reactor_emails: list[str] = []


class _Quote(msgspec.Struct):
    message_id: str | None = None
    text: str | None = None


class _Message(msgspec.Struct):
    creator: Person | None = None
    created_date: str | None = None
    updated_date: str | None = None
    deleted_date: str | None = None
    message_state: str | None = None
    message_id: str | None = None
    text: str | None = None
    attached_files: list[_File] = []
    annotations: list[dict[str, Any]] = []
    quoted_message_metadata: _Quote | None = None
    reactions: list[_Reaction] = []


_DECODER = msgspec.json.Decoder(_Message)


class People:
    """Everybody in a Takeout, by their address."""

    def __init__(self) -> None:
        self._names = Names()
        self._known: dict[str, str] = {}
        self._owner: str | None = None

    def meet_owner(self, info: UserInfo | None) -> None:
        """Learn whose Takeout it is."""
        if info is not None and info.user is not None:
            self._owner = info.user.email
            self.name(info.user)

    def is_owner(self, person: Person | None) -> bool | None:
        """Null where no file says who the owner is."""
        if person is None or self._owner is None or person.email is None:
            return None
        return person.email == self._owner

    def name(self, person: Person | None) -> str | None:
        """The name of a person; two of one name are told apart by their addresses."""
        if person is None:
            return None
        if person.email is None:
            return person.name or None
        name = self._names.of(person.name, person.email)
        self._known[person.email] = name or person.email
        return name

    def by_address(self, email: str) -> str | None:
        """The name of who has this address; the address where no message or list names them."""
        return self._known.get(email, email)


class Group:
    """One chat. `of_two` is null where nothing says how many are in it."""

    def __init__(self, chat: str, info: GroupInfo, people: People) -> None:
        self.chat = chat
        self.dates_unread = 0
        self._people = people
        self._calendar = Calendar()
        names = [(people.name(one), people.is_owner(one)) for one in info.members]
        others = [name for name, owner in names if name and not owner]
        self.title = info.name or ", ".join(others) or chat
        self.of_two = None if not info.members else len(info.members) == 2

    def record(self, raw: msgspec.Raw, beside: Collection[str] | None) -> tuple[Record, list[Mood]]:
        """One message and the reactions to it."""
        message = one_decoded(raw, _DECODER)
        if message is None:
            return Record(chat=self.chat, kind=Kind.UNKNOWN, misfit=True), []
        deleted = message.message_state == "DELETED" or (
            message.created_date is None and message.deleted_date is not None
        )
        record = Record(
            chat=self.chat,
            id=message.message_id,
            # Of a deleted message only the time remains at which it was deleted.
            at=self._moment(message.created_date or message.deleted_date),
            sender=self._people.name(message.creator),
            me=self._people.is_owner(message.creator),
            text=message.text or None,
            edited=message.updated_date is not None,
            edited_at=self._moment(message.updated_date),
        )
        if deleted:
            record.kind, record.raw_kind, record.text = Kind.DELETED, "DELETED", None
            return record, []
        if message.attached_files:
            self._attach(record, message.attached_files[0], beside)
        elif record.text is None:
            _without_words(record, message)
        if message.quoted_message_metadata is not None:
            record.reply_to = message.quoted_message_metadata.message_id
            record.reply_snippet = message.quoted_message_metadata.text
        return record, list(self._moods(message))

    def _moment(self, written: str | None) -> int | None:
        if written is None:
            return None
        moment = self._calendar.moment(written)
        self.dates_unread += moment is None
        return moment

    def _attach(self, record: Record, file: _File, beside: Collection[str] | None) -> None:
        name = file.export_name or file.original_name or ""
        record.kind, record.raw_kind = kind_of_name(name), "attached_files"
        # On the disk a question mark is an underscore.
        record.media_ref = name.replace("?", "_") or None
        record.media_state = state_of(record.media_ref, beside)

    def _moods(self, message: _Message) -> list[Mood]:
        found = []
        for reaction in message.reactions:
            emoji = reaction.emoji or _Emoji()
            sign = emoji.unicode or ("custom" if emoji.custom_emoji else "")
            for email in reaction.reactor_emails:
                actor = self._people.by_address(email)
                found.append(Mood(to=str(message.message_id), actor=actor, emoji=sign))
        return found


def _without_words(record: Record, message: _Message) -> None:
    """The kind of a message without words and files: what its annotations say."""
    for annotation in message.annotations:
        suite = annotation.get("gsuite_integration_metadata")
        if isinstance(suite, dict) and isinstance(suite.get("call_data"), dict):
            status = str(suite["call_data"].get("call_status") or "")
            record.kind, record.raw_kind = Kind.CALL, status[:40] or "call_data"
            missed = any(word in status.upper() for word in _MISSED)
            record.call_outcome = "missed" if missed else None
            return
        for name, kind in _BESIDE.items():
            if name in annotation:
                record.kind, record.raw_kind = kind, name
                return
    record.kind, record.misfit = Kind.UNKNOWN, True
