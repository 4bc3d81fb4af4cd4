"""The records of a KakaoTalk text, from a phone or a computer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from turntoward.errors import UnreadableExport
from turntoward.exports.day_lines import wall
from turntoward.exports.kakaotalk.kinds import is_notice, is_owner, meaning
from turntoward.exports.kakaotalk.lines import (
    Head,
    blank_out_dashes,
    dashed_day,
    day_in,
    find_days,
    find_heads,
)
from turntoward.exports.plain_text import PlainText, lines_of
from turntoward.exports.records import Record
from turntoward.messages.message import MEDIA_KINDS, Kind

_SAVED = re.compile(r"^(?:저장한 날짜|Date Saved|Saved Date) ?: ?.{6,60}$")
_TITLED = (
    re.compile(r"^(?P<name>.+?)(?:님과의?|과|와)? 카카오톡 대화(?:-\d+\.txt)?$"),
    re.compile(r"^KakaoTalk Chats with (?P<name>.+?)(?:-\d+\.txt)?$"),
    re.compile(r"^(?P<name>.+?) with KakaoTalk Chats$"),
    re.compile(r"^Chat with (?P<name>.+)$"),
)
_TOP = 6
_PEOPLE = re.compile(r" \(?\d{1,4}(?:명| people)?\)?$")


@dataclass(slots=True)
class _Entry:
    day: date | None
    head: Head | None
    lines: list[str]


def looks_like_kakaotalk(text: str) -> bool:
    """True for the beginning of a text that KakaoTalk wrote."""
    lines = lines_of(text.lstrip("\ufeff"))[:400]
    blank_out_dashes(lines)
    top = [line for line in lines if line.strip()][:4]
    if not top:
        return False
    named = any(_SAVED.match(line) for line in top[:3]) or title_of(top) is not None
    form, heads = find_heads(lines)
    said = sum(head.sender is not None for head in heads.values())
    if named:
        return bool(heads)
    if form == "computer":
        return said > 0 and dashed_day(top[0])
    if form == "time only":
        return said > 0 and (dashed_day(top[0]) or day_in(top[0]) is not None)
    return said > 0 and bool(find_heads(top[:2])[1])


def title_of(lines: Sequence[str]) -> str | None:
    """How the chat is called in its first lines; null where they do not say."""
    for line in lines[:3]:
        for pattern in _TITLED:
            match = pattern.match(line.lstrip("\ufeff").strip())
            if match is not None:
                name = match["name"].strip()
                return _PEOPLE.sub("", name) or name
    return None


def read_text(plain: PlainText, title: str, chat: str) -> tuple[list[Record], str]:
    """The records and how the chat is called. Raises `UnreadableExport`."""
    lines = lines_of(plain.text)
    blank_out_dashes(lines)
    named = title_of([line for line in lines[:_TOP] if line.strip()]) or chat
    form, heads = find_heads(lines)
    if not heads:
        raise UnreadableExport(
            f"{title} looks like a KakaoTalk export, but no line in it begins with a time. Export "
            "the chat again in KakaoTalk and bring in that file."
        )
    _blank_out_the_top(lines, heads)
    days = find_days(lines, form, heads)
    found = list(_entries(lines, days, heads))
    if form == "computer":
        found = list(_notices_apart(found))
    phone = form != "computer"
    known = phone and any(e.head and e.head.sender and is_owner(e.head.sender) for e in found)
    return [_record(entry, plain, named, known) for entry in found], named


def _blank_out_the_top(lines: list[str], heads: Mapping[int, Head]) -> None:
    """Empty the lines above the chat: how it is called and when it was saved, in either order."""
    for n in range(min(_TOP, len(lines))):
        if n in heads or dashed_day(lines[n]):
            return
        if _SAVED.match(lines[n].lstrip("\ufeff")):
            for above in range(n + 1):
                lines[above] = ""
        elif title_of([lines[n]]) is not None:
            lines[n] = ""


def _entries(
    lines: Sequence[str], days: Mapping[int, date], heads: Mapping[int, Head]
) -> Iterator[_Entry]:
    day: date | None = None
    entry: _Entry | None = None
    for n, line in enumerate(lines):
        head = heads.get(n)
        above = n + 1 in heads and head is not None and heads[n + 1].day == head.day
        if n in days or (head is not None and head.bare and above):
            if entry is not None:
                if len(entry.lines) > 1 and not entry.lines[-1]:
                    entry.lines.pop()  # KakaoTalk writes one blank line above a day.
                yield entry
            entry, day = None, days.get(n, day)
        elif head is not None and not head.bare:
            if entry is not None:
                yield entry
            entry = _Entry(head.day or day, head, [head.body])
        elif entry is not None:
            entry.lines.append(line)
        elif line.strip():
            entry = _Entry(day, None, [line])
    if entry is not None:
        yield entry


def _notices_apart(found: Sequence[_Entry]) -> Iterator[_Entry]:
    """Who came and who left, which computers write as lines without a time.

    Such a line at the end of a record is no words of it; it happened no earlier than them.
    """
    for entry in found:
        lines = entry.lines
        end = len(lines)
        first = 0 if entry.head is None else 1
        while end > first and (is_notice(lines[end - 1]) or not lines[end - 1]):
            end -= 1
        while end < len(lines) and not lines[end]:
            end += 1
        if end == len(lines):
            yield entry
            continue
        told = [line for line in lines[end:] if line]
        if end > 0:
            entry.lines = lines[:end]
            yield entry
        at = entry.head.clock if entry.head is not None else 0
        for line in told:
            yield _Entry(entry.day, Head(None, at, None, line), [line])


def _record(entry: _Entry, plain: PlainText, chat: str, owner_known: bool) -> Record:
    head = entry.head
    words = "\n".join(entry.lines)
    flags = plain.doubts(words)
    if head is None:
        return Record(
            chat=chat, kind=Kind.UNKNOWN, text=words, precision="min", misfit=True,
            doubts=flags,
        )  # fmt: skip
    at = None if entry.day is None else wall(entry.day, head.clock)
    if head.sender is None:
        return Record(
            chat=chat, wall=at, precision="min", kind=Kind.SYSTEM, raw_kind="notice", doubts=flags
        )
    what = meaning(words)
    return Record(
        chat=chat,
        wall=at,
        precision="min",
        sender=head.sender,
        me=is_owner(head.sender) if owner_known else None,
        kind=what.kind,
        text=what.text,
        raw_kind=what.raw_kind,
        media_ref=what.media_ref,
        media_state="omitted" if what.kind in MEDIA_KINDS else None,
        duration_s=what.duration_s,
        call_outcome=what.call_outcome,
        doubts=flags,
    )
