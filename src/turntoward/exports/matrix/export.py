"""Matrix: the JSON that Element writes with *Export chat*, one room per file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from turntoward.exports.finished import finished
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions, alone
from turntoward.exports.json_records import decode_whole, decoded
from turntoward.exports.matrix.events import LOCKED, Event, Room, record_of
from turntoward.exports.matrix.links import Links, links_of
from turntoward.exports.records import Record, table_of
from turntoward.messages.account import Carries
from turntoward.messages.source import Source

CARRIES = Carries(reactions=True, replies=True, edits=True, calls=True, voice=True, seconds=True)
_HEAD = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{\s*"room_name"\s*:')
_AGAIN = "In Element, open the room, choose Export chat, and JSON as its format."


class _Export(msgspec.Struct):
    messages: list[msgspec.Raw]
    room_name: str | None = None
    exported_by: str | None = None


def sniff(path: str, head: bytes) -> bool:
    """True for JSON that begins with the name of a room and says who made or exported it."""
    return _HEAD.match(head) is not None and (b'"room_creator"' in head or b'"exported_by"' in head)


def read(file: ExportFile, options: ReadOptions) -> Source:
    """Read one room; see `turntoward.exports.open_export` for what it raises."""
    export = decode_whole(file.load(), _Export, file.title, writer="Element", again=_AGAIN)
    options.progress(0.3)
    # What came later may belong to an earlier message, so the events are gone through twice.
    links = links_of(decoded(export.messages, Event), export.exported_by)
    options.progress(0.5)
    room = Room(
        id=links.room or export.room_name or file.source,
        source=file.source,
        beside=tuple(sorted(file.beside or ())),
    )
    table = table_of(_records(export, room, links), options)
    locked = int((table["raw_kind"] == LOCKED).sum())
    told = f"Messages that this device of Element could not decrypt: {locked:,}."
    return finished(
        table,
        of=FORMAT,
        options=options,
        empty=f"{file.title} holds a Matrix room without a message that can be read. "
        f"{f'{told} ' if locked else ''}"
        "Export it again, from the beginning, on a device that can read the chat.",
        # Element leaves reactions out of most exports; then they are unknown, not absent.
        carries=replace(CARRIES, reactions=bool(links.moods)),
        notes=[told] if locked else [],
        moods=links.moods,
        titles={room.id: export.room_name or room.id},
        groups={room.id} if links.members > 2 else (),
        personal={room.id} if links.direct and links.members <= 2 else (),
    )


def _records(export: _Export, room: Room, links: Links) -> Iterator[Record]:
    for event in decoded(export.messages, Event):
        yield record_of(event, room, links)


FORMAT = ExportFormat(
    name="matrix",
    title="Matrix (Element)",
    network="matrix",
    carries=CARRIES,
    suffixes=(".json",),
    sniff=sniff,
    read=alone(read),
)
