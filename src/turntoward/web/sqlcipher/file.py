"""Open a database file with its key, or without one, and see what lies there."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from turntoward.web.keys import derive

#: How every plain file of SQLite begins.
_PLAIN = b"SQLite format 3\0"
_KEY_BYTES = 32
_SALT_BYTES = 16
#: SQLCipher's words for a file that is encrypted with another key, or not a database at all.
_NOT_OURS = "file is not a database"


class Lies(Enum):
    """What lies at a path."""

    NOTHING = "nothing"
    PLAIN = "plain"
    OPENS = "opens"
    SHUT = "shut"  # encrypted under another key, or damaged


def connect(path: Path | str, key: bytes | None, **how: Any) -> Any:
    """A connection as `sqlite3.connect` makes one. `key` is raw, None for a plain file.

    A key that is not the file's shows with the first statement: `dbapi2.DatabaseError`.
    """
    connection = dbapi2.connect(path, **how)
    # Else it writes lines of its own on stderr where a key does not fit.
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        connection.execute(f"PRAGMA key = {quoted(key)}")
    # What is sorted or set aside meanwhile never reaches the disk.
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def quoted(key: bytes) -> str:
    """The key as SQLCipher takes it without deriving another from it: 32 random bytes need none.

    With it goes the salt that SQLCipher else reads from the first bytes of the file: a power cut
    that tears those would shut the whole file (found by `prove.power_cuts`).
    """
    if len(key) != _KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    salt = derive(key, "salt of the database file")[:_SALT_BYTES]
    return f"\"x'{key.hex()}{salt.hex()}'\""


def look(path: Path, key: bytes) -> Lies:
    """What lies at `path`; what it holds is not changed."""
    if not path.exists() or path.stat().st_size == 0:
        return Lies.NOTHING
    with path.open("rb") as file:
        if file.read(len(_PLAIN)) == _PLAIN:
            return Lies.PLAIN
    connection = connect(path, key, timeout=10)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as error:
        if _NOT_OURS not in str(error):
            raise
        return Lies.SHUT
    finally:
        connection.close()
    return Lies.OPENS
