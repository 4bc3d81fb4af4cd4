"""Have WhatsApp Chat Exporter, an optional extra, turn WhatsApp's own database into its JSON.

It knows how the many versions of the database join. Two things it does not do: it writes line
breaks as `<br>` and drops some words and rows. So the words, and which rows there are, are read
from the database itself as well.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from turntoward.errors import UnreadableExport
from turntoward.exports.foreign_sqlite import placed, tables
from turntoward.exports.format import ExportFile

EXPORT_CHAT = "In WhatsApp, open the chat with your partner, choose Export chat, and bring in that"
EXPORT_CHAT += " file"
_SECONDS = 330
_MODULE = "Whatsapp_Chat_Exporter"
#: Tables of messages -> their columns: the number, the chat, and the words.
_ANDROID = {
    "message": ("_id", "chat_row_id", "text_data"),
    "messages": ("_id", "key_remote_jid", "data", "media_caption"),
}
_IPHONE = {"ZWAMESSAGE": ("Z_PK", "ZCHATSESSION", "ZTEXT")}
#: The chat of a row that WhatsApp keeps as a place holder; it is no message.
_NO_CHAT = (-1, "-1")
#: Other tables that the exporter asks; each must be a plain table or be missing.
_JOINED = (
    "jid", "jid_map", "chat", "message_quoted", "messages_quotes", "message_location",
    "message_media", "message_thumbnail", "message_future", "message_system", "call_log",
    "message_system_group", "message_system_number_change", "missed_call_logs", "receipt_user",
    "message_add_on", "message_add_on_reaction", "media_hash_thumbnail", "message_vcard",
    "messages_vcards", "message_transcription", "audio_data", "transcription_segment",
    "ZWACHATSESSION", "ZWAGROUPMEMBER", "ZWAMEDIAITEM", "ZWAPROFILEPUSHNAME", "ZWAVCARDMENTION",
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Exported:
    """The exporter's JSON, and what the database itself holds: the words of each row by number."""

    data: bytes
    words: dict[str, str | None] = field(default_factory=dict)


def is_installed() -> bool:
    """Whether the extra is there; nothing of it is loaded."""
    return importlib.util.find_spec(_MODULE) is not None


def export(database: ExportFile, log: ExportFile | None, contacts: ExportFile | None) -> Exported:
    """The JSON of a database; `contacts` is its address book, where that came along.

    Raises `UnreadableExport` where the extra is missing, or cannot read this database.
    """
    if not is_installed():
        raise UnreadableExport(
            f"{database.title} looks like WhatsApp's own database. {EXPORT_CHAT}; or install the "
            "extra that reads databases, `pip install 'turntoward[whatsapp]'`."
        )
    with placed(database, log) as path:
        words, android = _words(path, database.title)
        with tempfile.TemporaryDirectory(prefix="turntoward-") as folder:
            home = Path(folder)
            _copy(path, home / "database")
            wal = path.with_name(path.name + "-wal")
            if wal.is_file() and wal.stat().st_size:
                _copy(wal, home / "database-wal")
            if contacts is not None:
                with contacts.place() as book:
                    _check_contacts(book, contacts)
                    _copy(book, home / "contacts")
            data = _run(home, android=android)
    if data is None:
        raise UnreadableExport(
            f"{database.title} is a WhatsApp database of a version that the exporter cannot read. "
            f"{EXPORT_CHAT}."
        )
    return Exported(data=data, words=words)


def _words(path: Path, title: str) -> tuple[dict[str, str | None], bool]:
    """The words of every row by its number, and whether it is Android's database."""
    known = {**_ANDROID, **_IPHONE}
    words: dict[str, str | None] = {}
    seen = set()
    wanted: dict[str, Sequence[str]] = {**dict.fromkeys(_JOINED, ()), **known}
    for rows in tables(path, wanted, title=title, what="WhatsApp's database"):
        if rows.table not in known or rows.columns != known[rows.table][: len(rows.columns)]:
            continue
        seen.add(rows.table)
        for number, chat, *texts in rows.rows:
            if chat not in _NO_CHAT:
                said = [text for text in texts if isinstance(text, str) and text]
                words[str(number)] = said[0] if said else None
    if not seen:
        raise UnreadableExport(
            f"{title} is a database, but holds no messages of WhatsApp. {EXPORT_CHAT}."
        )
    return words, not seen & set(_IPHONE)


def _check_contacts(path: Path, file: ExportFile) -> None:
    wanted: dict[str, Sequence[str]] = {"wa_contacts": (), "ZWAADDRESSBOOKCONTACT": ()}
    for _ in tables(path, wanted, title=file.title, what="WhatsApp's contacts"):
        pass


def _copy(source: Path, target: Path) -> None:
    target.touch(mode=0o600, exist_ok=False)
    shutil.copyfile(source, target)


def _run(home: Path, *, android: bool) -> bytes | None:
    """What the exporter wrote in its private folder; null where it failed."""
    command = [
        sys.executable, "-E", "-P", "-X", "utf8", "-m", f"{__package__}.exporter_child",
        "--android" if android else "--ios", "--db", "database", "--wa", "contacts",
        "--media", "media", "--output", "out", "--json", "result.json", "--no-html",
        "--no-banner", "--dont-filter-empty",
    ]  # fmt: skip
    try:
        subprocess.run(
            command, cwd=home, timeout=_SECONDS, check=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return (home / "result.json").read_bytes()
    except (subprocess.SubprocessError, OSError):
        return None
