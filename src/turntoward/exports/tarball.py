"""Tar files, as Skype and Google Takeout (`.tgz`) export them, read without trusting them.

Only plain files count: links, devices and files with holes are passed over, and names are never
used to write. A tar packs nothing, so no file in it can grow beyond the tar itself; where gzip
packs the tar, it is unpacked into a private file first, and every byte of that is counted.
"""

from __future__ import annotations

import gzip
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from turntoward.errors import UnreadableExport
from turntoward.exports.bundle import MAX_BYTES, MAX_ENTRIES, private_copy
from turntoward.exports.limits import Budget
from turntoward.exports.members import check_inside, damaged, title_of, told_apart, too_many

_MAGIC_AT, _MAGIC = 257, b"ustar"
_GZIP = b"\x1f\x8b\x08"
_CHUNK = 1 << 20
#: Of a packed tar, pictures included.
MAX_UNPACKED = 1 << 30
_DAMAGE = (
    tarfile.TarError, EOFError, OSError, ValueError, OverflowError, RecursionError, MemoryError,
    zlib.error,
)  # fmt: skip


def is_tarball(head: bytes) -> bool:
    """True for a tar, or for what gzip packed; `head` is at least its first 262 bytes."""
    return _is_plain(head) or head.startswith(_GZIP)


def _is_plain(head: bytes) -> bool:
    return head[_MAGIC_AT : _MAGIC_AT + len(_MAGIC)] == _MAGIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Tarball:
    """An open tar: `members` maps the full name of each file in it to its entry.

    `budget` is what may still be unpacked of it, `shrunk` its size on the disk as a part of what
    it unpacked to: 1 where nothing packed it.
    """

    title: str
    tar: tarfile.TarFile
    members: dict[str, tarfile.TarInfo]
    budget: Budget
    shrunk: float = 1.0

    @property
    def single(self) -> bool:
        """False: other files may lie beside each one."""
        return False

    def names(self) -> tuple[str, ...]:
        """The names of all files in it, with their folders, in order."""
        return tuple(self.members)

    def head(self, name: str, size: int) -> bytes:
        """The first `size` bytes of a member."""
        return next(self._parts(name, size), b"")

    def read(self, name: str) -> bytes:
        """A whole member; `UnreadableExport` where it is too large or damaged."""
        return b"".join(self._watched(name))

    def place(self, name: str) -> AbstractContextManager[Path]:
        """A private copy of a member under a name of our own; gone afterwards."""
        return private_copy(self._watched(name))

    def packed(self, name: str) -> int:
        """How many bytes of what was brought in hold this member."""
        return int(self.members[name].size * self.shrunk)

    def _watched(self, name: str) -> Iterator[bytes]:
        size = self.members[name].size
        if size > MAX_BYTES:
            raise UnreadableExport(
                f"{self.title} holds a file larger than {MAX_BYTES >> 30} GB, far more than a "
                "chat, so it was not read. Export only the chat with your partner."
            )
        if not self.budget.glance(size):
            raise _too_large(self.title)
        yield from self._parts(name, _CHUNK)

    def _parts(self, name: str, size: int) -> Iterator[bytes]:
        try:
            stream = self.tar.extractfile(self.members[name])
            while stream is not None and (part := stream.read(size)):
                yield part
        except _DAMAGE as error:
            raise damaged(self.title, "tar") from error


@contextmanager
def open_tarball(
    path: Path, title: str | None = None, budget: Budget | None = None
) -> Iterator[Tarball]:
    """Open a tar; `UnreadableExport` where it is damaged, hostile or has too many entries."""
    title, size = title or title_of(path), path.stat().st_size
    budget = budget or Budget(packed=size)
    with ExitStack() as stack:
        try:
            with path.open("rb") as file:
                packed = file.read(len(_GZIP)) == _GZIP
            place = stack.enter_context(_unpacked(path, title, budget)) if packed else path
            tar = stack.enter_context(tarfile.TarFile(place))
            members = told_apart(_members(tar, title))
        except _DAMAGE as error:
            raise damaged(title, "tar") from error
        shrunk = min(1.0, size / max(place.stat().st_size, 1))
        yield Tarball(title=title, tar=tar, members=members, budget=budget, shrunk=shrunk)


@contextmanager
def _unpacked(path: Path, title: str, budget: Budget) -> Iterator[Path]:
    """The tar that gzip packed, under a name of our own; gone afterwards."""
    total = 0
    with tempfile.TemporaryDirectory(prefix="turntoward-") as folder:
        tar = Path(folder) / "tar"
        with gzip.open(path) as stream, tar.open("xb") as file:
            while part := stream.read(_CHUNK):
                if not total and not _is_plain(part):
                    raise UnreadableExport(
                        f"{title} is packed, but not as a folder of files. Unpack it and bring in "
                        "what lies inside."
                    )
                total += len(part)
                if not budget.take(len(part)) or total > MAX_UNPACKED:
                    raise _too_large(title)
                file.write(part)
        yield tar


def _members(tar: tarfile.TarFile, title: str) -> Iterator[tuple[str, tarfile.TarInfo]]:
    place, seen = -1, 0
    for member in tar:
        # Sizes below zero lead back to where the reader has been, again and again.
        if member.offset <= place or member.size < 0:
            raise damaged(title, "tar")
        place, seen = member.offset, seen + 1
        if seen > MAX_ENTRIES:
            raise too_many(title, MAX_ENTRIES)
        check_inside(member.name, title)
        if member.isreg() and not member.issparse():
            yield member.name.removeprefix("./"), member


def _too_large(title: str) -> UnreadableExport:
    return UnreadableExport(
        f"{title} unpacks to far more than a chat holds, so it was not read. "
        "Unpack it yourself and bring in only the folder with the chats."
    )
