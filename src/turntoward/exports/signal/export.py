"""Signal: its own export (`main.jsonl`), signal-export's JSON, and the texts of older tools."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from turntoward.exports.finished import finished
from turntoward.exports.flags import PLACEHOLDER
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions, alone
from turntoward.exports.plain_text import decode
from turntoward.exports.records import Mood, Record, table_of
from turntoward.exports.signal import exporter, text
from turntoward.exports.signal.backup import Backup, is_backup
from turntoward.messages.account import Carries
from turntoward.messages.source import Source

CARRIES = Carries(reactions=True, replies=True, edits=True, calls=True, voice=True, seconds=True)
_OF_TOOLS = Carries(reactions=True, replies=True, edits=False, calls=False, voice=False)
_OF_TEXT = Carries(voice=False, seconds=False)
_EMPTY = (
    "{} is an export of Signal without a message. Export the chats again in Signal, with your "
    "whole history."
)


def sniff(path: str, head: bytes) -> bool:
    """True for one of the three forms, by its first line."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    return is_backup(head) or exporter.is_data_json(head) or text.is_text(head)


def read(file: ExportFile, options: ReadOptions) -> Source:
    """Read one file, with every chat in it."""
    data = file.load()
    options.progress(0.1)
    if is_backup(data[:65536].removeprefix(b"\xef\xbb\xbf")):
        return _read_backup(data, file, options)
    chat = PurePosixPath(file.folder).name or PurePosixPath(file.name).stem
    if exporter.is_data_json(data):
        lines = exporter.records_of(data, chat=chat, source=file.source, beside=file.beside)
        return _read_tool(lines, _OF_TOOLS, file, options, [])
    plain = decode(data)
    lines = text.records_of(plain, chat=chat, source=file.source, beside=file.beside)
    return _read_tool(lines, _OF_TEXT, file, options, plain.notes())


def _read_backup(data: bytes, file: ExportFile, options: ReadOptions) -> Source:
    backup = Backup(file.source, file.beside)
    backup.read(data.removeprefix(b"\xef\xbb\xbf"), lambda p: options.progress(0.1 + 0.7 * p))
    notes = []
    if backup.link_calls:
        notes.append(f"Calls by a link, which belong to no chat: {backup.link_calls:,}.")
    if backup.stubs:
        notes.append(f"Long messages whose end lies in an attachment: {backup.stubs:,}.")
    table = table_of(backup.records(), options)
    people = backup.people
    return finished(
        table,
        of=FORMAT,
        options=options,
        empty=_EMPTY.format(file.title),
        notes=notes,
        moods=backup.moods,
        titles=people.titles,
        groups=people.groups,
        personal=people.personal,
    )


def _read_tool(
    lines: Iterable[tuple[Record, list[Mood]]],
    carries: Carries,
    file: ExportFile,
    options: ReadOptions,
    notes: list[str],
) -> Source:
    """A file of one chat; its title is its folder's name, else the name of the other person."""
    moods: list[Mood] = []
    records: list[Record] = []
    for record, held in lines:
        records.append(record)
        moods += held
    table = table_of(records, options)
    unsaid = sum(PLACEHOLDER in record.doubts for record in records)
    if unsaid:
        notes = [*notes, f"Records of which the tool kept no words and no files: {unsaid:,}."]
    chat = records[0].chat if records else ""
    others = {record.sender for record in records} - {None, exporter.OWNER}
    title = chat if file.folder else ", ".join(sorted(map(str, others)))
    return finished(
        table,
        of=FORMAT,
        options=options,
        empty=_EMPTY.format(file.title),
        carries=replace(
            carries,
            reactions=carries.reactions or bool(moods),
            edits=carries.edits or bool(table["edited"].any()),
        ),
        notes=notes,
        moods=moods,
        titles={chat: title},
    )


FORMAT = ExportFormat(
    name="signal",
    title="Signal",
    network="signal",
    carries=CARRIES,
    suffixes=(".jsonl", ".json", ".txt"),
    sniff=sniff,
    read=alone(read),
)
