"""Signal: its own export (`main.jsonl`), signal-export's JSON, and the texts of older tools."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from turntoward.errors import UnreadableExport
from turntoward.exports import signal_export, signal_text
from turntoward.exports.account import is_empty, source_of
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions, alone
from turntoward.exports.plain_text import decode
from turntoward.exports.records import (
    Mood,
    Record,
    moods_of,
    note_on_misfits,
    notes_on_times,
    table_of,
)
from turntoward.exports.signal_backup import Backup, is_backup
from turntoward.messages.account import Carries
from turntoward.messages.source import Source

CARRIES = Carries(reactions=True, replies=True, edits=True, calls=True, voice=True, seconds=True)
_OF_TOOLS = Carries(reactions=True, replies=True, edits=False, calls=False, voice=False)
_OF_TEXT = Carries(voice=False, seconds=False)
_AGAIN = "Export the chats again in Signal, with your whole history."


def sniff(path: str, head: bytes) -> bool:
    """True for one of the three forms, by its first line."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    return is_backup(head) or signal_export.is_data_json(head) or signal_text.is_text(head)


def read(file: ExportFile, options: ReadOptions) -> Source:
    """Read one file, with every chat in it."""
    data = file.load()
    options.progress(0.1)
    if is_backup(data[:65536].removeprefix(b"\xef\xbb\xbf")):
        return _read_backup(data, file, options)
    chat = PurePosixPath(file.folder).name or PurePosixPath(file.name).stem
    if signal_export.is_data_json(data):
        lines = signal_export.records_of(data, chat=chat, source=file.source, beside=file.beside)
        return _read_tool(lines, _OF_TOOLS, file, options, [])
    plain = decode(data)
    lines = signal_text.records_of(plain, chat=chat, source=file.source, beside=file.beside)
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
    source = source_of(
        table, format_name=FORMAT.name, network=FORMAT.network, carries=CARRIES,
        zone=options.zone, reactions=moods_of(backup.moods), titles=people.titles,
        groups=people.groups, personal=people.personal,
        notes=[*notes_on_times(table, options.zone), *note_on_misfits(table), *notes],
    )  # fmt: skip
    return _with_somebody(source, file)


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
    unsaid = sum(signal_export.PLACEHOLDER in record.doubts for record in records)
    if unsaid:
        notes = [*notes, f"Records of which the tool kept no words and no files: {unsaid:,}."]
    chat = records[0].chat if records else ""
    others = {record.sender for record in records} - {None, signal_export.OWNER}
    title = chat if file.folder else ", ".join(sorted(map(str, others)))
    source = source_of(
        table, format_name=FORMAT.name, network=FORMAT.network,
        carries=replace(carries, reactions=carries.reactions or bool(moods),
                        edits=carries.edits or bool(table["edited"].any())),
        zone=options.zone, reactions=moods_of(moods), titles={chat: title},
        notes=[*notes_on_times(table, options.zone), *note_on_misfits(table), *notes],
    )  # fmt: skip
    return _with_somebody(source, file)


def _with_somebody(source: Source, file: ExportFile) -> Source:
    if is_empty(source.account):
        raise UnreadableExport(f"{file.title} is an export of Signal without a message. {_AGAIN}")
    return source


FORMAT = ExportFormat(
    name="signal",
    title="Signal",
    network="signal",
    carries=CARRIES,
    suffixes=(".jsonl", ".json", ".txt"),
    sniff=sniff,
    read=alone(read),
)
