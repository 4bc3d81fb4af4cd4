"""Zip files, read without trusting them: nothing is extracted, and every size is watched.

What a zip says of its own sizes is not believed: bytes are counted while they are unpacked, and
only the members that are read are unpacked at all, so a bomb among the photos costs nothing.
"""

from __future__ import annotations

import lzma
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from turntoward.errors import UnreadableExport
from turntoward.exports.bundle import MAX_BYTES, MAX_ENTRIES

#: Chats shrink about five to twenty times; a bomb shrinks a thousand times.
MAX_RATIO = 200
#: Below this size the ratio proves nothing.
_RATIO_FROM = 8 << 20
_CHUNK = 1 << 20
_DIRECTORY_BYTES_PER_ENTRY = 200
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError,
    NotImplementedError, RuntimeError, ValueError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An open zip: `members` maps the full name of each file in it to its entry."""

    path: Path
    title: str
    zip: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]

    @property
    def single(self) -> bool:
        """False: other files may lie beside each one."""
        return False

    def names(self) -> tuple[str, ...]:
        """The names of all files in it, with their folders, in order."""
        return tuple(self.members)

    def head(self, name: str, size: int) -> bytes:
        """The first `size` bytes of a member."""
        return next(self._unpack(name, size), b"")[:size]

    def read(self, name: str) -> bytes:
        """A whole member; `UnreadableExport` where it is a bomb or damaged."""
        return b"".join(self._watched(name))

    @contextmanager
    def place(self, name: str) -> Iterator[Path]:
        """A private copy of a member under a name of our own; gone afterwards."""
        with tempfile.TemporaryDirectory(prefix="turntoward-") as folder:
            copy = Path(folder) / "file"
            with copy.open("xb") as file:
                for part in self._watched(name):
                    file.write(part)
            yield copy

    def _watched(self, name: str) -> Iterator[bytes]:
        packed = max(self.members[name].compress_size, 1)
        total = 0
        for part in self._unpack(name, _CHUNK):
            total += len(part)
            if total > MAX_BYTES or (total > _RATIO_FROM and total > packed * MAX_RATIO):
                raise UnreadableExport(
                    f"{self.title} unpacks to far more than a chat holds, so it was not read. "
                    "Export the chat again and bring in that file."
                )
            yield part

    def _unpack(self, member: str, size: int) -> Iterator[bytes]:
        info = self.members[member]
        if info.flag_bits & 1:
            raise UnreadableExport(
                f"{self.title} is locked with a password. Unpack it, and bring in the chat "
                "file that lies inside."
            )
        if info.compress_type not in _READABLE:
            raise _damaged(self.title)
        try:
            with self.zip.open(info) as stream:
                while part := stream.read(size):
                    yield part
        except _DAMAGE as error:
            raise _damaged(self.title) from error


@contextmanager
def open_archive(path: Path, title: str | None = None) -> Iterator[Archive]:
    """Open a zip; `UnreadableExport` where it is damaged, hostile or has too many entries."""
    title = title or path.name
    try:
        if _directory_bytes(path) > MAX_ENTRIES * _DIRECTORY_BYTES_PER_ENTRY:
            raise _too_many(title)
        archive = zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise _damaged(title) from error
    with archive:
        infos = archive.infolist()
        if len(infos) > MAX_ENTRIES:
            raise _too_many(title)
        if not all(info.filename for info in infos):
            raise _damaged(title)
        if any(_leads_outside(info.filename) for info in infos):
            raise UnreadableExport(
                f"{title} holds file names that lead outside of it, which no messenger writes, "
                "so it was not read. Export the chat again and bring in that file."
            )
        members = {info.filename: info for info in infos if not info.is_dir()}
        yield Archive(path=path, title=title, zip=archive, members=members)


def _leads_outside(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or plain[1:3] == ":/"


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


def _damaged(title: str) -> UnreadableExport:
    return UnreadableExport(
        f"{title} is a damaged zip, or one that was not copied to its end. "
        "Export the chat again and bring in that file."
    )


def _too_many(title: str) -> UnreadableExport:
    return UnreadableExport(
        f"{title} holds more than {MAX_ENTRIES:,} files, far more than a chat export. "
        "Bring in only the export of the chat with your partner."
    )
