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

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from turntoward.web.places import key_folder

KEY_BYTES = 32
_NONCE_BYTES = 12


def application_key(data: Path) -> bytes:
    """The key of this data folder; made once, readable by its owner alone."""
    name = once(data / "id", lambda: secrets.token_hex(8)).decode().strip()
    stored = once(key_folder() / f"{name}.key", lambda: secrets.token_hex(KEY_BYTES))
    return bytes.fromhex(stored.decode().strip())


def once(path: Path, make: Callable[[], str]) -> bytes:
    """Read `path`, or make it first; two processes that start at once agree on one content."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        # A link appears whole or not at all, and only the first one wins.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_bytes()


def derive(key: bytes, purpose: str) -> bytes:
    """A key for one purpose, so that no key serves two."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def seal(key: bytes, plain: bytes, place: str) -> bytes:
    """Encrypt `plain` (AES-256-GCM), bound to `place`: moved elsewhere it does not open."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """What was sealed at `place`; raises `cryptography.exceptions.InvalidTag` on any change."""
    return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.encode())
