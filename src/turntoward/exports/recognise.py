"""Say what a file is that cannot be read, so that the person knows what to do instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from turntoward.errors import UnreadableExport
from turntoward.exports import FORMATS
from turntoward.exports.format import ExportFormat
from turntoward.exports.members import title_of


@dataclass(frozen=True, slots=True)
class Foreign:
    """A kind of file that is known but not read.

    `what` completes "This looks like ..."; `then`, where given, says what to do instead. What lies
    beside many a chat is not `told` of where a chat was found.
    """

    what: str
    matches: Callable[[str, bytes], bool]
    then: str | None = None
    told: bool = True


_EXPORT_TELEGRAM = "In Telegram Desktop, export the chat again and choose JSON as its format."
_DISCORD_OWN = (
    "It holds only the messages of the person who asked for it, so half of the chat is missing. "
    "Export the chat with DiscordChatExporter as JSON, and bring in that file."
)
_DISCORD_JSON = "Export the channel again with DiscordChatExporter, and choose JSON as its format."
_ELEMENT_JSON = "In Element, open the room, choose Export chat, and JSON as its format."


def _has(*needles: bytes) -> Callable[[str, bytes], bool]:
    return lambda _, head: all(needle in head for needle in needles)


def _starts(*heads: bytes) -> Callable[[str, bytes], bool]:
    return lambda _, head: head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(heads)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """True where a pattern fits somewhere; not a closure, so that tests find the pattern."""

    compiled: re.Pattern[bytes]

    def __call__(self, _: str, head: bytes) -> bool:
        return self.compiled.search(head) is not None


def _pattern(pattern: bytes) -> _Pattern:
    return _Pattern(re.compile(pattern))


_WELL_KNOWN = frozenset(
    {"whatsapp", "imessage", "messenger", "instagram", "telegram", "signal", "sms_backup"}
)

#: In the order in which they are tried. The first argument of `matches` is the path in lower case.
FOREIGN: tuple[Foreign, ...] = (
    Foreign("a Telegram export in HTML", _has(b"<html", b"tgme"), _EXPORT_TELEGRAM),
    Foreign("a Telegram export in HTML", _has(b"<html", b"page_header"), _EXPORT_TELEGRAM),
    Foreign("a DiscordChatExporter file in HTML", _has(b"<html", b"chatlog__"), _DISCORD_JSON),
    Foreign(
        "a DiscordChatExporter file in plain text",
        _pattern(rb"^[^\w=]{0,8}={20,100}\s{1,4}Guild: "),
        _DISCORD_JSON,
    ),
    Foreign(
        "a DiscordChatExporter file in CSV", _starts(b"AuthorID,Author,Date,Content"), _DISCORD_JSON
    ),
    Foreign(
        "Discord's own data package", _starts(b"ID,Timestamp,Contents,Attachments"), _DISCORD_OWN
    ),
    Foreign(
        "Discord's own data package",
        _pattern(rb'^\W*\{\s*"ID"\s*:\s*"?\d+"?\s*,\s*"Timestamp"\s*:'),
        _DISCORD_OWN,
    ),
    Foreign(
        "Discord's own data package",
        _pattern(rb'^\W*"id"\s*:\s*"\d{15,20}"\s*,\s*"type"\s*:\s*(?:\d+|"\w+")\s*[,}]'),
        _DISCORD_OWN,
    ),
    Foreign(
        "Discord's own data package",
        _pattern(rb'^\s*\{\s*"\d{15,20}"\s*:\s*(?:"|null)'),
        _DISCORD_OWN,
    ),
    Foreign("an Element export in HTML", _has(b"<html", b"mx_EventTile"), _ELEMENT_JSON),
    Foreign(
        "a Facebook export of before 2018",
        _has(b"<html", b'class="message_header"', b'class="thread"'),
        "Export it again, and choose JSON as the format and all time as the range of dates.",
    ),
    Foreign(
        "an export of Google Hangouts",
        _has(b'"conversation_id"', b'"event_type"'),
        "Google moved Hangouts into Google Chat: ask Google Takeout for Google Chat.",
    ),
    Foreign("a web page", _pattern(rb"(?i)<!doctype html|<html"), told=False),
    Foreign(
        "an Instagram export of before 2020",
        _has(b'"conversation"', b'"created_at"', b'"participants"'),
        "Export it again, and choose JSON as the format and all time as the range of dates.",
    ),
    Foreign(
        "an encrypted Signal backup",
        lambda path, _: path.endswith(".backup"),
        "Export your chat history in Signal's settings and bring in main.jsonl.",
    ),
    Foreign(
        "an iMessage transcript",
        _has(b'"is_reaction"', b'"sender"'),
        "Bring in chat.db of the Mac instead.",
    ),
    Foreign("a statistic of an iMessage chat", _pattern(rb'"(?:count|#_sent)_(?:by|from)_me"')),
    Foreign("a Matrix export", _has(b"m.room.message"), _ELEMENT_JSON),
    Foreign(
        "the database of a messenger that is not known",
        _starts(b"SQLite format 3\x00"),
        "Export the chat in the messenger itself, and bring in that file.",
    ),
    Foreign("a PDF", _starts(b"%PDF"), told=False),
    Foreign("a picture", _starts(b"\x89PNG", b"\xff\xd8\xff", b"GIF8"), told=False),
)  # fmt: skip

#: What a zip holds, by the names inside it, in lower case and joined by line feeds.
FOREIGN_ARCHIVES: tuple[Foreign, ...] = (
    Foreign("Google Voice's own database", _has(b"threadingstore.sqlite")),
    Foreign(
        "a Google Takeout",
        _pattern(rb"(?m)^takeout/"),
        "Ask Google Takeout for Google Chat or Voice; the texts of your phone are not in it, so "
        "use SMS Backup & Restore for these.",
    ),
    Foreign("a Telegram export in HTML", _pattern(rb"(?m)messages\d*\.html$"), _EXPORT_TELEGRAM),
    Foreign(
        "Discord's own data package",
        _pattern(rb"(?m)(?:^|/)messages/(?:index\.json|c?\d{15,20}/(?:channel|messages)\.)"),
        _DISCORD_OWN,
    ),
    Foreign("a Word document", _has(b"word/document.xml")),
)  # fmt: skip


def known(name: str, head: bytes) -> Foreign | None:
    """What a file is that no format reads, where that is known."""
    where = name.lower()
    return next((foreign for foreign in FOREIGN if foreign.matches(where, head)), None)


def refuse_file(path: Path, head: bytes, formats: Sequence[ExportFormat]) -> UnreadableExport:
    """The refusal for a file that no format reads, with the best guess at what it is."""
    title, readable = title_of(path), readable_titles(formats)
    foreign = known(path.as_posix(), head)
    if foreign is not None:
        return UnreadableExport(_looks_like(title, foreign, formats))
    if _is_binary(head):
        return UnreadableExport(f"{title} is no text, so it cannot be a chat. {readable}")
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        return UnreadableExport(
            f"{title} begins like JSON, but is in the form of no messenger that is known. "
            f"{readable}"
        )
    return UnreadableExport(
        f"{title} is text, but no line in it begins with a date, a time and a name as in a "
        f"chat export. {readable}"
    )


def refuse_archive(
    path: Path,
    members: Sequence[str],
    formats: Sequence[ExportFormat],
    *,
    inside: tuple[str, Foreign] | None = None,
    left: Sequence[str] = (),
) -> UnreadableExport:
    """The refusal for a zip or folder without a chat that is read.

    `inside` is a file in it that is known, with what it is; `left` says what was not looked at.
    """
    title = title_of(path)
    listing = "\n".join(members).lower().encode("utf-8", "surrogatepass")
    for foreign in FOREIGN_ARCHIVES:
        if foreign.matches(path.as_posix().lower(), listing):
            return UnreadableExport(_looks_like(title, foreign, formats))
    if not members:
        kind = "folder" if path.is_dir() else "zip"
        return UnreadableExport(f"{title} is an empty {kind}. Export the chat again.")
    if left:
        rest = " ".join(left)
        return UnreadableExport(
            f"{title} holds no chat in the files that were looked at. {rest} Bring in the chat by "
            "itself."
        )
    if inside is not None:
        rest = _looks_like(inside[0], inside[1], formats)
        return UnreadableExport(f"{title} holds no chat. {rest}")
    return UnreadableExport(f"{title} holds no chat. {readable_titles(formats)}")


def readable_titles(formats: Sequence[ExportFormat]) -> str:
    """The sentence that says what is read: what most people use, and how many more."""
    order = {name: n for n, name in enumerate(FORMATS)}
    sorted_by_use = sorted(formats, key=lambda one: order.get(one.name, len(order)))
    listed = [one.title for one in sorted_by_use if one.name in _WELL_KNOWN]
    more = len(formats) - len(listed)
    return f"Turntoward reads {', '.join(listed)} and {more} more; docs/formats.md has them all."


def _looks_like(title: str, foreign: Foreign, formats: Sequence[ExportFormat]) -> str:
    return f"{title} looks like {foreign.what}. {foreign.then or readable_titles(formats)}"


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    odd = sum(head.count(bytes([n])) for n in range(32) if n not in (9, 10, 12, 13))
    return odd > len(head) // 50
