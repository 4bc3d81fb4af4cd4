"""Files and readings at rest: everything sealed, everything gone when it is deleted."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from turntoward.errors import DamagedReading
from turntoward.reading.codec import decode, encode
from turntoward.reading.reading import Reading
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.keys import derive, seal, unseal
from turntoward.web.readings.models import Bringing, StoredReading
from turntoward.web.readings.upload import SealedUpload, read_chunks, uploads_key

#: Files here are never written to a disk.
MEMORY = Path("/dev/shm")
#: Room that a file may need, unpacked copies included, in times of its own size.
_UNPACKED = 8


def sealed_path(upload: object) -> Path:
    """Where an upload lies."""
    folder = Path(settings.DATA) / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{upload}.sealed"


def keep_file(upload: SealedUpload) -> None:
    """Put a received file into its place, on the disk before anybody is told that it is there."""
    assert upload.file is not None
    whole = sealed_path(upload.upload)
    part = whole.with_suffix(".part")
    with part.open("wb") as out:
        shutil.copyfileobj(upload.file, out)
        out.flush()
        os.fsync(out.fileno())
    part.replace(whole)


def delete_file(bringing: Bringing) -> None:
    """Delete an upload's file; deleting twice is no error."""
    sealed_path(bringing.id).unlink(missing_ok=True)


def delete_forgotten_files() -> None:
    """Delete uploads that no chat belongs to: whoever brought or took them away was cut off.

    To be called while nobody can bring in a file.
    """
    known = {f"{pk}.sealed" for pk in Bringing.objects.values_list("pk", flat=True)}
    for path in sealed_path("any").parent.iterdir():
        if path.name not in known:
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
            with sealed_path(bringing.id).open("rb") as sealed, path.open("wb") as out:
                for chunk in read_chunks(sealed, uploads_key(), str(bringing.id)):
                    out.write(chunk)
            paths.append(path)
        # What a reader unpacks meanwhile lies in the same place, and goes with it.
        usual, tempfile.tempdir = tempfile.tempdir, folder
        try:
            yield paths
        finally:
            tempfile.tempdir = usual


def _readings_key() -> bytes:
    return derive(settings.APPLICATION_KEY, "readings")


def _place(couple: object, owner: object | None) -> str:
    return f"reading:{couple}:{owner or 'both'}"


def seal_reading(reading: Reading, couple: Couple, owner: Partner | None) -> bytes:
    """A reading as it is stored, bound to whose it is."""
    return seal(_readings_key(), encode(reading), _place(couple.pk, owner.pk if owner else None))


def stored_for(partner: Partner) -> StoredReading | None:
    """The reading of both where there is one, else this partner's own side."""
    visible = StoredReading.objects.visible_to(partner)
    return visible.order_by(F("owner").asc(nulls_first=True)).first()


def open_reading(stored: StoredReading) -> Reading:
    """The reading again; raises `DamagedReading` where it was changed or is of another version."""
    try:
        place = _place(stored.couple_id, stored.owner_id)
        return decode(unseal(_readings_key(), bytes(stored.sealed), place))
    except InvalidTag as error:
        raise DamagedReading(
            _("The stored reading was changed or its key is missing. Bring the chat in again.")
        ) from error
