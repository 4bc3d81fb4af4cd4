"""Take a backup: everything as it was at one moment, while both go on writing."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from turntoward import __version__
from turntoward.errors import TurntowardError
from turntoward.web import keyring
from turntoward.web.alone import alone
from turntoward.web.backups.packed import DATABASE, Account, Share, held_by, pack, unpack
from turntoward.web.backups.sealed import Sealing
from turntoward.web.keys import on_the_disk
from turntoward.web.readings.models import Bringing
from turntoward.web.readings.store import sealed_path
from turntoward.web.sqlcipher.file import connect

#: Where a backup is put together, within the data folder: no name that somebody gives a folder of
#: their own. What one that was cut off left goes with the next.
_APART = ".backing-up-"
#: The name of a backup until it is whole; meanwhile an empty file keeps its own.
_PART_END = ".part"
_PART = f".{{name}}{_PART_END}"
#: So often it is begun anew because somebody took a chat away meanwhile.
_TRIES = 5
#: Room that is left free in any case.
_LEFT_FREE = 64 * 1024 * 1024


class NoBackup(TurntowardError):
    """No backup could be made; the message says why and what to do."""


def take(out: Path, now: datetime, share: Share = lambda _: None) -> Account:
    """Write a backup to `out`, which must not be there yet, and look whether it can be read.

    Raises `NoBackup`; then nothing is at `out`. Waits while another one is taken.
    """
    if connection.vendor != "sqlite":
        raise NoBackup(
            "Rows are kept in PostgreSQL here. Back them up with its own pg_dump, and the data "
            "folder and the keys beside it; docs/backup.md says how."
        )
    with alone(settings.DATA, "backup"):
        _forget_cut_off(out.parent)
        _has_room(Path(settings.DATA), _size_of_database())
        with tempfile.TemporaryDirectory(prefix=_APART, dir=settings.DATA) as folder:
            account = _at_one_moment(Path(folder), now)
            needed = (Path(folder) / DATABASE).stat().st_size + sum(account.uploads.values())
            _has_room(out.parent, needed)
            _written(out, account, Path(folder), share)
    return account


def forget_cut_off(where: Path) -> None:
    """Delete what a backup into `where` that was cut off left, once none is taken."""
    with alone(settings.DATA, "backup"):
        _forget_cut_off(where)


def _forget_cut_off(where: Path) -> None:
    for left in Path(settings.DATA).glob(f"{_APART}*"):
        shutil.rmtree(left, ignore_errors=True)
    for part in where.glob(_PART.format(name="*")):
        name = where / part.name.removeprefix(".").removesuffix(_PART_END)
        with suppress(OSError):
            if name.stat().st_size == 0:  # it only keeps the name
                part.unlink()
                name.unlink()


def _at_one_moment(folder: Path, now: datetime) -> Account:
    """The database of one moment, and every upload that it knows of, in `folder`."""
    (folder / "uploads").mkdir(mode=0o700)
    sealed = connection.settings_dict["ENGINE"] == "turntoward.web.sqlcipher"
    key = settings.DATABASE_KEY if sealed else None
    for _ in range(_TRIES):
        (folder / DATABASE).unlink(missing_ok=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(folder / DATABASE)])
        uploads = _uploads(folder, key)
        if uploads is not None:
            break
    else:
        raise NoBackup("Chats come and go just now. Try again in a moment.")
    return Account(
        made_at=now,
        version=__version__,
        plain=key is None,
        rows=held_by(folder / DATABASE, key),
        uploads=uploads,
        keys=keyring.names(),
        migrations=sorted(MigrationRecorder(connection).applied_migrations()),
    )


def _uploads(folder: Path, key: bytes | None) -> dict[str, int] | None:
    """Name and size of every upload of that moment, laid beside; None where one has gone since."""
    with closing(connect(folder / DATABASE, key)) as reading:
        known = [UUID(pk) for (pk,) in reading.execute("SELECT id FROM readings_bringing")]
    sizes: dict[str, int] = {}
    for upload in known:
        name = f"uploads/{upload}.sealed"
        try:
            size = _laid_beside(sealed_path(upload), folder / name)
        except FileNotFoundError:
            if Bringing.objects.filter(pk=upload).exists():
                continue  # the file is lost, and no backup brings it back
            return None
        sizes[name] = size
    return sizes


def _laid_beside(file: Path, beside: Path) -> int:
    """Another name for the same file, or a copy where the disk has no such thing."""
    if not beside.exists():
        try:
            os.link(file, beside)
        except FileNotFoundError:
            raise
        except OSError:
            shutil.copyfile(file, beside)
    return beside.stat().st_size


def _written(out: Path, account: Account, folder: Path, share: Share) -> None:
    """Pack it into `out`, read it once from end to end, and only then give it its name."""
    name = keyring.ring_folder().stem
    part = out.with_name(_PART.format(name=out.name))
    try:
        _new(out).close()  # nobody else takes the name meanwhile
    except FileExistsError as error:
        raise NoBackup(f"There is a file {out} already. Choose another name.") from error
    done = False
    try:
        part.unlink(missing_ok=True)
        with _new(part) as file:
            sealing = Sealing(file, name, settings.APPLICATION_KEY)
            pack(sealing, account, folder, lambda part: share(0.7 * part))
            file.flush()
            os.fsync(file.fileno())
        with part.open("rb") as file:
            read = unpack(
                file, settings.APPLICATION_KEY, None, lambda part: share(0.7 + 0.3 * part)
            )
        if read != account:
            raise NoBackup("The backup could not be read again. Choose another disk.")
        part.replace(out)
        on_the_disk(out.parent)
        done = True
    finally:
        part.unlink(missing_ok=True)
        if not done:
            out.unlink(missing_ok=True)


def _new(path: Path) -> IO[bytes]:
    """A new file, readable by its owner alone."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _size_of_database() -> int:
    database = Path(str(connection.settings_dict["NAME"]))
    beside = (database, database.with_name(f"{database.name}-wal"))
    return sum(file.stat().st_size for file in beside if file.exists())


def _has_room(folder: Path, needed: int) -> None:
    if shutil.disk_usage(folder).free < needed + _LEFT_FREE:
        room = (needed + _LEFT_FREE) // 1024**2 + 1
        raise NoBackup(f"A backup needs {room} MB free in {folder}. Make room, then try again.")
