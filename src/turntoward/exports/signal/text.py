"""Texts of older tools for Signal: `[2019-06-01, 14:22] Ana: words`.

signal-export writes them too, as Markdown (`chat.md`): files, stickers and reactions stand behind
the words, in a form of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import re2

from turntoward.exports.attachments import kind_of_name, state_of
from turntoward.exports.flags import PLACEHOLDER
from turntoward.exports.json_records import moment_of
from turntoward.exports.plain_text import PlainText, head_text
from turntoward.exports.records import Mood, Record
from turntoward.exports.signal.exporter import NOBODY, OWNER
from turntoward.messages.message import Kind

_HEAD = re.compile(
    r"\[(\d{4})-(\d\d)-(\d\d),? (\d\d):(\d\d)(?::(\d\d))?\] ([^:\n\[\]]{1,200}): ?", re.ASCII
)
#: The endings that signal-export puts behind the words, read from the back.
_REACTIONS = re2.compile(r"\n\(- ([^\n]*) -\)[ \n]*$")
_STICKER = re2.compile(r"\n?\(\( ([^\n]*) \)\)[ \n]*$")
_FILES = re2.compile(r"(?:!?\[[^\]\n]*\]\(\./media/[^)\n]*\)[ \n]*)+$")
_FILE = re.compile(r"\]\(\./media/([^)\n]{1,300})\)")
#: signal-export ends each body with two spaces; newer versions leave a line free below it.
_SPACES = "  "
_MARKDOWN = f"{_SPACES}\n"
#: What signal-export puts behind those two spaces.
_BEHIND = (" -)", " ))")
#: Older versions are known by this part of the bodies that end so.
_MOST = 0.9
#: What signal-export writes in place of a message that was deleted for everyone.
_DELETED = "(This message was deleted)"
#: How signal-export puts what a message replies to before its words.
_QUOTE = "\n\n> "


def is_text(head: bytes) -> bool:
    """True where the first line has a head of this form.

    With seconds it could be WhatsApp's on an iPhone; signal-export ends such a line with spaces.
    """
    text = head_text(head[:8000]).lstrip("\r\n")
    found = _HEAD.match(text)
    if found is None:
        return False
    return found[6] is None or (", " not in found[0][:20] and f"{_MARKDOWN}\n[" in text)


def records_of(
    plain: PlainText, *, chat: str, source: str, beside: Collection[str] | None
) -> Iterator[tuple[Record, list[Mood]]]:
    """Each message as a record, with the reactions to it.

    What stands before the first head, if anything, is a record of its own that cannot be read.
    """
    text = plain.text.replace("\r\n", "\n")
    heads = [found for found in _HEAD.finditer(text) if _begins_line(text, found.start())]
    starts = [found.start() for found in heads]
    if not starts or text[: starts[0]].strip():
        yield Record(chat=chat, kind=Kind.UNKNOWN, misfit=True, file=source), []
    ends = [*starts[1:], len(text)][: len(starts)]
    bodies = [text[h.end() : end].removesuffix("\n") for h, end in zip(heads, ends, strict=True)]
    free_line = f"{_MARKDOWN}\n" in text
    ending = _SPACES if free_line or _end_in_spaces(bodies) else ""
    for head, said in zip(heads, bodies, strict=True):
        body = said.removesuffix("\n") if free_line else said
        record, moods = _record(head, body, chat, beside)
        record.text = (record.text and record.text.removesuffix(ending)) or None
        if free_line and body == _DELETED:
            record.kind, record.text, record.raw_kind = Kind.DELETED, None, "deleted"
        if record.text is None and record.kind is Kind.TEXT:
            record.text, record.doubts = "", (PLACEHOLDER,)
        record.file = source
        record.doubts = (*record.doubts, *plain.doubts(record.text))
        yield record, moods


def _end_in_spaces(bodies: list[str]) -> bool:
    """True for the texts of older versions, which leave no line free. People may type two spaces,
    but not behind nearly everything.
    """
    marked = sum(body.rstrip("\n").endswith((_SPACES, *_BEHIND)) for body in bodies)
    return marked > 1 and marked >= _MOST * len(bodies)


def _begins_line(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n"


def _record(
    head: re.Match[str], body: str, chat: str, beside: Collection[str] | None
) -> tuple[Record, list[Mood]]:
    year, month, day, hour, minute, second, name = head.groups()
    stamp = f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}"
    sender = None if name == NOBODY else name
    record = Record(
        chat=chat,
        wall=moment_of(stamp)[1],
        precision="s" if second else "min",
        sender=sender,
        me=True if name == OWNER else None,
    )
    body, actors = _without_reactions(body)
    moods = []
    if actors:
        record.id = f"{stamp}:{head.start()}"
        moods = [Mood(to=record.id, actor=actor, emoji=emoji) for actor, emoji in actors]
    body, files = _without_files(body)
    body, record.reply_snippet = _without_quote(body)
    sticker = _STICKER.search(body)
    if files:
        record.kind, record.raw_kind = kind_of_name(files[0]), "attachment"
        record.media_ref = files[0]
        record.media_state = state_of(record.media_ref, beside)
    elif sticker is not None:
        body = body[: sticker.start()]
        record.kind, record.raw_kind = Kind.STICKER, "sticker"
    record.text = body or None
    return record, moods


def _without_reactions(body: str) -> tuple[str, list[tuple[str | None, str]]]:
    found = _REACTIONS.search(body)
    if found is None:
        return body, []
    pairs = [part.rpartition(": ") for part in found[1].split(", ")]
    if not all(colon for _, colon, _ in pairs):
        return body, []
    return body[: found.start()], [(name or None, emoji) for name, _, emoji in pairs]


def _without_files(body: str) -> tuple[str, list[str]]:
    found = _FILES.search(body)
    if found is None:
        return body, []
    files = [name.replace("%20", " ") for name in _FILE.findall(found[0])]
    if not files:
        return body, []
    return body[: found.start()], files


def _without_quote(body: str) -> tuple[str, str | None]:
    if not body.startswith(_QUOTE):
        return body, None
    block, gap, rest = body[2:].partition("\n\n")
    lines = block.split("\n")
    if not gap or not all(line.startswith(">") for line in lines):
        return body, None
    return rest, "\n".join(line[1:].removeprefix(" ") for line in lines)
