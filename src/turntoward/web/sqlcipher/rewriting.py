"""A plain database file becomes an encrypted one before the companion starts, or the other way.

At every moment a whole database lies at its place: the new file is made beside it, compared row by
row, and takes the place in one step. Whatever a cut-off start left is put right by the next one.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from turntoward.web.ports import CannotStart
from turntoward.web.sqlcipher.file import Lies, connect, look, quoted
from turntoward.web.sqlcipher.rows import rows_of, shape_of

#: The new file while it is made, and other names of the old one and its log until they are wiped.
_NEW, _OLD, _OLD_LOG = ".new", ".old", ".old-wal"
#: Room that the new file may need, in times of the old one, and besides that.
_TIMES, _BESIDES = 2, 16 * 1024 * 1024
_WAITS_S = 10
_BLOCK = 1024 * 1024

_PLAIN, _ENCRYPTED = "made plain", "encrypted"
_SHUT = (
    "The database in {folder} does not open with the key of this data folder, or it is damaged. "
    "Bring the key back with turntoward restore, or restore a backup into another folder."
)
_IN_USE = (
    "The database in {folder} has to be {becomes} first, and another program is using it. "
    "Stop that one, then start again."
)
_NO_ROOM = (
    "The database in {folder} has to be {becomes} first, and that needs {room} MB free on its "
    "disk. Make room, then start again. Nothing was changed."
)
_DIFFERS = (
    "The database in {folder} could not be {becomes}: the new file was not the same as the old "
    "one. The old one is as it was. Check the disk, then start again."
)
_DAMAGED = (
    "The database in {folder} has to be {becomes} first, and it is damaged. Bring back a copy of "
    "it, or start with TURNTOWARD_PLAIN_DATABASE={as_it_is} to use what it still holds."
)
_NOT_WRITTEN = (
    "The database in {folder} has to be {becomes} first, and the folder cannot be written to "
    "({why}). Nothing was changed."
)


def settle(database: Path, key: bytes, *, plain: bool) -> None:
    """Make `database` one that is encrypted under `key`, or with `plain` one that is not.

    Raises `CannotStart` with what to do. To be called by one at a time (`alone`).
    """
    database = database.resolve()  # what takes its place is to lie where it lies
    lies = look(database, key)
    if lies is Lies.SHUT:
        raise CannotStart(_SHUT.format(folder=database.parent))
    if lies is Lies.NOTHING:
        return
    if lies is (Lies.OPENS if plain else Lies.PLAIN):
        _forget(database)
        old, new = (key, None) if plain else (None, key)
        becomes = _PLAIN if plain else _ENCRYPTED
        try:
            _rewrite(database, old, new, becomes)
        except (dbapi2.DatabaseError, OSError) as error:
            _forget(database)
            raise CannotStart(_why(error, database, becomes)) from error
    _wipe_old(database)


def _why(error: Exception, database: Path, becomes: str) -> str:
    """What to do about a new file that could not be made; the old one is as it was."""
    said = {"folder": database.parent, "becomes": becomes}
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    if full or "is full" in str(error):
        return _NO_ROOM.format(**said, room=_room(database) // 1024**2 + 1)
    if isinstance(error, OSError):
        return _NOT_WRITTEN.format(**said, why=error.strerror)
    return _DAMAGED.format(**said, as_it_is=int(becomes == _ENCRYPTED))


def _room(database: Path) -> int:
    size = sum(file.stat().st_size for file in (database, _beside(database, "-wal")) if _is(file))
    return _TIMES * size + _BESIDES


def _rewrite(database: Path, old: bytes | None, new: bytes | None, becomes: str) -> None:
    said = {"folder": database.parent, "becomes": becomes}
    room = _room(database)
    if shutil.disk_usage(database.parent).free < room:
        raise CannotStart(_NO_ROOM.format(**said, room=room // 1024**2 + 1))
    made = _beside(database, _NEW)
    if old is None and _is(_beside(database, "-wal")):
        os.link(_beside(database, "-wal"), _beside(database, _OLD_LOG))
    with closing(connect(database, old, timeout=_WAITS_S, isolation_level=None)) as source:
        if not _alone(source):
            _forget(database)
            raise CannotStart(_IN_USE.format(**said))
        _copy(source, made, new)
        with closing(connect(made, new, timeout=_WAITS_S)) as target:
            same = shape_of(source) == shape_of(target) and rows_of(source) == rows_of(target)
            whole = target.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    if not (same and whole):
        _forget(database)
        raise CannotStart(_DIFFERS.format(**said))
    shutil.copymode(database, made)
    _on_the_disk(made)
    if old is None:
        os.link(database, _beside(database, _OLD))
    made.replace(database)


def _alone(source: Any) -> bool:
    """Write the log back and leave it, which SQLite lets only one do whom nobody else is beside."""
    try:
        source.execute("PRAGMA locking_mode = EXCLUSIVE")
        (mode,) = source.execute("PRAGMA journal_mode = DELETE").fetchone()
        source.execute("BEGIN EXCLUSIVE")
        source.execute("COMMIT")
    except dbapi2.OperationalError:
        return False
    return str(mode) == "delete"


def _copy(source: Any, made: Path, key: bytes | None) -> None:
    """Everything into a new file, under `key`."""
    source.execute(f"ATTACH DATABASE ? AS made KEY {quoted(key) if key else repr('')}", [str(made)])
    source.execute("PRAGMA made.synchronous = FULL")
    source.execute("SELECT sqlcipher_export('made')")
    (version,) = source.execute("PRAGMA main.user_version").fetchone()
    source.execute(f"PRAGMA made.user_version = {int(version)}")
    source.execute("DETACH DATABASE made")


def _forget(database: Path) -> None:
    """What an earlier start left while the old file still had its place: only names of it go."""
    for end in (_NEW, f"{_NEW}-journal", _OLD, _OLD_LOG):
        _beside(database, end).unlink(missing_ok=True)


def _wipe_old(database: Path) -> None:
    """Overwrite what the old file was and take it away, now that the new one has its place."""
    _on_the_disk(database.parent)  # also where the start that put it there was cut off
    for end in (_OLD, _OLD_LOG):
        path = _beside(database, end)
        with suppress(FileNotFoundError), path.open("r+b") as file:
            left = path.stat().st_size
            while left > 0:
                left -= file.write(bytes(min(left, _BLOCK)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink(missing_ok=True)


def _on_the_disk(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folder, and keeps names by itself
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _beside(database: Path, end: str) -> Path:
    return database.with_name(f"{database.name}{end}")


def _is(path: Path) -> bool:
    return path.is_file()
