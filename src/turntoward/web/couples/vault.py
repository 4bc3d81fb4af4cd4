"""The vault: private words are encrypted for their writer, under a key that only the writer opens.

Each partner has one data key. It is stored wrapped twice: under a key derived from the passphrase
(Argon2id), and around that under a key that lies outside the database and can be destroyed
(`keyring`). Neither the partner nor a copy of the database can read the words.

Writing needs no open vault: from the data key follows a pair of keys, of which the public one is
stored. Words are sealed to it (HPKE, RFC 9180), and only the data key opens them. Whoever alters
the running program can still read along: docs/privacy.md says so.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from django.conf import settings

from turntoward.web.keys import KEY_BYTES, derive, seal, unseal

#: RFC 9106, second recommended option: 64 MiB, three passes.
_TIME_COST = 3
_MEMORY_KIB = 64 * 1024
_LANES = 4
SALT_BYTES = 16
#: A data key under the passphrase alone, as it was kept before: nonce, key and tag.
WRAPPED_ONCE_BYTES = 12 + KEY_BYTES + 16

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
#: How words begin that are sealed with the public key. What was sealed before begins with chance.
_FORM = b"words-2:"
_LENGTH_BYTES = 4
_SEALED_NOTHING_BEFORE = 12 + 16
_SEALED_NOTHING = len(_FORM) + _LENGTH_BYTES + KEY_BYTES + 16


class VaultShut(Exception):
    """The passphrase or key does not open this vault, or what it holds was changed."""


class NotOpenedYet(VaultShut):
    """A vault of before: what words are sealed with follows from its key, and is not known yet."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A data key at rest: the salt of the passphrase's key, and the data key sealed under it."""

    salt: bytes
    sealed: bytes

    @property
    def once(self) -> bool:
        """Whether it is of before, when the passphrase alone wrapped it."""
        return len(self.sealed) == WRAPPED_ONCE_BYTES


class Writer(Protocol):
    """Whose words are sealed."""

    @property
    def vault_public(self) -> bytes | memoryview | None:
        """Their public key; None until a vault from before was opened once."""


def _from_passphrase(passphrase: str, salt: bytes) -> bytes:
    return hash_secret_raw(
        passphrase.encode(), salt, _TIME_COST, _MEMORY_KIB, _LANES, KEY_BYTES, Type.ID
    )


def new_vault(passphrase: str, owner: str, ring: bytes) -> tuple[bytes, Wrapped]:
    """A new data key for `owner` (an id), bare and wrapped."""
    key = secrets.token_bytes(KEY_BYTES)
    return key, wrap(key, passphrase, owner, ring)


def wrap(key: bytes, passphrase: str, owner: str, ring: bytes) -> Wrapped:
    """The data key of `owner` as it is kept under this passphrase, and under their `ring` key.

    What it sealed stays sealed.
    """
    salt = secrets.token_bytes(SALT_BYTES)
    inner = seal(_from_passphrase(passphrase, salt), key, f"vault:{owner}")
    return Wrapped(salt, seal(derive(ring, "vault"), inner, f"vault:{owner}"))


def open_vault(wrapped: Wrapped, passphrase: str, owner: str, ring: bytes) -> bytes:
    """The data key; raises `VaultShut` on a wrong passphrase or ring key.

    One of before opens without the ring key (`Wrapped.once`).
    """
    try:
        inner = wrapped.sealed
        if not wrapped.once:
            inner = unseal(derive(ring, "vault"), inner, f"vault:{owner}")
        key = _from_passphrase(passphrase, wrapped.salt)
        return unseal(key, inner, f"vault:{owner}")
    except (InvalidTag, ValueError) as error:
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


def public_of(key: bytes) -> bytes:
    """With what words are sealed that only the data key `key` opens: 32 bytes."""
    return _private(key).public_key().public_bytes_raw()


def _private(key: bytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(derive(key, "vault: the pair for words"))


def lock_words(writer: Writer, words: str, where: str) -> bytes:
    """Private words, sealed for their writer at `where` (see `place`); no open vault is needed.

    Raises `NotOpenedYet` where the writer's vault is of before and was not opened since.
    """
    return _with_one_more(writer, _FORM, words, where)


def lock_below(writer: Writer, sealed: bytes, words: str, where: str) -> bytes:
    """What is `sealed` at `where`, unread, with `words` below it; raises as `lock_words`."""
    if not sealed.startswith(_FORM):
        sealed = _FORM + len(sealed).to_bytes(_LENGTH_BYTES) + sealed
    return _with_one_more(writer, sealed, words, where)


def _with_one_more(writer: Writer, before: bytes, words: str, where: str) -> bytes:
    if writer.vault_public is None:
        raise NotOpenedYet
    public = X25519PublicKey.from_public_bytes(bytes(writer.vault_public))
    piece = _SUITE.encrypt(words.encode(), public, _info(where, before))
    return before + len(piece).to_bytes(_LENGTH_BYTES) + piece


def _info(where: str, before: bytes) -> bytes:
    """What a piece is bound to: its place, all that stands before it, and this data folder's key.

    The public key lies in the database; without the key that does not, nobody seals words with it
    that would pass for their writer's.
    """
    bound = where.encode() + hashlib.sha256(before).digest()
    return hmac.digest(derive(settings.APPLICATION_KEY, "private words"), bound, "sha256")


def unlock_words(key: bytes, sealed: bytes, where: str) -> str:
    """The words again, what was put below them included; raises `VaultShut` as `unlock_each`.

    The same words twice in a row, as by a double tap on a page that was locked, are said once.
    """
    return "\n".join(words for words, _ in groupby(unlock_each(key, sealed, where)))


def unlock_each(key: bytes, sealed: bytes, where: str) -> list[str]:
    """The words again, in the pieces in which they were locked, the first one first.

    Raises `VaultShut` on a wrong key, a moved row or a changed byte.
    """
    if sealed.startswith(_FORM):
        try:
            return _pieces(key, sealed, where)
        except VaultShut:
            # Words of before may begin like that, by chance.
            return [_of_before(key, sealed, where)]
    return [_of_before(key, sealed, where)]


def _pieces(key: bytes, sealed: bytes, where: str) -> list[str]:
    private, at = _private(key), len(_FORM)
    found: list[str] = []
    while at < len(sealed) or not found:
        begins = at + _LENGTH_BYTES
        ends = begins + int.from_bytes(sealed[at:begins])
        piece = sealed[begins:ends]
        if len(piece) != ends - begins or not piece:
            raise VaultShut
        try:
            plain = _SUITE.decrypt(piece, private, _info(where, sealed[:at]))
            found.append(plain.decode())
        except (InvalidTag, ValueError) as error:
            if found:
                raise VaultShut from error
            found.append(_of_before(key, piece, where))
        at = ends
    return found


def _of_before(key: bytes, sealed: bytes, where: str) -> str:
    try:
        return unseal(key, sealed, where).decode()
    except (InvalidTag, ValueError) as error:
        raise VaultShut from error


def holds_nothing(sealed: bytes) -> bool:
    """Whether there are no words in it: a sealed nothing is as long as what seals it."""
    if sealed.startswith(_FORM):
        return len(sealed) <= _SEALED_NOTHING
    return len(sealed) <= _SEALED_NOTHING_BEFORE


def mark_of(sealed: bytes | memoryview | None) -> str:
    """By which a form says what it showed: of what is sealed, so it says nothing of the words."""
    return "" if sealed is None else hashlib.sha256(bytes(sealed)).hexdigest()[:32]


def written_over(
    writer: Writer,
    sealed: bytes | memoryview | None,
    words: str,
    where: str,
    shown: str,
    key: bytes | None = None,
) -> bytes | None:
    """What is to be kept at `where` once `words` were sent by a form; None for nothing.

    A form that `shown` what is there (`mark_of`) replaces it, or empties it. One that did not,
    because it was locked or came from elsewhere meanwhile, never takes it away: words go below it.
    With the `key` of an open vault the same words again, as by a double tap, stand there once.
    """
    if sealed is not None and words and key is not None and _says(key, sealed, words, where):
        return bytes(sealed)
    if sealed is None or (shown and shown == mark_of(sealed)):
        return lock_words(writer, words, where) if words else None
    return lock_below(writer, bytes(sealed), words, where) if words else bytes(sealed)


def _says(key: bytes, sealed: bytes | memoryview, words: str, where: str) -> bool:
    try:
        return unlock_words(key, bytes(sealed), where) == words
    except VaultShut:
        return False
