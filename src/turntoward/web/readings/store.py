"""Files and readings at rest: everything sealed under keys of its own, which go when it is deleted.

A reading begins with the number of its key, so that one that is made anew after another was deleted
has another key.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from turntoward.errors import DamagedReading
from turntoward.reading.codec import decode, encode
from turntoward.reading.reading import Reading
from turntoward.web.alone import alone, is_done
from turntoward.web.couples.gone import key_for, let_go, never_came
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.keyring import KeyGone, destroy_key, made_key, ring_key
from turntoward.web.keys import derive, on_the_disk, seal, unseal
from turntoward.web.readings.models import Bringing, StoredReading
from turntoward.web.readings.upload import (
    DamagedUpload,
    SealedUpload,
    read_chunks,
    read_head,
    write_head,
)

#: Files here are never written to a disk.
MEMORY = Path("/dev/shm")
#: How an upload ends that is whole, that is being copied, and the note that one is brought in.
_WHOLE, _PART, _NOTE = ".sealed", ".part", ".lock"
#: Bytes of the number of a reading's key.
_NUMBER = 8
#: Room that a file may need, unpacked copies included, in times of its own size.
_UNPACKED = 8

_log = logging.getLogger(__name__)


def sealed_path(upload: object) -> Path:
    """Where an upload lies."""
    folder = Path(settings.DATA) / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{upload}{_WHOLE}"


def upload_key(upload: object) -> str:
    """The name of the key of an upload."""
    return f"upload-{upload}"


@contextmanager
def kept(upload: SealedUpload) -> Iterator[None]:
    """Put a received file into its place, where it stays if the block makes its row.

    Else it goes, and its key with it. A note lies beside it until the row is sure, and is held
    while the block runs: so the next start knows whom it finds cut off.
    """
    whole = sealed_path(upload.upload)
    try:
        with alone(whole.parent, str(upload.upload)):
            on_the_disk(whole.parent)  # the note, before there is a key
            keep_file(upload)
            yield
    except BaseException:
        if never_came(Bringing, upload.upload):
            _take_back(upload.upload)
        raise
    note = whole.with_suffix(_NOTE)
    transaction.on_commit(lambda: note.unlink(missing_ok=True), robust=True)


def _take_back(upload: object) -> None:
    """A file that no row came to goes, and its key: no bytes of it that stay on the disk open.

    The note goes last, so that what fails, or is cut off, is done at the next start.
    """
    whole = sealed_path(upload)
    try:
        for path in (whole, whole.with_suffix(_PART)):
            path.unlink(missing_ok=True)
        destroy_key(upload_key(upload))
        whole.with_suffix(_NOTE).unlink(missing_ok=True)
    except OSError as error:
        _log.warning("A file that was not kept is left: %s", type(error).__name__)


def keep_file(upload: SealedUpload) -> None:
    """Put a received file into its place, on the disk before anybody is told that it is there."""
    assert upload.file is not None
    whole = sealed_path(upload.upload)
    part = whole.with_suffix(_PART)
    with part.open("wb") as out:
        write_head(out, key_for(upload_key(upload.upload)), str(upload.upload), upload.key)
        shutil.copyfileobj(upload.file, out)
        out.flush()
        os.fsync(out.fileno())
    part.replace(whole)
    on_the_disk(whole.parent)


def _chunks(bringing: Bringing) -> Iterator[bytes]:
    """What was brought in; raises `DamagedUpload`."""
    try:
        ring = ring_key(upload_key(bringing.id))
    except KeyGone as error:
        raise DamagedUpload from error
    with sealed_path(bringing.id).open("rb") as sealed:
        key = read_head(sealed, ring, str(bringing.id))
        yield from read_chunks(sealed, key, str(bringing.id))


def delete_file(bringing: Bringing) -> None:
    """Delete an upload's file; deleting twice is no error. Its key goes with its row."""
    sealed_path(bringing.id).unlink(missing_ok=True)


def delete_forgotten_files() -> None:
    """Delete uploads that no chat belongs to: whoever brought or took them away was cut off.

    The key goes, too, of one that was being brought in. Of any other it went with the row, or that
    row is in another database, which may come back. In one in which nobody has begun no file is
    known, and none is deleted: it may have come in the place of the one that knows them.
    """
    if not Couple.objects.exists():
        return
    there = list(sealed_path("any").parent.iterdir())
    # Looked at before the rows: what is held no more by then has its row, or is taken back.
    held = {path.stem for path in there if is_done(path.parent, path.stem)}
    known = {str(pk) for pk in Bringing.objects.values_list("pk", flat=True)}
    for path in there:
        if path.stem in held:
            continue  # by another companion on this data folder
        if path.suffix in (_PART, _NOTE) and path.stem not in known:
            _take_back(path.stem)
        elif path.suffix != _WHOLE or path.stem not in known:
            path.unlink(missing_ok=True)


def delete_plain_files() -> None:
    """Delete what a worker that was killed left readable.

    To be called while no other worker of this data folder reads.
    """
    for where in (MEMORY, Path(settings.DATA)):
        for folder in where.glob(f"{_plain_prefix()}*"):
            shutil.rmtree(folder, ignore_errors=True)


def _plain_prefix() -> str:
    """Begins the name of every folder of readable files, and tells one data folder from another."""
    return f"turntoward-{derive(settings.APPLICATION_KEY, 'plain files').hex()[:12]}-"


def _roomy(bringings: list[Bringing]) -> Path:
    """The memory file system where there is one with room enough, else the data folder."""
    needed = _UNPACKED * sum(bringing.size for bringing in bringings)
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > needed:
        return MEMORY
    return Path(settings.DATA)


@contextmanager
def plain_files(bringings: list[Bringing]) -> Iterator[list[Path]]:
    """The files, readable while the block runs: in memory where the machine offers that."""
    where = _roomy(bringings)
    with tempfile.TemporaryDirectory(prefix=_plain_prefix(), dir=where) as folder:
        paths = []
        for n, bringing in enumerate(bringings):
            path = Path(folder) / f"chat{n}{bringing.suffix}"
            with path.open("wb") as out:
                for chunk in _chunks(bringing):
                    out.write(chunk)
            paths.append(path)
        # What a reader unpacks meanwhile lies in the same place, and goes with it.
        usual, tempfile.tempdir = tempfile.tempdir, folder
        try:
            yield paths
        finally:
            tempfile.tempdir = usual


def _place(couple: object, owner: object | None) -> str:
    return f"reading:{couple}:{owner or 'both'}"


def reading_key(stored: StoredReading) -> str:
    """The name of the key of a stored reading."""
    number = bytes(stored.sealed)[:_NUMBER]
    return _reading_key(stored.couple_id, stored.owner_id, number)


def _reading_key(couple: object, owner: object | None, number: bytes) -> str:
    return f"reading-{couple}-{owner or 'both'}.{number.hex()}"


def seal_reading(
    reading: Reading, couple: Couple, owner: Partner | None, before: StoredReading | None = None
) -> bytes:
    """A reading as it is stored, bound to whose it is.

    In the row of `before` it keeps the key of that one: whoever reads it meanwhile still can.
    """
    whose = (couple.pk, owner.pk if owner else None)
    number = bytes(before.sealed)[:_NUMBER] if before else b""
    try:
        key = ring_key(_reading_key(*whose, number))
    except KeyGone:
        # None before, or it is not here: then none takes its place, and nothing needs it any more.
        if before:
            let_go([_reading_key(*whose, number)])
        number = secrets.token_bytes(_NUMBER)
        key = made_key(_reading_key(*whose, number))
    return number + seal(key, encode(reading), _place(*whose))


def stored_for(partner: Partner) -> StoredReading | None:
    """The reading of both where there is one, else this partner's own side."""
    visible = StoredReading.objects.visible_to(partner)
    return visible.order_by(F("owner").asc(nulls_first=True)).first()


def open_reading(stored: StoredReading) -> Reading:
    """The reading again; raises `DamagedReading` where it was changed or is of another version."""
    try:
        key = ring_key(reading_key(stored))
        place = _place(stored.couple_id, stored.owner_id)
        return decode(unseal(key, bytes(stored.sealed)[_NUMBER:], place))
    except (InvalidTag, KeyGone) as error:
        raise DamagedReading(
            _("The stored reading was changed or its key is missing. Bring the chat in again.")
        ) from error
