"""Discord: the JSON of DiscordChatExporter, one file per channel or several parts of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain

import msgspec

from turntoward.errors import UnreadableExport
from turntoward.exports.discord.messages import (
    EMPTY,
    FileContext,
    Message,
    Person,
    moods_in,
    record_of,
)
from turntoward.exports.finished import finished
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions
from turntoward.exports.json_records import decode_whole, decoded, moment_of
from turntoward.exports.names import Names
from turntoward.exports.records import Mood, Record, table_of
from turntoward.messages.account import Carries
from turntoward.messages.message import Kind
from turntoward.messages.source import Source

CARRIES = Carries(reactions=True, replies=True, edits=True, calls=True, voice=True, seconds=True)
AGAIN = "Export the channel again with DiscordChatExporter as JSON."
#: The same message in a second file: two exports of one channel that overlap.
REPEAT = "repeat"

#: What the exporter calls direct chats; channels of a server may be of two as well as of more.
_OF_TWO = frozenset({"DirectTextChat", "1"})
_OF_MORE = frozenset({"DirectGroupTextChat", "3"})
_HEAD = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{\s*"guild"\s*:\s*[{n]')


class _Guild(msgspec.Struct):
    name: str | None = None


class _Channel(msgspec.Struct):
    id: str | int | None = None
    type: str | int | None = None
    name: str | None = None


class _Export(msgspec.Struct):
    channel: _Channel
    messages: list[msgspec.Raw]
    guild: _Guild | None = None
    date_range: dict[str, object] | None = msgspec.field(name="dateRange", default=None)
    exported_at: str | None = msgspec.field(name="exportedAt", default=None)
    count: int | None = msgspec.field(name="messageCount", default=None)


class _Time(msgspec.Struct):
    timestamp: str | None = None


class _Author(msgspec.Struct):
    author: Person


def sniff(path: str, head: bytes) -> bool:
    """True for JSON that begins with a guild and goes on with a channel."""
    return _HEAD.match(head) is not None and b'"channel"' in head


def read(files: Sequence[ExportFile], options: ReadOptions) -> Source:
    """Read all channels that the files hold; see `turntoward.exports.open_export` for errors."""
    channels, problems = _channels(files)
    if not channels:
        raise problems[0]
    options.progress(0.4)
    names, moods = Names(), list[Mood]()
    records = chain.from_iterable(
        _channel(chat, parts, names, moods) for chat, parts in channels.items()
    )
    table = table_of(records, options)
    options.progress(0.9)
    kinds = {chat: str(parts[0][1].channel.type) for chat, parts in channels.items()}
    repeats = int((table["raw_kind"] == REPEAT).sum())
    empty = int((table["raw_kind"] == EMPTY).sum())
    return finished(
        table,
        of=FORMAT,
        options=options,
        empty=f"{files[0].title} holds a Discord channel without a message. Export the channel "
        "again with its whole history.",
        notes=[
            *chain.from_iterable(_notes(*part) for parts in channels.values() for part in parts),
            *([f"Messages that lie in two files and count once: {repeats:,}."] if repeats else []),
            *([_EMPTY_NOTE.format(empty)] if empty else []),
            *[f"Not read: {problem}" for problem in problems],
        ],
        moods=moods,
        titles={chat: _title(parts[0][1]) for chat, parts in channels.items()},
        groups={chat for chat, kind in kinds.items() if kind in _OF_MORE},
        personal={chat for chat, kind in kinds.items() if kind in _OF_TWO},
    )


def _channels(
    files: Sequence[ExportFile],
) -> tuple[dict[str, list[tuple[ExportFile, _Export]]], list[UnreadableExport]]:
    """The files by the channels that they hold, and why some cannot be read."""
    channels: dict[str, list[tuple[ExportFile, _Export]]] = {}
    problems = []
    for file in files:
        title = file.title if len(files) == 1 else f"{file.title}/{file.name}"
        try:
            export = decode_whole(
                file.load(), _Export, title, writer="DiscordChatExporter", again=AGAIN
            )
        except UnreadableExport as problem:
            problems.append(problem)
        else:
            channels.setdefault(_chat(export, file), []).append((file, export))
    return channels, problems


_EMPTY_NOTE = "Messages without anything in them, such as polls that the exporter leaves out: {:,}."


def _chat(export: _Export, file: ExportFile) -> str:
    channel = export.channel
    return str(channel.id if channel.id is not None else channel.name or file.source)


def _title(export: _Export) -> str:
    name = export.channel.name or str(export.channel.id)
    if str(export.channel.type).startswith("Direct") or export.guild is None:
        return name
    return f"{export.guild.name or ''} #{name}".strip()


def _notes(file: ExportFile, export: _Export) -> Iterator[str]:
    found = len(export.messages)
    if export.count is not None and export.count != found:
        yield f"{file.name} says that it holds {export.count:,} messages, and holds {found:,}."
    if any(limit is not None for limit in (export.date_range or {}).values()):
        yield f"{file.name} was exported for a range of dates only."


def _channel(
    chat: str, parts: Sequence[tuple[ExportFile, _Export]], names: Names, moods: list[Mood]
) -> Iterable[Record]:
    """The records of one channel, oldest first; parts of it follow each other by their times."""
    if len(parts) == 1:
        return _file(chat, *parts[0], names, moods, None)
    newest_first = sorted(parts, key=lambda part: part[1].exported_at or "", reverse=True)
    seen: set[str] = set()  # of two exports of a message the later one knows its edits
    records = [
        record
        for file, export in newest_first
        for record in _file(chat, file, export, names, moods, seen)
    ]
    times = list(accumulate((record.at or record.wall for record in records), _or_before))
    return [records[place] for place in sorted(range(len(records)), key=lambda n: times[n] or 0)]


def _or_before(before: int | None, time: int | None) -> int | None:
    """A record without a time stays beside the one before it."""
    return before if time is None else time


def _file(
    chat: str,
    file: ExportFile,
    export: _Export,
    names: Names,
    moods: list[Mood],
    seen: set[str] | None,
) -> Iterator[Record]:
    raws = export.messages
    context = FileContext(
        chat=chat, source=file.source, beside=file.beside, partner=_partner(export)
    )
    for message in decoded(reversed(raws) if _backwards(raws) else raws, Message):
        record = record_of(message, context, names)
        if seen is not None and record.id is not None:
            if record.id in seen:
                yield Record(
                    chat=chat, id=record.id, at=record.at, wall=record.wall, precision="ms",
                    kind=Kind.SERVICE, raw_kind=REPEAT, file=file.source,
                )  # fmt: skip
                continue
            seen.add(record.id)
        if message is not None:
            moods.extend(moods_in(message, names))
        yield record


def _partner(export: _Export) -> str | None:
    """The id of the other person of a chat of two, which Discord calls by that person's name."""
    if str(export.channel.type) not in _OF_TWO or not export.channel.name:
        return None
    people: dict[str, set[str | None]] = {}
    for message in decoded(export.messages, _Author):
        if message is not None:
            who = message.author
            people.setdefault(str(who.id), set()).update((who.name, who.nickname))
    called = [person for person, names in people.items() if export.channel.name in names]
    return called[0] if len(called) == 1 and len(people) <= 2 else None


def _backwards(raws: Sequence[msgspec.Raw]) -> bool:
    """DiscordChatExporter can write the newest message first."""
    ends = [*decoded([*raws[:1], *raws[-1:]], _Time)]
    times = [moment_of(end.timestamp)[0] for end in ends if end is not None]
    first, last = (times[0], times[-1]) if times else (None, None)
    return first is not None and last is not None and first > last


FORMAT = ExportFormat(
    name="discord",
    title="Discord",
    network="discord",
    carries=CARRIES,
    suffixes=(".json",),
    sniff=sniff,
    read=read,
    together=True,
)
