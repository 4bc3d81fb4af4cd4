"""The vault: private words are encrypted for their writer, under a key that only the writer opens.

Each partner has one data key. It is stored wrapped under a key derived from the passphrase
(Argon2id), so neither the partner nor a copy of the database can read the words. While signed in,
the data key lies in the session wrapped under a key that only this browser's cookie holds. Whoever
alters the running program can still read along: docs/privacy.md says so.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag

from turntoward.web.keys import KEY_BYTES, seal, unseal

#: RFC 9106, second recommended option: 64 MiB, three passes.
_TIME_COST = 3
_MEMORY_KIB = 64 * 1024
_LANES = 4
SALT_BYTES = 16


class VaultShut(Exception):
    """The passphrase or key does not open this vault, or what it holds was changed."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A data key at rest: the salt of the passphrase's key, and the data key sealed under it."""

    salt: bytes
    sealed: bytes


def _from_passphrase(passphrase: str, salt: bytes) -> bytes:
    return hash_secret_raw(
        passphrase.encode(), salt, _TIME_COST, _MEMORY_KIB, _LANES, KEY_BYTES, Type.ID
    )


def new_vault(passphrase: str, owner: str) -> tuple[bytes, Wrapped]:
    """A new data key for `owner` (an id), bare and wrapped."""
    key = secrets.token_bytes(KEY_BYTES)
    return key, wrap(key, passphrase, owner)


def wrap(key: bytes, passphrase: str, owner: str) -> Wrapped:
    """The data key of `owner` as it is kept under this passphrase; what it sealed stays sealed."""
    salt = secrets.token_bytes(SALT_BYTES)
    return Wrapped(salt, seal(_from_passphrase(passphrase, salt), key, f"vault:{owner}"))


def open_vault(wrapped: Wrapped, passphrase: str, owner: str) -> bytes:
    """The data key; raises `VaultShut` on a wrong passphrase."""
    try:
        key = _from_passphrase(passphrase, wrapped.salt)
        return unseal(key, wrapped.sealed, f"vault:{owner}")
    except InvalidTag as error:
        raise VaultShut from error


def for_session(key: bytes) -> tuple[str, str]:
    """The data key for a signed-in browser: what the cookie holds, and what the session holds."""
    cookie = secrets.token_bytes(KEY_BYTES)
    return cookie.hex(), seal(cookie, key, "session").hex()


def from_session(cookie: str, session: str) -> bytes:
    """The data key again; raises `VaultShut` where cookie and session do not belong together."""
    try:
        return unseal(bytes.fromhex(cookie), bytes.fromhex(session), "session")
    except (InvalidTag, ValueError) as error:
        raise VaultShut from error


def place(table: str, field: str, row: str, owner: str) -> str:
    """What a ciphertext is bound to, so that it cannot be moved to another row or person."""
    return f"{table}:{field}:{row}:{owner}"


def lock_words(key: bytes, words: str, where: str) -> bytes:
    """Private words, sealed for their writer at `where` (see `place`)."""
    return seal(key, words.encode(), where)


def unlock_words(key: bytes, sealed: bytes, where: str) -> str:
    """The words again; raises `VaultShut` on a wrong key, a moved row or a changed byte."""
    try:
        return unseal(key, sealed, where).decode()
    except InvalidTag as error:
        raise VaultShut from error
