"""Signal's own export, `main.jsonl`: from its lines to records."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Callable, Collection, Iterator
from hashlib import sha256

from turntoward.exports.attachments import kind_of_type, state_of
from turntoward.exports.records import Mood, Record, whole
from turntoward.exports.signal import backup_json as form
from turntoward.exports.signal.people import People
from turntoward.exports.signal.updates import described
from turntoward.messages.message import Kind

_FLAGS = {"VOICE_MESSAGE": Kind.VOICE, 1: Kind.VOICE, "GIF": Kind.GIF, 3: Kind.GIF}
#: No date lies beyond; a number may be anything.
_LATEST_MS = 1 << 50
#: Sort of message -> its kind, where the sort alone tells it.
_SORTS = {
    "contactMessage": Kind.CONTACT,
    "stickerMessage": Kind.STICKER,
    "viewOnceMessage": Kind.VIEW_ONCE,
    "poll": Kind.POLL,
}


class Backup:
    """What one `main.jsonl` holds. `records` come chat by chat, `moods` are reactions.

    `stubs` counts messages so long that their end lies in an attachment, `link_calls` calls by a
    link, which belong to no chat.
    """

    def __init__(self, source: str, beside: Collection[str] | None) -> None:
        self.people = People()
        self.moods: list[Mood] = []
        self.stubs = 0
        self.link_calls = 0
        self._source = source
        self._files = None if beside is None else {name.partition(".")[0]: name for name in beside}
        self._chats: dict[str, list[Record]] = {}
        self._chat = ""
        self._first_id: dict[str, str] = {}

    def read(self, data: bytes, progress: Callable[[float], None]) -> None:
        """Read all lines."""
        for n, (end, line) in enumerate(_lines(data)):
            if line.strip(b" \t\r\x00"):
                self._read_line(line)
            if n % 50_000 == 0:
                progress(end / max(len(data), 1))

    def records(self) -> Iterator[Record]:
        """The records, chat by chat, each in Signal's order."""
        for rows in self._chats.values():
            yield from rows

    def _read_line(self, line: bytes) -> None:
        try:
            frame = form.FRAME.decode(line)
            if frame.account:
                self.people.meet_owner(form.ACCOUNT.decode(frame.account))
            elif frame.recipient:
                self.people.meet(form.RECIPIENT.decode(frame.recipient))
            elif frame.chat:
                self.people.open(form.CHAT.decode(frame.chat))
            elif frame.chatItem:
                self._add(self._record(form.ITEM.decode(frame.chatItem)))
            elif frame.adHocCall:
                self.link_calls += 1
        except form.UNFIT:
            self._add(Record(chat=self._chat, kind=Kind.UNKNOWN, misfit=True))

    def _add(self, record: Record) -> None:
        record.file = self._source
        self._chat = record.chat
        self._chats.setdefault(record.chat, []).append(record)

    def _record(self, item: form.ChatItem) -> Record:
        """One message; the time of an edited one is that of its first words."""
        sent = whole(item.dateSent)
        first = sent
        edited = bool(item.revisions)
        author = self.people.lasting_id(item.authorId)
        if edited:
            first = whole(item.revisions[0].dateSent) or sent
            for date in (*(revision.dateSent for revision in item.revisions), item.dateSent):
                self._first_id[f"{date}:{author}"] = f"{first}:{author}"
        record = Record(
            chat=str(item.chatId),
            id=f"{first}:{author}",
            at=_micros(first),
            precision="ms",
            sender=self.people.name(item.authorId),
            me=self.people.is_owner(item.authorId),
            edited=edited,
            edited_at=_micros(sent) if edited else None,
        )
        if item.updateMessage is not None:
            record.id = None
            described(record, item.updateMessage, self.people)
        else:
            self._fill(record, item)
        return record

    def _fill(self, record: Record, item: form.ChatItem) -> None:
        if item.remoteDeletedMessage is not None or item.adminDeletedMessage is not None:
            record.kind, record.raw_kind = Kind.DELETED, "deleted"
            return
        if item.giftBadge is not None:
            record.kind, record.raw_kind = Kind.SERVICE, "giftBadge"
            return
        if item.paymentNotification is not None:
            note = item.paymentNotification.note
            record.kind = Kind.TEXT if note else Kind.SERVICE
            record.text, record.raw_kind = note or None, "paymentNotification"
            return
        for sort, kind in _SORTS.items():
            content = getattr(item, sort)
            if content is not None:
                record.kind, record.raw_kind = kind, sort
                record.text = content.question or None
                self._react(record, content)
                return
        content = item.standardMessage or item.directStoryReplyMessage
        if content is None:
            record.kind, record.misfit = Kind.UNKNOWN, True
            return
        if item.directStoryReplyMessage is not None:
            record.raw_kind = "directStoryReplyMessage"
        self._write(record, content)

    def _write(self, record: Record, content: form.Content) -> None:
        self._react(record, content)
        words = content.textReply or content
        record.text = (words.text.body if words.text else None) or content.emoji or None
        self.stubs += words.longText is not None
        if content.attachments:
            self._attach(record, content.attachments[0])
        elif not record.text:
            record.kind, record.misfit = Kind.UNKNOWN, True
        if content.quote is not None:
            quote = content.quote
            record.reply_snippet = quote.text.body if quote.text else None
            if quote.targetSentTimestamp is not None:
                author = self.people.lasting_id(quote.authorId)
                meant = f"{quote.targetSentTimestamp}:{author}"
                record.reply_to = self._first_id.get(meant, meant)

    def _attach(self, record: Record, attachment: form.Attachment) -> None:
        pointer = attachment.pointer or form.Pointer()
        flag = attachment.flag or ""
        record.kind = _FLAGS.get(flag) or kind_of_type(pointer.contentType)
        record.raw_kind = pointer.contentType or "attachment"
        name = _name_in_export(pointer.locatorInfo)
        if self._files is not None and name in self._files:
            record.media_ref, record.media_state = self._files[name], "included"
        elif self._files is not None:
            record.media_state = state_of(pointer.fileName or "", self._files.values())
            record.media_ref = pointer.fileName
        else:
            record.media_ref = pointer.fileName

    def _react(self, record: Record, content: form.Content) -> None:
        for reaction in content.reactions:
            self.moods.append(
                Mood(
                    to=str(record.id),
                    actor=self.people.name(reaction.authorId),
                    emoji=reaction.emoji,
                    at=_micros(whole(reaction.sentTimestamp)),
                )
            )


def _lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each line with where it ends; one at a time, for the file may be large."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        yield end, data[start:end]
        start = end + 1


def _micros(milliseconds: int | None) -> int | None:
    if milliseconds is None or abs(milliseconds) > _LATEST_MS:
        return None
    return milliseconds * 1000


def _name_in_export(locator: form.Locator | None) -> str | None:
    """How Signal calls a file under `files/`, without its ending."""
    if locator is None or not locator.plaintextHash or not locator.localKey:
        return None
    try:
        parts = [b64decode(part) for part in (locator.plaintextHash, locator.localKey)]
    except (binascii.Error, ValueError):
        return None
    return sha256(b"".join(parts)).hexdigest()


def is_backup(head: bytes) -> bool:
    """True for the first lines of `main.jsonl`."""
    first = head.partition(b"\n")[0]
    if first.lstrip(b" \t").startswith(b"{") and b'"backupTimeMs"' in first:
        try:
            return form.FRAME.decode(first).backupTimeMs is not None
        except form.UNFIT:
            return False
    return False
