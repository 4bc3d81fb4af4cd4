"""Say what a file is that cannot be read, so that the person knows what to do instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from turntoward.errors import UnreadableExport
from turntoward.exports.format import ExportFormat


@dataclass(frozen=True, slots=True)
class Foreign:
    """A kind of file that is known but not read.

    `what` completes "This looks like ..."; `then`, where given, says what to do instead.
    """

    what: str
    matches: Callable[[str, bytes], bool]
    then: str | None = None


_EXPORT_WHATSAPP = "In WhatsApp, open the chat with your partner, choose Export chat, and bring in"
_EXPORT_WHATSAPP += " that file."
_EXPORT_TELEGRAM = "In Telegram Desktop, export the chat again and choose JSON as its format."


def _has(*needles: bytes) -> Callable[[str, bytes], bool]:
    return lambda _, head: all(needle in head for needle in needles)


def _starts(*heads: bytes) -> Callable[[str, bytes], bool]:
    return lambda _, head: head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(heads)


def _pattern(pattern: bytes) -> Callable[[str, bytes], bool]:
    compiled = re.compile(pattern)
    return lambda _, head: compiled.search(head) is not None


def _is_meta(folder: str) -> Callable[[str, bytes], bool]:
    """Messenger and Instagram write the same JSON; only the folders around it tell which."""
    keys = re.compile(rb'"(?:sender_name|senderName)"')
    return lambda path, head: folder in path and keys.search(head) is not None


#: In the order in which they are tried. The first argument of `matches` is the path in lower case.
FOREIGN: tuple[Foreign, ...] = (
    Foreign("a Telegram export in HTML", _has(b"<html", b"tgme"), _EXPORT_TELEGRAM),
    Foreign("a Telegram export in HTML", _has(b"<html", b"page_header"), _EXPORT_TELEGRAM),
    Foreign("a Messenger export in HTML", _has(b"<html", b"Participants:")),
    Foreign("a web page", _pattern(rb"(?i)<!doctype html|<html")),
    Foreign("an Instagram export", _is_meta("instagram")),
    Foreign("a Messenger export", _is_meta("facebook")),
    Foreign("an end-to-end encrypted Messenger export", _has(b'"senderName"', b'"isUnsent"')),
    Foreign("an Instagram or Messenger export", _has(b'"sender_name"', b'"timestamp_ms"')),
    Foreign("a Signal export", _pattern(rb"^\W*\[\d{4}-\d\d-\d\d,? \d\d:\d\d\] ")),
    Foreign("a Signal export", _pattern(rb'"chatItem"|"backupTimeMs"|"conversationId"')),
    Foreign("a KakaoTalk export", _starts(b"Date,User,Message")),
    Foreign("an iMessage transcript", _has(b'"is_reaction"', b'"sender"')),
    Foreign("a statistic of an iMessage chat", _pattern(rb'"(?:count|#_sent)_(?:by|from)_me"')),
    Foreign("a LINE export", _starts(b"[LINE]")),
    Foreign("an SMS backup", _pattern(rb"<smses[ >]")),
    Foreign("a Discord export", _has(b'"guild"', b'"channel"')),
    Foreign("a Matrix export", _has(b"m.room.message")),
    Foreign("an encrypted WhatsApp backup", lambda path, _: ".crypt" in path, _EXPORT_WHATSAPP),
    Foreign("the database of a messenger", _starts(b"SQLite format 3\x00"), _EXPORT_WHATSAPP),
    Foreign("a PDF", _starts(b"%PDF")),
    Foreign("a picture", _starts(b"\x89PNG", b"\xff\xd8\xff", b"GIF8")),
)  # fmt: skip

#: What a zip holds, by the names inside it, in lower case and joined by line feeds.
FOREIGN_ARCHIVES: tuple[Foreign, ...] = (
    Foreign("WhatsApp's own database", _has(b"chatstorage.sqlite"), _EXPORT_WHATSAPP),
    Foreign("WhatsApp's own database", _has(b"msgstore.db"), _EXPORT_WHATSAPP),
    Foreign("Google Voice's own database", _has(b"threadingstore.sqlite")),
    Foreign("a Google Takeout", _pattern(rb"(?m)^takeout/")),
    Foreign("an Instagram export", _has(b"instagram", b"message_1.")),
    Foreign("a Messenger export", _has(b"facebook", b"message_1.")),
    Foreign("a Telegram export in HTML", _pattern(rb"(?m)messages\d*\.html$"), _EXPORT_TELEGRAM),
    Foreign("Discord's own data package", _has(b"messages/index.json")),
    Foreign("a Signal export", _pattern(rb"(?m)main\.jsonl$")),
    Foreign("a Word document", _has(b"word/document.xml")),
)  # fmt: skip


def refuse_file(path: Path, head: bytes, formats: Sequence[ExportFormat]) -> UnreadableExport:
    """The refusal for a file that no format reads, with the best guess at what it is."""
    where = path.as_posix().lower()
    for foreign in FOREIGN:
        if foreign.matches(where, head):
            return _refusal(path, foreign, formats)
    readable = readable_titles(formats)
    if _is_binary(head):
        return UnreadableExport(f"{path.name} is no text, so it cannot be a chat. {readable}")
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        return UnreadableExport(
            f"{path.name} begins like JSON, but is in the form of no messenger that is known. "
            f"{readable}"
        )
    return UnreadableExport(
        f"{path.name} is text, but no line in it begins with a date, a time and a name as in a "
        f"chat export. {readable}"
    )


def refuse_archive(
    path: Path, members: Sequence[str], formats: Sequence[ExportFormat]
) -> UnreadableExport:
    """The refusal for a zip without a chat that is read."""
    listing = "\n".join(members).lower().encode("utf-8", "surrogatepass")
    for foreign in FOREIGN_ARCHIVES:
        if foreign.matches(path.as_posix().lower(), listing):
            return _refusal(path, foreign, formats)
    if not members:
        return UnreadableExport(f"{path.name} is an empty zip. Export the chat again.")
    return UnreadableExport(f"{path.name} holds no chat. {readable_titles(formats)}")


def readable_titles(formats: Sequence[ExportFormat]) -> str:
    """The sentence that says what is read."""
    titles = [one.title for one in formats]
    joined = " and ".join(filter(None, [", ".join(titles[:-1]), titles[-1]]))
    return f"Turntoward reads {joined} so far."


def _refusal(path: Path, known: Foreign, formats: Sequence[ExportFormat]) -> UnreadableExport:
    then = known.then or readable_titles(formats)
    return UnreadableExport(f"{path.name} looks like {known.what}. {then}")


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    odd = sum(head.count(bytes([n])) for n in range(32) if n not in (9, 10, 12, 13))
    return odd > len(head) // 50
