"""The outside of a backup: a head that says whose it is, then pieces sealed one by one.

Each piece is AES-256-GCM under a key of this backup alone, bound to the head, its place and whether
it is the last: pieces cannot be swapped, dropped or cut off. That key stands in the head, sealed
with one that is derived from the application key.
"""

from __future__ import annotations

import io
import re
import secrets
import struct
from typing import IO, Any

from cryptography.exceptions import InvalidTag

from turntoward.errors import TurntowardError
from turntoward.web.keys import KEY_BYTES, derive, seal, unseal

#: Bytes of a piece; with what seals it 28 more.
PIECE = 1024 * 1024
_HEAD = b"turntoward backup 1\n"
_ID = re.compile(rb"[0-9a-f]{16}")
_LENGTH = struct.Struct(">IB")
_SEALED_KEY_BYTES = 12 + KEY_BYTES + 16


class Damaged(TurntowardError):
    """A backup that was changed or cut off, or is none; the message says what to do."""


def of_folder(file: IO[bytes]) -> str:
    """The id of the data folder that a backup is of; its keys go by that name."""
    head = file.read(len(_HEAD))
    if head != _HEAD:
        if head.startswith(_HEAD[: len(_HEAD) - 2]):
            raise Damaged("This backup was made by a newer Turntoward. Update it, then try again.")
        raise Damaged("This is no backup of Turntoward. Choose a file that turntoward backup made.")
    found = file.read(16)
    if not _ID.fullmatch(found):
        raise _damaged()
    return found.decode()


def _damaged() -> Damaged:
    return Damaged("This backup is damaged or was changed. Nothing was restored. Take another one.")


class Sealing(io.RawIOBase):
    """Seals what is written into `file`; `finish` writes the last piece."""

    def __init__(self, file: IO[bytes], folder: str, application_key: bytes) -> None:
        super().__init__()
        self._file, self._n, self._held = file, 0, bytearray()
        self._key, self._bound = secrets.token_bytes(KEY_BYTES), f"backup of {folder}"
        key = seal(derive(application_key, "backups"), self._key, self._bound)
        file.write(_HEAD + folder.encode() + key)

    def writable(self) -> bool:
        """It is written to."""
        return True

    def write(self, plain: Any, /) -> int:
        """Keep it, and seal every whole piece that is followed by more."""
        self._held += plain
        while len(self._held) > PIECE:
            self._piece(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(plain)

    def finish(self) -> None:
        """Seal what is left: with it the backup is whole."""
        self._piece(bytes(self._held), last=True)

    def _piece(self, plain: bytes, *, last: bool) -> None:
        sealed = seal(self._key, plain, f"{self._bound}:{self._n}:{int(last)}")
        self._file.write(_LENGTH.pack(len(sealed), last) + sealed)
        self._n += 1


class Opening(io.RawIOBase):
    """Reads what was sealed; raises `Damaged` at the first piece that is not as it was written."""

    def __init__(self, file: IO[bytes], application_key: bytes) -> None:
        super().__init__()
        self._file, self._n, self._last, self._plain = file, 0, False, b""
        folder = of_folder(file)
        self._bound = f"backup of {folder}"
        sealed = file.read(_SEALED_KEY_BYTES)
        try:
            self._key = unseal(derive(application_key, "backups"), sealed, self._bound)
        except (InvalidTag, ValueError) as error:
            raise _damaged() from error

    def readable(self) -> bool:
        """It is read from."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill `buffer` with what comes next; 0 at the end."""
        while not self._plain and not self._last:
            self._plain = self._next()
        given = self._plain[: len(buffer)]
        buffer[: len(given)] = given
        self._plain = self._plain[len(given) :]
        return len(given)

    def to_the_end(self) -> None:
        """Read what is left: only then it is known that nothing was cut off."""
        while not self._last:
            self._next()
        if self._file.read(1):
            raise _damaged()

    def _next(self) -> bytes:
        head = self._file.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            raise _damaged()
        length, last = _LENGTH.unpack(head)
        if length > 2 * PIECE or last > 1:
            raise _damaged()
        sealed = self._file.read(length)
        if len(sealed) != length:
            raise _damaged()
        try:
            plain = unseal(self._key, sealed, f"{self._bound}:{self._n}:{last}")
        except (InvalidTag, ValueError) as error:
            raise _damaged() from error
        self._n, self._last = self._n + 1, bool(last)
        return plain
