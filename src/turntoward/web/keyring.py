"""Keys that can be destroyed: a file each, beside the application key, outside the data folder.

The application key is for as long as the companion is: what was sealed under it, or under a key
that is derived from it, opens again from any copy. What has to be gone from every copy, backups
included, is sealed under a key of this ring: with the file of that key it is gone.
"""

from __future__ import annotations

import logging
import os
import secrets
from pathlib import Path

from django.conf import settings

from turntoward.web.keys import KEY_BYTES, on_the_disk, once
from turntoward.web.places import key_folder
from turntoward.web.tombs import digest, note_destroyed

_log = logging.getLogger(__name__)


class KeyGone(Exception):
    """There is no such key here: it was destroyed, or never brought along."""


def ring_folder() -> Path:
    """Where the keys of this data folder lie, made if it is missing."""
    name = once(Path(settings.DATA) / "id", lambda: secrets.token_hex(8)).decode().strip()
    folder = key_folder() / f"{name}.ring"
    if not folder.is_dir():
        folder.mkdir(mode=0o700, exist_ok=True)
        on_the_disk(folder.parent)
    return folder


def is_whole() -> bool:
    """Whether keys of this data folder are here at all: else the folder of keys is another one."""
    return ring_folder().with_suffix(".key").exists() or bool(names())


def made_key(name: str) -> bytes:
    """The key called `name` (letters, digits, dots and dashes), made where there is none yet."""
    stored = once(_file(name), lambda: secrets.token_hex(KEY_BYTES))
    return bytes.fromhex(stored.decode().strip())


def ring_key(name: str) -> bytes:
    """The key called `name`; raises `KeyGone`. Never kept in memory: destroyed is destroyed."""
    try:
        return bytes.fromhex(_file(name).read_text().strip())
    except (FileNotFoundError, ValueError) as error:
        raise KeyGone(name) from error


def names() -> list[str]:
    """Every key there is."""
    return sorted(path.stem for path in ring_folder().glob("*.key"))


def destroy_key(name: str) -> None:
    """Overwrite the key and take it away; twice is no error. To be called after the commit.

    Noted before (`tombs`), so that no file of keys brings it back.
    """
    path = _file(name)
    try:
        note_destroyed(path.parent.stem, [digest(name)])
    except OSError as error:  # a full disk keeps no key: it is noted at the next start
        _log.warning("A key was destroyed and not noted: %s", type(error).__name__)
    try:
        with path.open("r+b") as file:
            file.write(b"-" * (2 * KEY_BYTES))  # no key, should this be cut off before the next
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return
    on_the_disk(path.parent)


def _file(name: str) -> Path:
    return ring_folder() / f"{name}.key"
