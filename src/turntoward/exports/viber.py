"""Viber's message history as its phones once sent it by e-mail: a table without column names.

`13/06/2024,21:25:15,Ana,+491234567,words`, where neither commas nor line ends in the words are
quoted; or the same with tabs and `="..."` around each field. Viber has since taken this export out
of its apps; the files remain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import polars as pl

from turntoward.exports.csv_rows import csv_rows
from turntoward.exports.dates import Written, decide_order, with_time
from turntoward.exports.day_lines import clock
from turntoward.exports.finished import finished
from turntoward.exports.flags import AMBIGUOUS_DATE
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions, alone
from turntoward.exports.plain_text import PlainText, decode, head_text, lines_of
from turntoward.exports.records import Record, table_of
from turntoward.messages.account import Carries
from turntoward.messages.message import MEDIA_KINDS, Kind
from turntoward.messages.source import Source

CARRIES = Carries(voice=True, seconds=True)
_DATE = r"(?P<a>\d{1,4})(?P<sep>[/.\-])(?P<b>\d{1,2})[/.\-](?P<c>\d{1,4})"
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?: ?(?P<half>[AaPp][Mm]))?"
_PHONE = r"\+?\d[\d ]{4,20}"
#: The owner may stand there without a number.
_COMMAS = re.compile(
    rf"^{_DATE},{_CLOCK},(?P<name>.*?),(?P<phone>{_PHONE}|(?<=,Me,)),(?P<text>.*)$"
)
_TABS = re.compile(rf'^="{_DATE}"\t{_CLOCK}\t="(?P<name>[^\t]*)"\t="(?P<phone>[^\t"]*)"\t')
_FIELDS = 5
#: The owner of the phone, in English.
_ME = "Me"
#: Words of Viber's own, which stand for a whole message; only those that a public reader lists.
_PHRASES = {
    "Фотоповідомлення": Kind.IMAGE,
    "Стікер": Kind.STICKER,
    "Голосове повідомлення": Kind.VOICE,
}


@dataclass(slots=True)
class _Row:
    """One message; `date` and `seconds` are null where the row is none."""

    line: int
    words: str
    name: str = ""
    date: tuple[int, int, int] | None = None
    dotted: bool = False
    seconds: int | None = None
    precise: bool = True


def sniff(path: str, head: bytes) -> bool:
    """True where the first line is a message as Viber wrote it, with a telephone number in it."""
    first = next((line for line in lines_of(head_text(head)) if line.strip()), "")
    first = first.lstrip("\ufeff")
    return _COMMAS.match(first) is not None or _TABS.match(first) is not None


def read(file: ExportFile, options: ReadOptions) -> Source:
    """Read one export. Raises `UnreadableExport` or `AmbiguousDates`."""
    plain = decode(file.load())
    rows = list(_rows(plain))
    options.progress(0.4)
    walls, told = _walls(rows, options, file.title)
    chat = PurePath(file.name).stem
    owner = any(row.name == _ME for row in rows)
    records = [
        _record(row, at, chat, file.source, plain, told, owner)
        for row, at in zip(rows, walls, strict=True)
    ]
    table = table_of(records, options)
    options.progress(0.9)
    notes = [*plain.notes()]
    if told:
        notes.append(f"Nothing in the file says so, but its dates are read {options.dates}.")
    return finished(
        table,
        of=FORMAT,
        options=options,
        empty=f"{file.title} holds no message of Viber whose time can be read. Look whether it is "
        "the file with the chat with your partner.",
        notes=notes,
        titles={chat: chat},
    )


def _rows(plain: PlainText) -> Iterator[_Row]:
    text = plain.text.lstrip("\ufeff")
    if _TABS.match(text.lstrip("\r\n").partition("\n")[0]):
        yield from _tabbed(text)
        return
    row: _Row | None = None
    said: list[str] = []
    for n, line in enumerate(lines_of(text), start=1):
        match = _COMMAS.match(line)
        if match is not None:
            if row is not None:
                yield _with_words(row, said)
            row, said = _matched(n, match, ""), [match["text"]]
        elif row is not None:
            said.append(line)
        elif line.strip():
            yield _Row(n, line)
    if row is not None:
        yield _with_words(row, said)


def _with_words(row: _Row, said: Sequence[str]) -> _Row:
    row.words = "\n".join(said)
    return row


def _tabbed(text: str) -> Iterator[_Row]:
    for n, fields in enumerate(csv_rows(text, "\t"), start=1):
        line = "\t".join(fields)
        match = _TABS.match(line)
        if match is None or len(fields) != _FIELDS:
            yield _Row(n, line)
        else:
            yield _matched(n, match, fields[-1])


def _matched(n: int, match: re.Match[str], words: str) -> _Row:
    seconds = clock("", int(match["hour"]), int(match["minute"]), match["half"] or "")
    return _Row(
        n,
        words,
        name=match["name"] or match["phone"],
        date=(int(match["a"]), int(match["b"]), int(match["c"])),
        dotted=match["sep"] == ".",
        seconds=None if seconds is None else seconds + min(int(match["second"] or 0), 59),
        precise=match["second"] is not None,
    )


def _walls(rows: Sequence[_Row], options: ReadOptions, title: str) -> tuple[list[int | None], bool]:
    """The wall clocks of all rows, and whether day and month rest on the answer alone."""
    parts = {
        part: [None if row.date is None else row.date[i] for row in rows]
        for i, part in enumerate("abc")
    }
    table = pl.DataFrame(
        {
            **parts,
            "clock": [row.seconds for row in rows],
            "line": [row.line for row in rows],
        },
        schema={"a": pl.Int16, "b": pl.Int16, "c": pl.Int16, "clock": pl.Int32, "line": pl.Int64},
    )
    dated = table.drop_nulls("a")
    if dated.is_empty():
        return [None] * len(rows), False
    dotted = any(row.dotted for row in rows)
    order, told = decide_order(Written(table=dated, dotted=dotted, title=title), options.dates)
    return with_time(table, order)["ts_local"].dt.epoch("us").to_list(), told


def _record(
    row: _Row,
    at: int | None,
    chat: str,
    source: str,
    plain: PlainText,
    told: bool,
    owner: bool,
) -> Record:
    kind = _PHRASES.get(row.words, Kind.TEXT) if row.date is not None else Kind.UNKNOWN
    flags = plain.doubts(row.words)
    return Record(
        chat=chat,
        wall=at,
        precision="s" if row.precise else "min",
        sender=row.name or None,
        me=row.name == _ME if owner and row.date is not None else None,
        kind=kind,
        text=row.words if kind in (Kind.TEXT, Kind.UNKNOWN) else None,
        raw_kind=None if kind == Kind.TEXT else kind.value,
        media_state="omitted" if kind in MEDIA_KINDS else None,
        file=source,
        misfit=row.date is None,
        doubts=flags + ((AMBIGUOUS_DATE,) if told and at is not None else ()),
    )


FORMAT = ExportFormat(
    name="viber",
    title="Viber",
    network="viber",
    carries=CARRIES,
    suffixes=(".csv", ".txt"),
    sniff=sniff,
    read=alone(read),
)
