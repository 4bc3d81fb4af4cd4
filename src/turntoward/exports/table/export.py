"""A table of messages from any tool: CSV, TSV, JSON Lines, or a JSON array of objects.

The columns are those that the person names, else those with usual names. What no other format takes
ends here, so this one is tried last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import PurePath

from turntoward.exports.finished import finished
from turntoward.exports.flags import AMBIGUOUS_DATE
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions, alone
from turntoward.exports.plain_text import head_text
from turntoward.exports.records import Record, table_of
from turntoward.exports.table.columns import DATE, is_known, kinds, places_of, plain
from turntoward.exports.table.meaning import (
    WORDY,
    kind_of_cells,
    own_words,
    text_of,
    went_out,
    yes,
)
from turntoward.exports.table.rows import Table, names_in, read_rows
from turntoward.exports.table.times import Time, read_times
from turntoward.exports.whatsapp.kinds import SUSPECT
from turntoward.messages.account import Carries
from turntoward.messages.message import MEDIA_KINDS, Kind
from turntoward.messages.source import Source

CARRIES = Carries(replies=True, calls=True, voice=True, seconds=True)
_SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json")
#: Discord's own data package holds one side of every chat: it is refused with that reason.
_DISCORD_OWN = b"ID,Timestamp,Contents,Attachments"
_WECHAT = "strcontent"
#: Who sent a row that is marked as one's own but bears the other's name, as WeChat tools write it.
_ME = "Me"
#: Who sent the other rows of a table that says only which are one's own.
_OTHER = "Other"


def sniff(path: str, head: bytes) -> bool:
    """True for a table whose columns have usual names, or, where the file did not lie in a folder
    or zip with others, for any table of at least three columns: they can be named.
    """
    if not path.lower().endswith(_SUFFIXES) or _DISCORD_OWN in head[:100]:
        return False
    names = names_in(path, head_text(head))
    if names is None:
        return False
    alone = "/" not in path or path.startswith("/") or path[1:3] == ":/"
    return is_known(names) or (alone and not path.lower().endswith(".json"))


def read(file: ExportFile, options: ReadOptions) -> Source:
    """Read one table. Raises `UnreadableExport` or `AmbiguousDates`."""
    table = read_rows(file.load(), file.name, file.title)
    places = places_of(table.names, options.columns, headless=table.headless, title=file.title)
    options.progress(0.3)
    times, told = read_times(
        _moments(table, places), options.dates, file.title, first=1 if table.headless else 2
    )
    options.progress(0.6)
    chat = PurePath(file.name).stem
    records = _Reader(table, places, chat, file.source, told).records(times)
    messages = table_of(_oldest_first(records), options)
    options.progress(0.9)
    notes = [] if table.text is None else [*table.text.notes()]
    if told:
        notes.append(f"Nothing in the file says so, but its dates are read {options.dates}.")
    timeless = bool((messages["kind"] == Kind.UNKNOWN.value).any())
    return finished(
        messages,
        of=FORMAT,
        options=options,
        empty=_why_nothing(file.title, len(table.rows), timeless=timeless),
        carries=_carries(places),
        notes=notes,
    )


def _why_nothing(title: str, rows: int, *, timeless: bool) -> str:
    if timeless:
        return (
            f"{title} has {rows:,} rows, but none with a time that can be read. Times may be as "
            "2024-06-13 21:25:15, as 13/06/2024 21:25, or in seconds since 1970."
        )
    return f"{title} names its columns but holds no message. Look whether it is the right file."


def _carries(places: Mapping[str, int]) -> Carries:
    told = "kind" in places
    return Carries(replies="reply_to" in places, calls=told, voice=told, seconds=True)


def _moments(table: Table, places: Mapping[str, int]) -> list[object]:
    """What each row says of its time; a day and a clock of their own are joined."""
    at, day = places["time"], places.get(DATE)
    moments: list[object] = []
    for row in table.rows:
        if isinstance(row, str):
            moments.append(None)
        elif day is None:
            moments.append(row[at])
        else:
            moments.append(f"{text_of(row[day]) or ''} {text_of(row[at]) or ''}".strip())
    return moments


class _Reader:
    """Makes records of the rows of one table; holds what is the same for all of them."""

    def __init__(
        self, table: Table, places: Mapping[str, int], chat: str, source: str, told: bool
    ) -> None:
        self.table = table
        self.places = places
        self.chat = chat
        self.source = source
        self.told = told
        self.kinds = dict(kinds("kinds"))
        if any(plain(name) == _WECHAT for name in table.names):
            self.kinds |= kinds("wechat")
        self.others = self._names_of_others()

    def records(self, times: Sequence[Time]) -> list[Record]:
        """One record per row, in their order."""
        return [self._record(row, at) for row, at in zip(self.table.rows, times, strict=True)]

    def _names_of_others(self) -> frozenset[str]:
        rows = [row for row in self.table.rows if not isinstance(row, str)]
        return frozenset(
            name for row in rows if self._me(row) is False and (name := self._cell(row, "sender"))
        )

    def _me(self, row: Sequence[object]) -> bool | None:
        if "me" in self.places:
            return yes(self._cell(row, "me"))
        told = went_out(self._cell(row, "direction"))
        return went_out(self._cell(row, "kind")) if told is None else told

    def _cell(self, row: Sequence[object], role: str) -> str | None:
        place = self.places.get(role)
        return None if place is None else text_of(row[place])

    def _record(self, row: list[object] | str, at: Time) -> Record:
        if isinstance(row, str):
            return Record(
                chat=self.chat, kind=Kind.UNKNOWN, text=row, misfit=True, file=self.source,
                doubts=self._doubts(row),
            )  # fmt: skip
        said, sender = self._cell(row, "text"), self._cell(row, "sender")
        me = self._me(row)
        attachment = self._cell(row, "attachment") or None
        if me and (not sender or sender in self.others):
            sender = _ME
        elif me is False and "sender" not in self.places:
            sender = _OTHER
        kind, raw_kind = self._kind(row, sender, kind_of_cells(said, attachment))
        odd = said is None and isinstance(row[self.places["text"]], dict | list)
        timed = at.at is not None or at.wall is not None
        flags = self._doubts(said)
        flags += (SUSPECT,) if kind == Kind.TEXT and said in (None, "", "null") and not odd else ()
        flags += (AMBIGUOUS_DATE,) if self.told and at.wall is not None else ()
        return Record(
            chat=self._cell(row, "chat") or self.chat,
            id=self._cell(row, "id") or None,
            at=at.at,
            wall=at.wall,
            precision=at.precision,
            sender=sender if sender and kind != Kind.SYSTEM else None,
            me=me,
            kind=Kind.UNKNOWN if odd else kind,
            text=own_words(said, kind),
            raw_kind=raw_kind,
            media_ref=attachment,
            media_state="omitted" if kind in MEDIA_KINDS else None,
            reply_to=self._cell(row, "reply_to") or None,
            file=self.source,
            misfit=odd or not timed,
            doubts=flags,
        )

    def _kind(
        self, row: Sequence[object], sender: str | None, seen: Kind | None
    ) -> tuple[Kind, str | None]:
        if yes(self._cell(row, "reaction")):
            return Kind.SERVICE, "reaction"
        called = self._cell(row, "kind") or ""
        named = self.kinds.get(plain(called))
        kind = Kind.TEXT if named is None else Kind(named)
        if not sender and kind in WORDY:
            return Kind.SYSTEM, called or "notice"
        if kind == Kind.TEXT and seen is not None:
            return seen, seen.value
        if went_out(called) is not None:
            return kind, None
        return kind, called if called and kind != Kind.TEXT else None

    def _doubts(self, words: str | None) -> tuple[str, ...]:
        return () if self.table.text is None else self.table.text.doubts(words)


def _when(record: Record) -> int | None:
    return record.wall if record.at is None else record.at


def _oldest_first(records: Sequence[Record]) -> list[Record]:
    """Chat by chat, each turned round where the tool wrote the newest row first."""
    by_chat: dict[str, list[Record]] = {}
    for record in records:
        by_chat.setdefault(record.chat, []).append(record)
    for rows in by_chat.values():
        times = [at for row in rows if (at := _when(row)) is not None]
        back = sum(later < earlier for earlier, later in pairwise(times))
        forth = sum(later > earlier for earlier, later in pairwise(times))
        if back > forth:
            rows.reverse()
    return [record for rows in by_chat.values() for record in rows]


FORMAT = ExportFormat(
    name="table",
    title="Table (CSV or JSON Lines)",
    network="table",
    carries=CARRIES,
    suffixes=_SUFFIXES,
    sniff=sniff,
    read=alone(read),
)
