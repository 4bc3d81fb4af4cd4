"""What Messenger and Instagram share: Meta's folders of threads, read as one export.

A thread lies in one folder, in files of about 10,000 messages: `message_1.json` is the newest, and
in each file the newest message comes first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

import msgspec
import polars as pl

from turntoward.errors import UnreadableExport
from turntoward.exports.finished import finished
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions
from turntoward.exports.meta.json import Thread, mended, thread_of
from turntoward.exports.meta.notes import JSON_AGAIN, note_on_one_file, notes_of
from turntoward.exports.meta.order import Batch, in_order, oldest_first
from turntoward.exports.meta.pages import page_rows
from turntoward.exports.meta.rows import Place, Read, moods_of_row, row_of
from turntoward.exports.records import Mood, Record, table_of
from turntoward.messages.account import Carries
from turntoward.messages.message import Kind
from turntoward.messages.source import Source

CARRIES = Carries(reactions=True, calls=True, voice=True, seconds=True)

_NUMBER = re.compile(r"_(\d+)\.[a-z]+$")

RowOf = Callable[[msgspec.Raw, Place], Read]


@dataclass(slots=True)
class Chat:
    """A thread while its files are put together."""

    title: str = ""
    people: tuple[str, ...] = ()
    of_two: bool = False
    group: bool = False
    batches: list[Batch] = field(default_factory=list)

    def learn(self, thread: Thread) -> None:
        """Take over what a file says of the whole thread."""
        self.title = self.title or mended(_text(thread.title) or _plain(_text(thread.threadName)))
        names = tuple(dict.fromkeys(thread.names()))
        self.people = self.people or names
        # Older exports name the type, as `Regular` and `RegularGroup`; newer ones leave only this.
        kind = _text(thread.thread_type)
        joinable = thread.joinable_mode is not None
        self.group |= len(names) > 2 or (kind.endswith("Group") if kind else joinable)
        still = thread.is_still_participant is not False
        self.of_two = len(self.people) == 2 and not self.group and still

    def downloads(self) -> set[str]:
        """The folders of the downloads that hold it."""
        return {batch.download for batch in self.batches}


def read_threads(
    files: Sequence[ExportFile],
    options: ReadOptions,
    *,
    of: ExportFormat,
    row: RowOf = row_of,
) -> Source:
    """Read all threads of an export `of` a format; a damaged file is one unreadable record.

    Raises `UnreadableExport` where no message is in any of them.
    """
    threads = sorted(files, key=_from_the_oldest)
    chats: dict[str, Chat] = {}
    damaged: list[str] = []
    doubled: list[str] = []
    read: set[str] = set()
    pages = 0
    for n, file in enumerate(threads):
        options.progress(0.8 * n / len(threads))
        where = f"{file.folder}/{file.name}".removeprefix("/")
        thread = _thread_id(file, None)
        if _is_page(file) and thread in read:
            doubled.append(where)
        elif not _take(file, chats, of.network, row):
            damaged.append(where)
            _batch(chats, file, thread, [_lost(file)])
        elif _is_page(file):
            pages += 1
        else:
            read.add(thread)
    _join(chats)
    owner = _owner({frozenset(chat.people) for chat in chats.values() if chat.of_two})
    moods: list[Mood] = []
    seen: Counter[str] = Counter()
    table = table_of(_records(chats, owner, moods, seen), options)
    alone = len(files) == 1 and files[0].beside is None
    return finished(
        table,
        of=of,
        options=options,
        empty=_why_nothing(files[0].title, damaged, threads),
        carries=of.carries if read else _of_pages(of.carries, table),
        notes=[
            *notes_of(seen, damaged=damaged, doubled=doubled, chats=chats, pages=pages),
            *(note_on_one_file(table.height) if alone else []),
        ],
        moods=moods,
        titles={key: chat.title or _others(chat, owner) for key, chat in chats.items()},
        groups={key for key, chat in chats.items() if chat.group},
        personal={key for key, chat in chats.items() if len(chat.people) == 2 and not chat.group},
    )


def _take(file: ExportFile, chats: dict[str, Chat], network: str, row: RowOf) -> bool:
    """Add the records of one file to its chat; false where it cannot be read at all."""
    try:
        data = file.load()
    except UnreadableExport:
        return False
    if _is_page(file):
        place = Place(_thread_id(file, None), file.source, file.beside, network)
        title, rows = page_rows(data, place)
        if not any(read.record.wall is not None for read in rows):
            return False
        _batch(chats, file, place.chat, rows)
        chats[place.chat].title = chats[place.chat].title or title
    else:
        thread = thread_of(data)
        if thread is None:
            return False
        place = Place(_thread_id(file, thread), file.source, file.beside, network)
        _batch(chats, file, place.chat, [row(raw, place) for raw in thread.messages])
        chats[place.chat].learn(thread)
    return True


def _batch(chats: dict[str, Chat], file: ExportFile, key: str, rows: Sequence[Read]) -> None:
    download = file.folder.partition("messages/")[0]
    chats.setdefault(key, Chat()).batches.append(Batch(download, oldest_first(rows)))


def _join(chats: dict[str, Chat]) -> None:
    """Make one chat of two that two downloads hold: each partner's names it after the other."""
    first: dict[frozenset[str], str] = {}
    for key, chat in list(chats.items()):
        if chat.of_two:
            other = chats[first.setdefault(frozenset(chat.people), key)]
            if other is not chat and not other.downloads() & chat.downloads():
                other.batches += chat.batches
                del chats[key]


def _records(
    chats: dict[str, Chat], owner: str | None, moods: list[Mood], seen: Counter[str]
) -> Iterator[Record]:
    """All records, chat by chat, the oldest first; adds to `moods` and `seen` on the way."""
    taken: Counter[str] = Counter()
    for key, chat in chats.items():
        reads, repeats = in_order(chat.batches)
        seen["twice"] += repeats
        for read in reads:
            read.record.chat = key
            moods += moods_of_row(read, taken)
            seen.update(read.seen)
            if owner is not None and read.record.sender is not None:
                read.record.me = read.record.sender == owner
            yield read.record


def _thread_id(file: ExportFile, thread: Thread | None) -> str:
    """`inbox/ana_123`: as the file says, else from its folders, else its own name."""
    if thread is not None and (said := _text(thread.thread_path)):
        return mended(said)
    own_folder = _NUMBER.sub("", file.name).removesuffix(".json").removesuffix(".html") == "message"
    folders = PurePosixPath(file.folder).parts[-2:]
    return "/".join(folders) if own_folder and folders else PurePosixPath(file.name).stem


def _from_the_oldest(file: ExportFile) -> tuple[bool, str, int]:
    """JSON before pages, and within a thread the file with the highest number first."""
    number = _NUMBER.search(file.name)
    return _is_page(file), file.folder, -int(number[1][:9]) if number else 0


def _is_page(file: ExportFile) -> bool:
    return file.name.lower().endswith(".html")


def _owner(pairs: set[frozenset[str]]) -> str | None:
    """Who exported is in every chat of two: with two such chats or more, the name they share."""
    shared = frozenset.intersection(*pairs) if len(pairs) > 1 else frozenset()
    return next(iter(shared)) if len(shared) == 1 else None


def _lost(file: ExportFile) -> Read:
    return Read(
        Record(
            chat=_thread_id(file, None),
            kind=Kind.UNKNOWN,
            raw_kind="damaged file",
            file=file.source,
        )
    )


def _others(chat: Chat, owner: str | None) -> str:
    return ", ".join(name for name in chat.people if name != owner)


def _of_pages(carries: Carries, table: pl.DataFrame) -> Carries:
    """What pages hold: calls look like messages, and older ones have no seconds."""
    timed = table.filter(pl.col("ts_local").is_not_null())
    return replace(carries, calls=False, seconds=not (timed["ts_precision"] == "min").any())


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _plain(name: str) -> str:
    """The encrypted export numbers its threads: `Ana_40`."""
    return re.sub(r"_\d+$", "", name)


def _why_nothing(title: str, damaged: Sequence[str], threads: Sequence[ExportFile]) -> str:
    if damaged and all(_is_page(file) for file in threads):
        return (
            f"{title} is an export of Messenger or Instagram in HTML, without a date in English "
            f"that could be read. {JSON_AGAIN}"
        )
    if damaged:
        return (
            f"{title} is damaged, or it was not written to its end. Unpack the download again, or "
            "export it again."
        )
    return f"{title} holds chats, but no message. {JSON_AGAIN}"
