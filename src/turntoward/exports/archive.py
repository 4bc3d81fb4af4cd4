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
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from turntoward.errors import UnreadableExport

#: A chat of a million messages is about 70 MB of text or 360 MB of JSON.
MAX_BYTES = 1 << 30
#: WhatsApp exports at most about 10,000 messages with media; a folder of Telegram holds more.
MAX_ENTRIES = 50_000
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
    zip: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]

    def basenames(self) -> frozenset[str]:
        """The names of all files in it, without folders."""
        return frozenset(PurePosixPath(name).name for name in self.members)

    def head(self, member: str, size: int) -> bytes:
        """The first `size` bytes of a member."""
        return next(self._unpack(member, size), b"")[:size]

    def read(self, member: str) -> bytes:
        """A whole member; `UnreadableExport` where it is a bomb or damaged."""
        packed = max(self.members[member].compress_size, 1)
        parts: list[bytes] = []
        total = 0
        for part in self._unpack(member, _CHUNK):
            total += len(part)
            if total > MAX_BYTES or (total > _RATIO_FROM and total > packed * MAX_RATIO):
                raise UnreadableExport(
                    f"{self.path.name} unpacks to far more than a chat holds, so it was not read. "
                    "Export the chat again and bring in that file."
                )
            parts.append(part)
        return b"".join(parts)

    def _unpack(self, member: str, size: int) -> Iterator[bytes]:
        info = self.members[member]
        if info.flag_bits & 1:
            raise UnreadableExport(
                f"{self.path.name} is locked with a password. Unpack it, and bring in the chat "
                "file that lies inside."
            )
        if info.compress_type not in _READABLE:
            raise _damaged(self.path)
        try:
            with self.zip.open(info) as stream:
                while part := stream.read(size):
                    yield part
        except _DAMAGE as error:
            raise _damaged(self.path) from error


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a zip; `UnreadableExport` where it is damaged, hostile or has too many entries."""
    try:
        if _directory_bytes(path) > MAX_ENTRIES * _DIRECTORY_BYTES_PER_ENTRY:
            raise _too_many(path)
        archive = zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise _damaged(path) from error
    with archive:
        infos = archive.infolist()
        if len(infos) > MAX_ENTRIES:
            raise _too_many(path)
        if any(_leads_outside(info.filename) for info in infos):
            raise UnreadableExport(
                f"{path.name} holds file names that lead outside of it, which no messenger writes, "
                "so it was not read. Export the chat again and bring in that file."
            )
        members = {info.filename: info for info in infos if not info.is_dir()}
        yield Archive(path=path, zip=archive, members=members)


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


def _damaged(path: Path) -> UnreadableExport:
    return UnreadableExport(
        f"{path.name} is a damaged zip, or one that was not copied to its end. "
        "Export the chat again and bring in that file."
    )


def _too_many(path: Path) -> UnreadableExport:
    return UnreadableExport(
        f"{path.name} holds more than {MAX_ENTRIES:,} files, far more than a chat export. "
        "Bring in only the export of the chat with your partner."
    )
