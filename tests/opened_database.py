"""The database of a companion that runs beside a test, opened with its key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from turntoward.prove.pages import bare_bytes
from turntoward.web.keys import derive
from turntoward.web.sqlcipher.file import connect


def opened(data: Path) -> Any:
    """A connection to it, as `sqlite3.connect` makes one."""
    return connect(data / "turntoward.sqlite3", key_of(data), timeout=10)


def under_the_key(data: Path) -> bytes:
    """Every byte of its files, as they would lie there without encryption."""
    return bare_bytes(data / "turntoward.sqlite3", key_of(data))


def key_of(data: Path) -> bytes:
    """Its key. Such a companion keeps them in a folder `keys`, within its data or beside it."""
    named = f"{(data / 'id').read_text().strip()}.key"
    folders = (data / "keys", data.parent / "keys")
    stored = next(folder / named for folder in folders if (folder / named).exists())
    return derive(bytes.fromhex(stored.read_text().strip()), "database")
