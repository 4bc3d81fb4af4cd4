"""iMessage: `chat.db` of a Mac, or `sms.db` of an iPhone's backup."""

from __future__ import annotations

import re
from collections.abc import Sequence

from turntoward.errors import UnreadableExport
from turntoward.exports.finished import finished
from turntoward.exports.foreign_sqlite import MAGIC, WAL_MAGIC, chosen, placed, tables
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions
from turntoward.exports.imessage.tables import TABLES, Found
from turntoward.exports.records import table_of
from turntoward.messages.account import Carries
from turntoward.messages.source import Source

CARRIES = Carries(reactions=True, replies=True, edits=True, calls=False, voice=True, seconds=True)

#: What an iPhone's backup calls `sms.db`.
_IN_BACKUPS = "3d0d7e5fb2ce288813306e4d4636395e047a3d28"
_NAMES = ("chat.db", "sms.db", _IN_BACKUPS)
_LOGS = tuple(f"{name}-wal" for name in _NAMES)
_OWN_TABLES = re.compile(rb"chat_message_join|message_attachment_join|chat_handle_join")
_AGAIN = "On the Mac, quit Messages and copy the whole folder `Library/Messages`, or at least"
_AGAIN += " `chat.db` with `chat.db-wal`."


def sniff(name: str, head: bytes) -> bool:
    """True for Messages' database by its name or its tables, and for the log beside it."""
    own = name.lower().rpartition("/")[2]
    if head.startswith(WAL_MAGIC):
        return own in _LOGS
    if not head.startswith(MAGIC):
        return own == _IN_BACKUPS  # of a backup that is locked with a password
    return own in _NAMES or _OWN_TABLES.search(head) is not None


def read(files: Sequence[ExportFile], options: ReadOptions) -> Source:
    """Read every chat; see `turntoward.exports.open_export` for what it raises."""
    file, log = _database(files)
    found = Found(beside=file.beside or frozenset())
    with placed(file, log) as path:
        for rows in tables(path, TABLES, title=file.title, what="the database of Messages"):
            found.take(rows)
            options.progress(0.7 * len(found.records) / (len(found.records) + 20_000))
    if not found.seen >= {"message", "chat", "chat_message_join"}:
        raise UnreadableExport(
            f"{file.title} is a database, but not that of Messages: it has no table of messages "
            f"and chats. {_AGAIN}"
        )
    moods = found.moods()
    for record in found.records:
        record.file = file.source
    records = sorted(found.records, key=lambda one: (one.chat, one.at is None, one.at or 0))
    table = table_of(records, options)
    return finished(
        table,
        of=FORMAT,
        options=options,
        empty=f"{file.title} is a database of Messages without a message. {_AGAIN}",
        notes=found.notes(),
        moods=moods,
        titles=found.titles(),
        groups=found.groups(),
        personal={chat.id for chat in found.chats.values() if chat.of_two},
    )


def _database(files: Sequence[ExportFile]) -> tuple[ExportFile, ExportFile | None]:
    """The one database, and its write-ahead log where that was brought in apart."""
    bases = [file for file in files if not file.name.lower().endswith("-wal")]
    if not bases:
        raise UnreadableExport(
            f"{files[0].title} holds only the newest changes to Messages' database. Bring in a "
            "folder with both it and the file of the same name without `-wal`."
        )
    return chosen(bases, files, whose="Messages")


FORMAT = ExportFormat(
    name="imessage",
    title="iMessage",
    network="imessage",
    carries=CARRIES,
    suffixes=(".db", *_NAMES, *_LOGS),
    sniff=sniff,
    read=read,
    together=True,
)
