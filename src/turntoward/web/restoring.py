"""Bring a backup back into a folder: all of it is read before anything is put in place.

Whoever erased everything since it was made is left out: their key of the ring was destroyed
(`tombs`), and so they are let go once more, as they were then. Keys that are only missing can still
be brought, so what they sealed stays.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from turntoward.errors import TurntowardError
from turntoward.web.alone import is_done
from turntoward.web.backups.keyfile import Keys, bring, keys_here, put_back
from turntoward.web.backups.packed import DATABASE, Account, Share, held_by, unpack
from turntoward.web.backups.sealed import of_folder
from turntoward.web.keys import derive, on_the_disk
from turntoward.web.places import key_folder
from turntoward.web.sqlcipher.file import connect
from turntoward.web.tombs import destroyed, digest

#: Beside the folder: where a backup is laid out until all of it is known to be whole.
_APART = ".restoring"
#: In the folder until it was first started: the names of the keys that there were.
_HAD = "restored"
#: How a copy of the keys ends, in their folder, while who erased since is left out.
_COPY = ".copy"


class NotRestored(TurntowardError):
    """It was not restored; the message says why and what to do. Nothing was changed."""


def is_free(folder: Path) -> bool:
    """Whether nothing lies in `folder` yet."""
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def is_used(folder: Path) -> bool:
    """Whether the companion runs on `folder` now."""
    return is_done(folder, "worker")


def keys_for(backup: Path) -> Keys | None:
    """Its keys on this machine; None where they have to be brought. Raises `Damaged`."""
    with backup.open("rb") as file:
        return keys_here(of_folder(file))


def lay_out(
    backup: Path, keys: Keys, to: Path, share: Share, make_free: Callable[[], None] = lambda: None
) -> Account:
    """Open a backup into the folder `to`, and bring its keys here where they miss.

    `make_free` is called once all of it is known to be whole; after it nothing lies at `to`.
    Raises `Damaged` and `NotRestored`; then `to` is as it was, and no key was brought.
    """
    with backup.open("rb") as file:
        if of_folder(file) != keys.folder:
            raise NotRestored("These keys are of another companion. Give those of this backup.")
    if to.is_mount():
        raise NotRestored(
            f"{to} is where a disk is mounted, and stays there. Restore into a folder in it, such "
            f"as {to / 'turntoward'}, and name that one in TURNTOWARD_DATA."
        )
    _has_room(backup, to)
    with _beside(to) as apart:
        key = bytes.fromhex(keys.application)
        with backup.open("rb") as file:
            account = unpack(file, key, apart, share)
        database = apart / DATABASE
        held = held_by(database, None if account.plain else derive(key, "database"))
        if held != account.rows:
            raise NotRestored("The rows of this backup are not those that were put into it.")
        (apart / "id").write_text(keys.folder)
        (apart / "id").chmod(0o600)
        (apart / _HAD).write_text("\n".join(account.keys))
        for path in (*apart.rglob("*"), apart):
            _on_the_disk(path)
        if keys != keys_here(keys.folder):
            gone = _let_go_in(database, None if account.plain else derive(key, "database"))
            bring(msgspec.structs.replace(keys, destroyed=[*keys.destroyed, *gone]))
        make_free()
        if to.exists():
            to.rmdir()
        apart.replace(to)
    on_the_disk(to.parent)
    return account


def _let_go_in(database: Path, key: bytes | None) -> list[str]:
    """Digests of the names of keys that had been let go when a backup was made."""
    with closing(connect(database, key)) as reading:
        table = "SELECT count(*) FROM sqlite_master WHERE name = 'couples_gonekey'"
        if not reading.execute(table).fetchone()[0]:
            return []
        return [one for (one,) in reading.execute("SELECT digest FROM couples_gonekey")]


@contextmanager
def _beside(to: Path) -> Iterator[Path]:
    apart = to.with_name(f"{to.name}{_APART}")
    shutil.rmtree(apart, ignore_errors=True)  # of one that was cut off
    apart.mkdir(mode=0o700, parents=True)
    try:
        yield apart
    finally:
        shutil.rmtree(apart, ignore_errors=True)


def _has_room(backup: Path, to: Path) -> None:
    there = next(folder for folder in (to, *to.parents) if folder.is_dir())
    needed = 2 * backup.stat().st_size
    if shutil.disk_usage(there).free < needed:
        raise NotRestored(f"Restoring needs {needed // 1024**2 + 1} MB free in {there}. Make room.")


def _on_the_disk(path: Path) -> None:
    if path.is_dir():
        on_the_disk(path)
        return
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def is_newer(account: Account) -> bool:
    """Whether it has had migrations that this version does not know. To be called with Django."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    known = set(MigrationLoader(connection).disk_migrations)
    return any(tuple(one) not in known for one in account.migrations)


def missing(account: Account, folder: str) -> int:
    """How many keys of a backup are not here, and were not destroyed: they can be brought."""
    there = keys_here(folder)
    names = set[str]() if there is None else set(there.ring)
    gone = destroyed(folder)
    return sum(digest(name) not in gone for name in set(account.keys) - names)


def finish(data: Path, now: datetime) -> int:
    """Leave out of a folder that was just laid out who erased since; says how many people.

    Everybody has to enter again: browsers that were signed out since would be signed in. Once for
    each restore, also where the first try was cut off. To be called before anybody can enter. No
    key is destroyed by it: another folder may still need them.
    """
    from django.contrib.sessions.models import Session
    from django.db import transaction

    from turntoward.web.backups.daily import ERASED

    had = data / _HAD
    if not had.exists():
        return 0
    with _keys_apart(data) as keep_new_ones, transaction.atomic():
        people = _leave_out(had.read_text().split(), now)
        Session.objects.all().delete()
        keep_new_ones()  # before the rows that they open are sure
    # Backups that were made since are newer than this folder: they stay.
    (data / ERASED).unlink(missing_ok=True)
    had.unlink()
    return people


@contextmanager
def _keys_apart(data: Path) -> Iterator[Callable[[], None]]:
    """A copy of the keys while the block runs, which may bring what it made into their folder."""
    folder, name = key_folder(), (data / "id").read_text().strip()
    there = keys_here(name)
    assert there is not None  # the settings have read them
    for left in folder.glob(f"{name}.*{_COPY}"):
        shutil.rmtree(left, ignore_errors=True)  # of one that was cut off

    def keep_new_ones() -> None:
        made = keys_here(name)
        assert made is not None
        new = {key: made.ring[key] for key in made.ring.keys() - there.ring.keys()}
        with _key_folder(str(folder)):
            put_back(msgspec.structs.replace(there, ring=new))

    with (
        tempfile.TemporaryDirectory(prefix=f"{name}.", suffix=_COPY, dir=folder) as apart,
        _key_folder(apart),
    ):
        put_back(there)
        yield keep_new_ones


@contextmanager
def _key_folder(folder: str) -> Iterator[None]:
    """Keys lie in this folder while the block runs."""
    named = os.environ.get("TURNTOWARD_KEYS")
    os.environ["TURNTOWARD_KEYS"] = folder
    try:
        yield
    finally:
        os.environ.pop("TURNTOWARD_KEYS")
        if named is not None:
            os.environ["TURNTOWARD_KEYS"] = named


def _leave_out(had: list[str], now: datetime) -> int:
    """Let go whose key was there when the backup was made, and was destroyed."""
    from turntoward.web import keyring
    from turntoward.web.couples import gone
    from turntoward.web.couples.models import Couple, GoneKey, Partner
    from turntoward.web.yours.actions import erase

    tombs = destroyed(keyring.ring_folder().stem)
    went = {name for name in had if digest(name) in tombs}
    noted = set(GoneKey.objects.values_list("pk", flat=True))
    gone.find_keys_again()
    people = [one for one in Partner.objects.all() if gone.partner_key(one.pk) in went]
    for partner in people:
        erase(partner, now)
    Couple.objects.filter(partners=None).delete()
    _leave_out_chats(went)
    # What was let go just now is a key of the copy alone.
    GoneKey.objects.exclude(pk__in=noted).delete()
    return len(people)


def _leave_out_chats(went: set[str]) -> None:
    """Chats and readings that were taken away since: nothing opens them any more."""
    from turntoward.web.readings import store
    from turntoward.web.readings.models import Bringing, StoredReading

    for stored in StoredReading.objects.all():
        if store.reading_key(stored) in went:
            stored.delete()
    for bringing in Bringing.objects.all():
        if store.upload_key(bringing.pk) in went:
            Bringing.objects.filter(pk=bringing.pk).delete()
            store.delete_file(bringing)
