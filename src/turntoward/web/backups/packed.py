"""The inside of a backup: an account of it, the database, and the uploads, as one tar."""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import IO

import msgspec
from sqlcipher3 import dbapi2

from turntoward.web.backups.sealed import Damaged, Opening, Sealing
from turntoward.web.sqlcipher.file import connect
from turntoward.web.sqlcipher.rows import Rows, rows_of

#: Says how much of the work is done, from 0 to 1.
Share = Callable[[float], None]

DATABASE, ACCOUNT = "turntoward.sqlite3", "account.json"
_UPLOAD = re.compile(r"uploads/[0-9a-f-]{36}\.sealed")
_BUFFER = 256 * 1024
#: More is no account of a backup.
_MOST_ACCOUNT = 64 * 1024 * 1024


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup says of itself: what it holds, and by which version and keys.

    `plain` is whether the database in it is not encrypted by itself. `keys` are the names of the
    keys of the ring that there were: which of them were destroyed since, tells who has erased.
    """

    made_at: datetime
    version: str
    plain: bool
    rows: dict[str, Rows]
    uploads: dict[str, int]
    keys: list[str]
    migrations: list[tuple[str, str]]

    @property
    def lasting(self) -> int:
        """How many rows come back: all but the sessions, for everybody enters anew."""
        return sum(one.count for name, one in self.rows.items() if name != "django_session")


def pack(out: Sealing, account: Account, folder: Path, share: Share) -> None:
    """Write the account, and the files of `folder` that it names."""
    files = [DATABASE, *account.uploads]
    total = sum((folder / name).stat().st_size for name in files) or 1
    with (
        io.BufferedWriter(out, _BUFFER) as buffered,
        tarfile.open(fileobj=buffered, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        told = msgspec.json.encode(account)
        tar.addfile(_entry(ACCOUNT, len(told)), io.BytesIO(told))
        done = 0
        for name in files:
            size = (folder / name).stat().st_size
            with (folder / name).open("rb") as file:
                tar.addfile(_entry(name, size), file)
            done += size
            share(done / total)
        tar.close()
        buffered.flush()
        out.finish()


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def unpack(file: IO[bytes], application_key: bytes, to: Path | None, share: Share) -> Account:
    """Open every piece of a backup and put its files into `to`, or nowhere.

    Raises `Damaged`. What was put there by then is for the caller to take away.
    """
    opening = Opening(file, application_key)
    seen: dict[str, int] = {}
    try:
        with tarfile.open(fileobj=io.BufferedReader(opening, _BUFFER), mode="r|") as tar:
            account = _account(tar)
            total = sum(account.uploads.values()) or 1
            while (entry := tar.next()) is not None:
                if not entry.isreg() or not (
                    entry.name == DATABASE or _UPLOAD.fullmatch(entry.name)
                ):
                    raise Damaged("This backup holds a file that belongs in none. It is not used.")
                seen[entry.name] = _keep(tar, entry, to)
                share(min(1.0, sum(seen.values()) / total))
        opening.to_the_end()
    except tarfile.TarError as error:
        raise Damaged("This backup is damaged. Nothing was restored. Take another one.") from error
    size = seen.pop(DATABASE, 0)
    if not size or seen != account.uploads:
        raise Damaged("This backup is not whole. Nothing was restored. Take another one.")
    return account


def _account(tar: tarfile.TarFile) -> Account:
    first = tar.next()
    if first is None or first.name != ACCOUNT or first.size > _MOST_ACCOUNT:
        raise Damaged("This backup says nothing of itself. Take another one.")
    told = tar.extractfile(first)
    assert told is not None
    try:
        return msgspec.json.decode(told.read(), type=Account)
    except msgspec.DecodeError as error:
        raise Damaged(
            "What this backup says of itself cannot be read; a newer Turntoward may have made it."
        ) from error


def _keep(tar: tarfile.TarFile, entry: tarfile.TarInfo, to: Path | None) -> int:
    inside = tar.extractfile(entry)
    assert inside is not None
    out = None if to is None else to / entry.name
    size = 0
    if out is None:
        while piece := inside.read(_BUFFER):
            size += len(piece)
        return size
    out.parent.mkdir(mode=0o700, exist_ok=True)
    with out.open("xb") as kept:
        out.chmod(0o600)
        while piece := inside.read(_BUFFER):
            size += kept.write(piece)
    return size


def held_by(database: Path, key: bytes | None, of: Sequence[str] | None = None) -> dict[str, Rows]:
    """The rows of a database file that nobody else has open; raises `Damaged`."""
    try:
        with closing(connect(database, key)) as reading:
            if reading.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise Damaged("The database in this backup is damaged. Take another one.")
            return rows_of(reading, of)
    except dbapi2.DatabaseError as error:
        raise Damaged("The database in this backup cannot be read. Take another one.") from error
