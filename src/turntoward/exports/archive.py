"""Zip files, read without trusting them: nothing is extracted, and every size is watched.

What a zip says of its own sizes is not believed: bytes are counted while they are unpacked, and
only the members that are read are unpacked at all, so a bomb among the photos costs nothing.
"""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from turntoward.errors import UnreadableExport
from turntoward.exports.bundle import MAX_BYTES, MAX_ENTRIES, private_copy
from turntoward.exports.limits import Budget, grew_too_much
from turntoward.exports.members import check_inside, damaged, title_of, told_apart, too_many

_CHUNK = 1 << 20
_DIRECTORY_BYTES_PER_ENTRY = 200
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError,
    NotImplementedError, RuntimeError, ValueError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An open zip: `members` maps the full name of each file in it to its entry.

    `budget` is what may still be unpacked of it.
    """

    path: Path
    title: str
    zip: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    budget: Budget

    @property
    def single(self) -> bool:
        """False: other files may lie beside each one."""
        return False

    def names(self) -> tuple[str, ...]:
        """The names of all files in it, with their folders, in order."""
        return tuple(self.members)

    def head(self, name: str, size: int) -> bytes:
        """The first `size` bytes of a member."""
        part = next(self._unpack(name, size), b"")[:size]
        if not self.budget.glance(len(part)):
            raise self._too_large()
        return part

    def read(self, name: str) -> bytes:
        """A whole member; `UnreadableExport` where it is a bomb or damaged."""
        return b"".join(self._watched(name))

    def place(self, name: str) -> AbstractContextManager[Path]:
        """A private copy of a member under a name of our own; gone afterwards."""
        return private_copy(self._watched(name))

    def packed(self, name: str) -> int:
        """How many bytes of what was brought in hold this member."""
        return min(self.members[name].compress_size, self.budget.packed)

    def _watched(self, name: str) -> Iterator[bytes]:
        packed, total = self.packed(name), 0
        try:
            for part in self._unpack(name, _CHUNK):
                total += len(part)
                allowed = self.budget.take(len(part))
                if not allowed or total > MAX_BYTES or grew_too_much(total, packed):
                    raise self._too_large()
                yield part
        except UnreadableExport:
            self.budget.forget(total)
            raise

    def _too_large(self) -> UnreadableExport:
        return UnreadableExport(
            f"{self.title} unpacks to far more than a chat holds, so it was not read. "
            "Export the chat again and bring in that file."
        )

    def _unpack(self, member: str, size: int) -> Iterator[bytes]:
        info = self.members[member]
        if info.flag_bits & 1:
            raise UnreadableExport(
                f"{self.title} is locked with a password. Unpack it, and bring in the chat "
                "file that lies inside."
            )
        if info.compress_type not in _READABLE:
            raise damaged(self.title, "zip")
        try:
            with self.zip.open(info) as stream:
                while part := stream.read(size):
                    yield part
        except _DAMAGE as error:
            raise damaged(self.title, "zip") from error


@contextmanager
def open_archive(
    path: Path, title: str | None = None, budget: Budget | None = None
) -> Iterator[Archive]:
    """Open a zip; `UnreadableExport` where it is damaged, hostile or has too many entries."""
    title = title or title_of(path)
    try:
        if _directory_bytes(path) > MAX_ENTRIES * _DIRECTORY_BYTES_PER_ENTRY:
            raise too_many(title, MAX_ENTRIES)
        archive = zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise damaged(title, "zip") from error
    with archive:
        infos = archive.infolist()
        if len(infos) > MAX_ENTRIES:
            raise too_many(title, MAX_ENTRIES)
        if not all(info.filename for info in infos):
            raise damaged(title, "zip")
        for info in infos:
            check_inside(info.filename, title)
        members = told_apart((info.filename, info) for info in infos if not info.is_dir())
        budget = budget or Budget(packed=path.stat().st_size)
        yield Archive(path=path, title=title, zip=archive, members=members, budget=budget)


def _directory_bytes(path: Path) -> int:
    """How long the zip's table of contents claims to be, before anything of it is loaded."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 66_000))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 20:
        return 0  # zipfile will say that this is no zip
    (claimed,) = struct.unpack_from("<I", tail, at + 12)
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if claimed == 0xFFFFFFFF and wide >= 0 and len(tail) >= wide + 48:
        (claimed,) = struct.unpack_from("<Q", tail, wide + 40)
    return int(claimed)
