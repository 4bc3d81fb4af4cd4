"""One at a time, across processes: a file in the data folder that one of them holds locked."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_LOOKS_AGAIN_S = 0.1


@contextmanager
def alone(data: Path, doing: str) -> Iterator[None]:
    """Wait until nobody else in this data folder is `doing` the same; then hold that for the block.

    A process that is killed lets go of it.
    """
    with (data / f"{doing}.lock").open("ab") as file:
        while not _locked(file):
            time.sleep(_LOOKS_AGAIN_S)
        yield


def is_done(data: Path, doing: str) -> bool:
    """Whether some process of this data folder is `doing` that now."""
    path = data / f"{doing}.lock"
    if not path.exists():
        return False
    with path.open("ab") as file:
        return not _locked(file)


if sys.platform == "win32":
    import msvcrt

    def _locked(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
