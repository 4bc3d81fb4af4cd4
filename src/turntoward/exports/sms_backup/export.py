"""SMS Backup & Restore: texts, pictures and calls of an Android phone, as XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

from turntoward.errors import UnreadableExport
from turntoward.exports.finished import finished
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions, alone
from turntoward.exports.records import Record, table_of, whole
from turntoward.exports.sms_backup.rows import Phonebook, record_of
from turntoward.exports.sms_backup.xml import (
    DefusedXmlException,
    Mended,
    ParseError,
    TooDeep,
    elements,
)
from turntoward.exports.time_order import in_time
from turntoward.messages.account import Carries
from turntoward.messages.message import Kind
from turntoward.messages.source import Source

CARRIES = Carries(calls=True)
_ROOT = re.compile(rb"<(?:smses|calls)[\s>]")
_AGAIN = "Make a new backup in SMS Backup & Restore and bring in that file."
_ROOTS = ("smses", "calls")


def sniff(path: str, head: bytes) -> bool:
    """True for XML whose root is that of the app."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<") and _ROOT.search(head[:4000]) is not None


def read(file: ExportFile, options: ReadOptions) -> Source:
    """Read one file, with every chat in it; a file that breaks off is read up to there."""
    people = Phonebook()
    notes: list[str] = []
    by_chat: dict[str, list[Record]] = {}
    for record in _records(file, people, options, notes):
        record.file = file.source
        by_chat.setdefault(record.chat, []).append(record)
    records = [_named(record, people) for rows in by_chat.values() for record in in_time(rows)]
    table = table_of(records, options)
    chats = [chat for chat in by_chat if chat]
    return finished(
        table,
        of=FORMAT,
        options=options,
        empty=f"{file.title} is a backup without a message or call. {_AGAIN}",
        notes=notes,
        titles={chat: ", ".join(map(people.name, chat.split("~"))) for chat in chats},
        groups={chat for chat in chats if "~" in chat},
        personal={chat for chat in chats if "~" not in chat},
    )


def _records(
    file: ExportFile, people: Phonebook, options: ReadOptions, notes: list[str]
) -> Iterator[Record]:
    with file.place() as place, place.open("rb") as opened:
        size = max(place.stat().st_size, 1)
        mended = Mended(opened, lambda done: options.progress(0.9 * min(done / size, 1.0)))
        said: int | None = None
        found = 0
        with closing(elements(mended)) as held:
            try:
                root = next(held, None)
                if root is None or root.tag not in _ROOTS:
                    raise UnreadableExport(f"{file.title} is no backup of messages. {_AGAIN}")
                said = whole(root.get("count"))
                for element in held:
                    found += 1
                    yield record_of(element, people)
            except (DefusedXmlException, TooDeep) as error:
                raise UnreadableExport(
                    f"{file.title} holds what no backup holds, so it was not read. {_AGAIN}"
                ) from error
            except ParseError:
                notes.append(
                    f"The file breaks off or is damaged after {found:,} records"
                    + (f" of {said:,}" if said else "") + ". What comes later is not read."
                )  # fmt: skip
                yield Record(kind=Kind.UNKNOWN, misfit=True)
            else:
                if said is not None and said != found:
                    notes.append(
                        f"The file says that it holds {said:,} records, but has {found:,}."
                    )
        if mended.repairs:
            notes.append(f"Signs that were no letters and show as \ufffd: {mended.repairs:,}.")


def _named(record: Record, people: Phonebook) -> Record:
    if record.sender is not None and not record.me:
        record.sender = people.name(record.sender)
    return record


FORMAT = ExportFormat(
    name="sms_backup",
    title="SMS Backup & Restore",
    network="sms",
    carries=CARRIES,
    suffixes=(".xml",),
    sniff=sniff,
    read=alone(read),
)
