"""Files and readings at rest: everything sealed, everything gone when it is deleted."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.conf import settings

from turntoward.errors import DamagedReading
from turntoward.reading.codec import decode, encode
from turntoward.reading.reading import Reading
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.keys import derive, seal, unseal
from turntoward.web.readings.models import Bringing, StoredReading
from turntoward.web.readings.upload import SealedUpload, read_chunks, uploads_key


def sealed_path(upload: object) -> Path:
    """Where an upload lies."""
    folder = Path(settings.DATA) / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{upload}.sealed"


def keep_file(upload: SealedUpload) -> None:
    """Put a received file into its place."""
    assert upload.file is not None
    with sealed_path(upload.upload).open("wb") as out:
        shutil.copyfileobj(upload.file, out)


def delete_file(bringing: Bringing) -> None:
    """Delete an upload's file; deleting twice is no error."""
    sealed_path(bringing.id).unlink(missing_ok=True)


@contextmanager
def plain_files(bringings: list[Bringing]) -> Iterator[list[Path]]:
    """The files, readable while the block runs: in memory where the machine offers that."""
    memory = Path("/dev/shm")
    where = memory if memory.is_dir() else Path(settings.DATA)
    with tempfile.TemporaryDirectory(prefix="turntoward-", dir=where) as folder:
        paths = []
        for n, bringing in enumerate(bringings):
            path = Path(folder) / f"chat{n}{bringing.suffix}"
            with sealed_path(bringing.id).open("rb") as sealed, path.open("wb") as out:
                for chunk in read_chunks(sealed, uploads_key(), str(bringing.id)):
                    out.write(chunk)
            paths.append(path)
        yield paths


def _readings_key() -> bytes:
    return derive(settings.APPLICATION_KEY, "readings")


def _place(couple: object, owner: object | None) -> str:
    return f"reading:{couple}:{owner or 'both'}"


def seal_reading(reading: Reading, couple: Couple, owner: Partner | None) -> bytes:
    """A reading as it is stored, bound to whose it is."""
    return seal(_readings_key(), encode(reading), _place(couple.pk, owner.pk if owner else None))


def open_reading(stored: StoredReading) -> Reading:
    """The reading again; raises `DamagedReading` where it was changed or is of another version."""
    try:
        place = _place(stored.couple_id, stored.owner_id)
        return decode(unseal(_readings_key(), bytes(stored.sealed), place))
    except InvalidTag as error:
        raise DamagedReading(
            "The stored reading was changed or its key is missing. Bring the chat in again."
        ) from error
