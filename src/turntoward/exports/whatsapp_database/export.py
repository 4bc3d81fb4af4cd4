"""WhatsApp's own database through WhatsApp Chat Exporter, and the JSON that this tool writes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from turntoward.errors import UnreadableExport
from turntoward.exports.finished import finished
from turntoward.exports.foreign_sqlite import MAGIC, WAL_MAGIC, chosen
from turntoward.exports.format import ExportFile, ExportFormat, ReadOptions
from turntoward.exports.records import table_of
from turntoward.exports.whatsapp_database.exporter import EXPORT_CHAT, Exported, export
from turntoward.exports.whatsapp_database.json import LEFT_OUT, Decoded, decode
from turntoward.messages.account import Carries
from turntoward.messages.source import Source

CARRIES = Carries(reactions=True, replies=True, edits=False, calls=True, voice=True, seconds=True)

#: What an iPhone's backup calls `ChatStorage.sqlite`.
_IN_BACKUPS = "7c7fba66680ef796b916b067077cc246adacf01d"
_DATABASES = ("msgstore.db", "chatstorage.sqlite", _IN_BACKUPS)
_LOGS = tuple(f"{name}-wal" for name in _DATABASES)
_CONTACTS = ("wa.db", "contactsv2.sqlite")
_LOCKED = re.compile(r"\.crypt\d{1,2}$")
_OWN_TABLES = re.compile(rb"ZWAMESSAGE|ZWACHATSESSION|missed_call_logs|message_add_on|wa_contacts")
_KEYS = (b'"key_id"', b'"from_me"', b'"timestamp"')
_CHAT_KEYS = (b'"their_avatar_thumb"', b'"media_base"')


def sniff(name: str, head: bytes) -> bool:
    """True for WhatsApp's databases, locked or not, and for the exporter's JSON."""
    own = name.lower().rpartition("/")[2]
    if _LOCKED.search(own) or own == _IN_BACKUPS:
        return True
    if head.startswith(WAL_MAGIC):
        return own in _LOGS
    if head.startswith(MAGIC):
        return own in (*_DATABASES, *_CONTACTS) or _OWN_TABLES.search(head) is not None
    if not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return False
    return any(all(key in head for key in keys) for keys in (_KEYS, _CHAT_KEYS))


def read(files: Sequence[ExportFile], options: ReadOptions) -> Source:
    """Read every chat; see `turntoward.exports.open_export` for what it raises."""
    written = [file for file in files if file.name.lower().endswith(".json")]
    decoded: list[Decoded] = []
    if written:
        for file in written:
            decoded.append(_decoded(file, Exported(data=file.load()), exact=False))
            options.progress(0.6 * len(decoded) / len(written))
        first = written[0]
    else:
        first, exported = _exported(files)
        options.progress(0.5)
        decoded.append(_decoded(first, exported, exact=True))
    records = [record for one in decoded for record in one.records]
    table = table_of(records, options)
    lost = sum(record.raw_kind == LEFT_OUT for record in records)
    return finished(
        table,
        of=FORMAT,
        options=options,
        empty=f"{first.title} holds WhatsApp's chats but no message. {EXPORT_CHAT}.",
        notes=[
            *([f"Rows of the database that the exporter left out: {lost:,}."] if lost else []),
            *_aside(files, bool(written)),
        ],
        moods=[mood for one in decoded for mood in one.moods],
        titles={chat: title for one in decoded for chat, title in one.titles.items()},
        groups={chat for one in decoded for chat in one.groups},
        personal={chat for one in decoded for chat in one.personal},
    )


def _aside(files: Sequence[ExportFile], written: bool) -> list[str]:
    """Which of the files were not read, for what they hold is read from another."""
    locked = [file.name for file in files if _LOCKED.search(file.name.lower())]
    bases = [file.name for file in files if written and file.name.lower() in _DATABASES]
    aside = [*locked, *bases]
    if not aside:
        return []
    more = f" and {len(aside) - 3} more" if len(aside) > 3 else ""
    return [f"Not read beside the chats: {', '.join(aside[:3])}{more}."]


def _decoded(file: ExportFile, exported: Exported, *, exact: bool) -> Decoded:
    decoded = decode(
        exported.data,
        title=file.title,
        beside=file.beside or frozenset(),
        words=exported.words if exact else None,
    )
    for record in decoded.records:
        record.file = file.source
    return decoded


def _exported(files: Sequence[ExportFile]) -> tuple[ExportFile, Exported]:
    """The one database among the files, exported with its log and its address book."""
    rest = [file for file in files if not _LOCKED.search(file.name.lower())]
    logs = [file for file in rest if file.name.lower().endswith("-wal")]
    books = [file for file in rest if file.name.lower() in _CONTACTS]
    bases = [file for file in rest if file not in logs and file not in books]
    if not bases and len(rest) < len(files):
        raise UnreadableExport(
            f"{files[0].title} is an encrypted WhatsApp backup, whose key is on the phone. "
            f"{EXPORT_CHAT}; or open it with `wtsexporter --android --key KEY --backup FILE --json "
            "--no-html` and bring in the `result.json` that this writes."
        )
    if not bases:
        raise UnreadableExport(
            f"{files[0].title} belongs to WhatsApp's database but holds no chat. Bring in "
            "`msgstore.db` or `ChatStorage.sqlite` with it, in one folder."
        )
    base, log = chosen(bases, logs, whose="WhatsApp")
    return base, export(base, log, books[0] if books else None)


FORMAT = ExportFormat(
    name="whatsapp_database",
    title="WhatsApp's database",
    network="whatsapp",
    carries=CARRIES,
    suffixes=(".json", ".sqlite", ".db", ".crypt12", ".crypt14", ".crypt15", *_DATABASES, *_LOGS),
    sniff=sniff,
    read=read,
    together=True,
)
