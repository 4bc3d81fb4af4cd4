"""The application key: one per data folder, kept outside it, from which the others are derived.

It protects a copied data folder or backup. It does not protect against whoever runs this machine:
docs/privacy.md says so. Private words do not depend on it; they have their writer's own key.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from turntoward.web.places import key_folder

KEY_BYTES = 32
_NONCE_BYTES, _TAG_BYTES = 12, 16
_NO_KEY = (
    "The keys of {data} are not in {keys}. If they lie in another folder, name it with "
    "TURNTOWARD_KEYS; else bring them back: turntoward restore BACKUP --keys FILE --data ANOTHER."
)


def application_key(data: Path) -> bytes:
    """The key of this data folder; made once, readable by its owner alone.

    Not made anew for a folder that is in use: that one would open nothing in it, and stand in the
    way of the one that does.
    """
    known_by = data / "id"
    if not known_by.exists() and not _is_in_use(data):
        # The key first: where the folder has an id, it has had a key.
        new = secrets.token_hex(8)
        path = _path(new)
        once(path, lambda: secrets.token_hex(KEY_BYTES))
        if once(known_by, lambda: new).decode().strip() != new:
            path.unlink()  # another start was quicker
    name = once(known_by, lambda: secrets.token_hex(8)).decode().strip()
    path = _path(name)
    if not path.exists() and _is_in_use(data):
        raise SystemExit(_NO_KEY.format(data=data, keys=path.parent))
    return bytes.fromhex(once(path, lambda: secrets.token_hex(KEY_BYTES)).decode().strip())


def _path(name: str) -> Path:
    return key_folder() / f"{name}.key"


def _is_in_use(data: Path) -> bool:
    """Whether something may be sealed; of rows on another server only the id here tells."""
    database = data / "turntoward.sqlite3"
    holds_rows = database.exists() and database.stat().st_size > 0
    elsewhere = bool(os.environ.get("TURNTOWARD_DATABASE")) and (data / "id").exists()
    return elsewhere or holds_rows or any((data / "uploads").glob("*.sealed"))


def once(path: Path, make: Callable[[], str]) -> bytes:
    """Read `path`, or make it first; two processes that start at once agree on one content."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w") as file:
                file.write(make())
                file.flush()
                os.fsync(file.fileno())
            # A link appears whole or not at all, and only the first one wins.
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
        finally:  # on a full disk, too
            draft.unlink()
        on_the_disk(path.parent)
    return path.read_bytes()


def on_the_disk(folder: Path) -> None:
    """Return once what was made or deleted in `folder` stays so, also when the power goes.

    Else a key could be lost that a database on the same disk relies on already.
    """
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def derive(key: bytes, purpose: str) -> bytes:
    """A key for one purpose, so that no key serves two."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def seal(key: bytes, plain: bytes, place: str) -> bytes:
    """Encrypt `plain` (AES-256-GCM), bound to `place`: moved elsewhere it does not open."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """What was sealed at `place`; raises `cryptography.exceptions.InvalidTag` on any change."""
    if len(sealed) < _NONCE_BYTES + _TAG_BYTES:
        raise InvalidTag
    return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.encode())
