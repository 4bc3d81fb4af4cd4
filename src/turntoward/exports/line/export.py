"""LINE's text export, from a phone (with tabs) or from a computer (with spaces)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from turntoward.errors import UnreadableExport
from turntoward.exports.day_lines import has_digit, wall
from turntoward.exports.finished import finished
from turntoward.exports.flags import AMBIGUOUS_DATE
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions, alone
from turntoward.exports.line.days import day_in, decide_days, find_days
from turntoward.exports.line.kinds import GUESSED, Meaning, guessed_phrases, heading, meaning
from turntoward.exports.line.lines import Entry, entries, find_heads
from turntoward.exports.line.names import with_names
from turntoward.exports.plain_text import PlainText, decode, head_text, lines_of
from turntoward.exports.records import Record, table_of
from turntoward.exports.whatsapp.heads import FORGED
from turntoward.messages.account import Carries
from turntoward.messages.message import MEDIA_KINDS, Kind
from turntoward.messages.source import Source

CARRIES = Carries(calls=True, voice=True, seconds=False)
_MARK = "[LINE]"
_SNIFFED_LINES = 60


def sniff(path: str, head: bytes) -> bool:
    """True for a text that LINE named, or that begins with a day and a time below it."""
    text = head_text(head).lstrip("\ufeff\r\n ")
    if text.startswith(_MARK):
        return True
    lines = lines_of(text)[:_SNIFFED_LINES]
    first = day_in(0, lines[0]) if lines else None
    if first is None or not first.word:
        return False
    below = [n for n, line in enumerate(lines) if line.strip()][1:2]
    heads, tabs = find_heads(lines, {0: first})
    return bool(heads) and (tabs or below[0] in heads)


def read(file: ExportFile, options: ReadOptions) -> Source:
    """Read one export. Raises `UnreadableExport` or `AmbiguousDates`."""
    plain = decode(file.load())
    lines = lines_of(plain.text)
    title, group = _title(lines, file)
    _blank_out_the_top(lines)
    days = find_days(lines)
    heads, tabs = find_heads(lines, days)
    if not heads:
        raise UnreadableExport(
            f"{file.title} looks like a LINE export, but no line in it begins with a time. Export "
            "the chat again in LINE and bring in that file."
        )
    dates, told = decide_days(list(days.values()), options.dates, file.title)
    if not tabs:
        heads = with_names(heads, title)
    found = list(entries(lines, days, heads, tabs))
    options.progress(0.4)
    by_line = dict(zip(days, dates, strict=True))
    doubts = (AMBIGUOUS_DATE,) if told else ()
    table = table_of(_records(found, by_line, title, file.source, plain, doubts), options)
    options.progress(0.9)
    notes = [*plain.notes()]
    if told:
        notes.append(f"Nothing in the file says so, but its dates are read {options.dates}.")
    if not tabs:
        notes.append(
            "LINE for computers writes names without a mark at their end; they are those that many "
            "lines begin with. An export from a phone is surer."
        )
    return finished(
        table,
        of=FORMAT,
        options=options,
        empty=f"{file.title} holds notices of LINE but no message. Export the chat again, and look "
        "whether it is the one with your partner.",
        notes=notes,
        titles={title: title},
        groups={title} if group else (),
        personal={title} if group is False else (),
    )


def _title(lines: Sequence[str], file: ExportFile) -> tuple[str, bool | None]:
    """How people know the chat, and whether it is a group."""
    top = _top(lines)
    if top:
        title, group = heading(lines[top[0]])
        if title:
            return title, group
    return heading(PurePath(file.name).stem)[0] or file.title, None


def _top(lines: Sequence[str]) -> list[int]:
    """The lines that say whose chat it is and when it was saved; none where LINE wrote none."""
    first = [n for n, line in enumerate(lines[:_SNIFFED_LINES]) if line.strip("\ufeff ")][:2]
    if not first or not lines[first[0]].lstrip("\ufeff").startswith(_MARK):
        return []
    below = first[-1]
    heads, _ = find_heads(lines[: below + 1], {})
    saved = has_digit(lines[below]) and day_in(below, lines[below]) is None
    return first if saved and below not in heads else first[:1]


def _blank_out_the_top(lines: list[str]) -> None:
    for n in _top(lines):
        lines[n] = ""


def _records(
    found: Sequence[Entry],
    days: Mapping[int, date | None],
    chat: str,
    source: str,
    plain: PlainText,
    doubts: tuple[str, ...],
) -> Iterator[Record]:
    said = [entry for entry in found if entry.head is not None and entry.head.sender]
    names = {entry.head.sender for entry in said if entry.head is not None}
    guessed = guessed_phrases([entry.words for entry in said])
    for entry in found:
        at = None if entry.day is None else days[entry.day]
        head = entry.head
        if head is None:
            what = Meaning(Kind.UNKNOWN, text=entry.words)
        else:
            what = meaning(entry.words, notice=head.sender is None, guessed=guessed)
        if what.name is not None and what.name not in names:
            what = replace(what, name=None)
        flags = plain.doubts(entry.words)
        flags += (FORGED,) if entry.forged else ()
        flags += (GUESSED,) if what.guessed else ()
        yield Record(
            chat=chat,
            wall=None if at is None or head is None else wall(at, head.clock),
            precision="min",
            sender=what.name if head is None or head.sender is None else head.sender,
            kind=what.kind,
            text=what.text,
            raw_kind=what.raw_kind,
            media_ref=what.media_ref,
            media_state="omitted" if what.kind in MEDIA_KINDS else None,
            duration_s=what.duration_s,
            call_outcome=what.call_outcome,
            file=source,
            misfit=head is None,
            doubts=flags + (doubts if at is not None else ()),
        )


FORMAT = ExportFormat(
    name="line",
    title="LINE",
    network="line",
    carries=CARRIES,
    suffixes=(".txt",),
    sniff=sniff,
    read=alone(read),
)
