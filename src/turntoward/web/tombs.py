"""Which keys were destroyed here: digests of their names, beside the ring that they were in.

A key that is missing may have been lost, or not been brought along; one that is noted here was to
go, and no file of keys brings it back.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from turntoward.web.keys import on_the_disk
from turntoward.web.places import key_folder

IS_DIGEST = re.compile(r"[0-9a-f]{64}")


def digest(name: str) -> str:
    """A key's name as it is noted: it does not say who left."""
    return hashlib.sha256(name.encode()).hexdigest()


def destroyed(folder: str) -> set[str]:
    """Digests of the names of all keys of the data folder `folder` (its id) that were destroyed."""
    path = _file(folder)
    return set(IS_DIGEST.findall(path.read_text())) if path.exists() else set()


def note_destroyed(folder: str, digests: Iterable[str]) -> None:
    """Note these, too; once it returns they are on the disk."""
    path, new = _file(folder), sorted(set(digests) - destroyed(folder))
    if not new:
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w") as file:
        # A line before, too: what was cut off in the middle stays a line of its own.
        file.write("".join(f"\n{one}\n" for one in new))
        file.flush()
        os.fsync(file.fileno())
    on_the_disk(path.parent)


def _file(folder: str) -> Path:
    return key_folder() / f"{folder}.destroyed"
