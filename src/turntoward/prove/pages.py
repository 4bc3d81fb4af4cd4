"""What lies under the encryption of a database file: every page, also the free ones and the log.

To look for what must not be there although nobody without the key could read it: erased is to mean
erased under the encryption, too. A page of SQLCipher 4 is 4096 bytes, the last 80 of which are an
initial vector and a digest; the first page begins with a salt (zetetic.net/sqlcipher/design).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE, _RESERVED, _VECTOR, _SALT = 4096, 80, 16, 16
#: A log begins with 32 bytes; each page in it has 24 before it, the first four being its number.
_LOG_HEAD, _FRAME_HEAD = 32, 24


def bare_bytes(database: Path, key: bytes | None) -> bytes:
    """The bytes of a database file and of its log as they would lie there without encryption.

    With `key` None they do, and are returned as they are.
    """
    log = database.with_name(f"{database.name}-wal")
    files = [file.read_bytes() if file.exists() else b"" for file in (database, log)]
    if key is None:
        return b"".join(files)
    return b"".join((*_of_file(files[0], key), *_of_log(files[1], key)))


def _of_file(file: bytes, key: bytes) -> Iterator[bytes]:
    for start in range(0, len(file) - _PAGE + 1, _PAGE):
        yield _opened(file[start : start + _PAGE], key, first=start == 0)


def _of_log(log: bytes, key: bytes) -> Iterator[bytes]:
    size = _FRAME_HEAD + _PAGE
    for start in range(_LOG_HEAD, len(log) - size + 1, size):
        (number,) = struct.unpack_from(">I", log, start)
        page = log[start + _FRAME_HEAD : start + size]
        yield _opened(page, key, first=number == 1)


def _opened(page: bytes, key: bytes, *, first: bool) -> bytes:
    vector = page[-_RESERVED : -_RESERVED + _VECTOR]
    sealed = page[_SALT if first else 0 : -_RESERVED]
    opening = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return opening.update(sealed) + opening.finalize()
