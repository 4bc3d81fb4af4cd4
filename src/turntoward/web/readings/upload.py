"""Receiving a chat export: sealed chunk by chunk, so that its words never lie bare on the disk.

Each chunk is AES-256-GCM under a key that this file alone has, and bound to the upload, its place
in the file and whether it is the last: chunks cannot be swapped, dropped or cut off. That key is in
memory while a file arrives; kept, the file begins with it, sealed under a key of the ring. So with
one small key a large file is gone from every copy, and what nobody keeps leaves no key behind.
"""

from __future__ import annotations

import secrets
import struct
import tempfile
import uuid
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from turntoward.web.keys import KEY_BYTES, seal, unseal

_LENGTH = struct.Struct(">IB")
#: What stands where chunks say whether they are the last: this begins a file.
_HEAD = 2
#: Endings that the readers know; whatever else arrives is looked at all the same.
SUFFIXES = (
    ".txt", ".zip", ".json", ".jsonl", ".ndjson", ".xml", ".csv", ".tsv", ".html", ".db", ".sqlite",
    ".tar", ".tgz", ".gz",
)  # fmt: skip


class DamagedUpload(Exception):
    """A stored upload was cut off or changed."""


def write_head(file: IO[bytes], ring: bytes, upload: str, key: bytes) -> None:
    """Begin a kept file: its own key, sealed under the one of the ring."""
    sealed = seal(ring, key, f"upload:{upload}")
    file.write(_LENGTH.pack(len(sealed), _HEAD) + sealed)


def begins_with_its_key(file: IO[bytes]) -> bool:
    """False for a file of before, which was sealed under a derived key; nothing is passed over."""
    head = file.read(_LENGTH.size)
    file.seek(0)
    return len(head) == _LENGTH.size and _LENGTH.unpack(head)[1] == _HEAD


def read_head(file: IO[bytes], ring: bytes, upload: str) -> bytes:
    """The key of a kept file, whose chunks come next; raises `DamagedUpload`."""
    head = file.read(_LENGTH.size)
    if len(head) < _LENGTH.size or head[-1] != _HEAD:
        raise DamagedUpload
    try:
        return unseal(ring, file.read(_LENGTH.unpack(head)[0]), f"upload:{upload}")
    except InvalidTag as error:
        raise DamagedUpload from error


def write_chunk(file: IO[bytes], key: bytes, upload: str, n: int, plain: bytes, last: bool) -> None:
    """Append one sealed chunk."""
    sealed = seal(key, plain, f"upload:{upload}:{n}:{int(last)}")
    file.write(_LENGTH.pack(len(sealed), last) + sealed)


def read_chunks(file: IO[bytes], key: bytes, upload: str) -> Iterator[bytes]:
    """The plain chunks; raises `DamagedUpload` unless every one is there and unchanged."""
    n, last = 0, 0
    while not last:
        head = file.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            raise DamagedUpload
        length, last = _LENGTH.unpack(head)
        sealed = file.read(length)
        # A head that says more than there is, or another number for the end, was changed.
        if len(sealed) != length or last > 1:
            raise DamagedUpload
        try:
            yield unseal(key, sealed, f"upload:{upload}:{n}:{last}")
        except InvalidTag as error:
            raise DamagedUpload from error
        n += 1
    if file.read(1):
        raise DamagedUpload


class SealedUpload(UploadedFile[bytes]):
    """A received file: `file` holds its chunks sealed with `key`, in a nameless temporary file."""

    def __init__(
        self, file: IO[bytes], upload: uuid.UUID, suffix: str, size: int, key: bytes
    ) -> None:
        super().__init__(file=file, name=f"chat{suffix}", size=size)
        self.upload = upload
        self.key = key
        self.suffix = suffix
        self.too_large = size > settings.MAX_UPLOAD_BYTES


class SealedUploadHandler(FileUploadHandler):
    """Seals what arrives. Anywhere but on the Bring in page, files are ignored."""

    chunk_size = 1024 * 1024

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file, or skip it where none is expected."""
        super().new_file(*args, **kwargs)
        if self.request is None or not self.request.path.startswith("/bring-in/"):
            raise SkipFile
        self._upload, self._n, self._size = uuid.uuid4(), 0, 0
        self._key = secrets.token_bytes(KEY_BYTES)
        self._held: bytes | None = None
        # Nameless: it vanishes by itself when nobody claims it.
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=settings.DATA)  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal the chunk before this one; the newest waits, it may be the last."""
        self._size += len(raw_data)
        if self._size > settings.MAX_UPLOAD_BYTES:
            return
        if self._held is not None:
            self._write(self._held, last=False)
        self._held = raw_data

    def file_complete(self, file_size: int) -> SealedUpload:
        """Seal the last chunk."""
        self._write(self._held or b"", last=True)
        self._file.seek(0)
        suffix = PurePath(self.file_name or "").suffix.lower()
        known = suffix if suffix in SUFFIXES else ".txt"
        return SealedUpload(self._file, self._upload, known, self._size, self._key)

    def _write(self, plain: bytes, *, last: bool) -> None:
        write_chunk(self._file, self._key, str(self._upload), self._n, plain, last)
        self._n += 1


def sealed_from_bytes(plain: bytes, suffix: str) -> SealedUpload:
    """A file that this program made itself (the demo's), sealed like any other."""
    upload, file, key = uuid.uuid4(), BytesIO(), secrets.token_bytes(KEY_BYTES)
    write_chunk(file, key, str(upload), 0, plain, last=True)
    file.seek(0)
    return SealedUpload(file, upload, suffix, len(plain), key)
