"""What was brought in, seen as files with names: one file, a folder, or a zip."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from turntoward.errors import UnreadableExport
from turntoward.exports.members import shown, title_of, told_apart

#: A chat of a million messages is about 70 MB of text or 360 MB of JSON.
MAX_BYTES = 1 << 30
#: WhatsApp exports at most about 10,000 messages with media; a folder of Telegram holds more.
MAX_ENTRIES = 50_000


class Bundle(Protocol):
    """Files by their names inside (with folders, separated by `/`)."""

    @property
    def title(self) -> str:
        """The name of what was brought in, for sentences."""

    @property
    def single(self) -> bool:
        """True for one file alone: nothing lies beside it."""

    def names(self) -> tuple[str, ...]:
        """The names of all files in it, in order."""

    def head(self, name: str, size: int) -> bytes:
        """The first `size` bytes of a file."""

    def read(self, name: str) -> bytes:
        """A whole file; `UnreadableExport` where it is too large or damaged."""

    def place(self, name: str) -> AbstractContextManager[Path]:
        """The file as one on the disk, for as long as it is needed."""

    def packed(self, name: str) -> int:
        """How many bytes of what was brought in hold this file."""


@dataclass(frozen=True, slots=True)
class LooseFile:
    """One file on the disk. Its only name is its whole path, for folders tell whose it is."""

    path: Path

    @property
    def title(self) -> str:
        return title_of(self.path)

    @property
    def single(self) -> bool:
        return True

    def names(self) -> tuple[str, ...]:
        return (shown(self.path.absolute().as_posix()),)

    def head(self, name: str, size: int) -> bytes:
        return _head(self.path, size)

    def read(self, name: str) -> bytes:
        return _whole(self.path)

    def place(self, name: str) -> AbstractContextManager[Path]:
        return nullcontext(self.path)

    def packed(self, name: str) -> int:
        return self.path.stat().st_size


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on the disk with all that lies in it; links are not followed.

    `files` maps the names that are shown to where the files lie.
    """

    path: Path
    files: Mapping[str, Path]

    @property
    def title(self) -> str:
        return title_of(self.path)

    @property
    def single(self) -> bool:
        return False

    def names(self) -> tuple[str, ...]:
        return tuple(self.files)

    def head(self, name: str, size: int) -> bytes:
        return _head(self.files[name], size)

    def read(self, name: str) -> bytes:
        return _whole(self.files[name])

    def place(self, name: str) -> AbstractContextManager[Path]:
        return nullcontext(self.files[name])

    def packed(self, name: str) -> int:
        return self.files[name].stat().st_size


@contextmanager
def open_folder(path: Path) -> Iterator[Folder]:
    """List a folder; `UnreadableExport` where it holds far more than an export does."""
    files: list[tuple[str, Path]] = []
    for at, folders, names in os.walk(path):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        inside = Path(at)
        files += [
            ((inside / name).relative_to(path).as_posix(), inside / name)
            for name in sorted(names)
            if not (inside / name).is_symlink() and (inside / name).is_file()
        ]
        if len(files) > MAX_ENTRIES:
            raise UnreadableExport(
                f"{title_of(path)} holds more than {MAX_ENTRIES:,} files, far more than a chat "
                "export. Choose only the folder that the messenger exported."
            )
    yield Folder(path, told_apart(files))


@contextmanager
def private_copy(parts: Iterable[bytes]) -> Iterator[Path]:
    """What is unpacked as a file that only we can read; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="turntoward-") as folder:
        copy = Path(folder) / "file"
        with copy.open("xb") as file:
            file.writelines(parts)
        yield copy


def base(name: str) -> str:
    """The name of a file without its folders."""
    return PurePosixPath(name).name


def _head(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def _whole(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableExport(
            f"{title_of(path)} is larger than {MAX_BYTES >> 30} GB, far more than one chat. "
            "Export only the chat with your partner."
        )
    return path.read_bytes()
