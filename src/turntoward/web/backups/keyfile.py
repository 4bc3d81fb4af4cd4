"""The keys of a data folder in one file, to be kept apart from the backups.

It is sealed under a recovery code that is shown once and stored nowhere: 128 random bits, from
which Argon2id derives the key. Without this file or without the code, no backup opens on another
machine.
"""

from __future__ import annotations

import base64
import os
import re
import secrets
from pathlib import Path

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag

from turntoward.errors import TurntowardError
from turntoward.web.keys import KEY_BYTES, on_the_disk, seal, unseal
from turntoward.web.places import key_folder
from turntoward.web.tombs import IS_DIGEST, destroyed, digest, note_destroyed

_HEAD = b"turntoward keys 1\n"
_SALT_BYTES = 16
_CODE_BYTES = 16
#: RFC 9106, second recommended option: 64 MiB, three passes.
_TIME_COST, _MEMORY_KIB, _LANES = 3, 64 * 1024, 4
#: One that was being destroyed as the program was cut off holds no such thing (`keyring`).
_IS_KEY, _IS_NAME = re.compile(rf"[0-9a-f]{{{2 * KEY_BYTES}}}"), re.compile(r"[A-Za-z0-9.-]+")


class KeysShut(TurntowardError):
    """The keys cannot be written, or the file does not open; the message says what to do."""


class Keys(msgspec.Struct, frozen=True, kw_only=True):
    """The id of a data folder, its application key and its ring, in hexadecimal.

    `destroyed` are digests of the names of keys that were to go (`tombs`).
    """

    folder: str
    application: str
    ring: dict[str, str]
    destroyed: list[str] = []


def keys_here(folder: str) -> Keys | None:
    """The keys of the data folder `folder` (its id) on this machine; None where there are none."""
    stored = key_folder() / f"{folder}.key"
    if not stored.exists():
        return None
    found = {path.stem: _read(path) for path in sorted(_ring(folder).glob("*.key"))}
    return Keys(
        folder=folder,
        application=stored.read_text().strip(),
        ring={name: key for name, key in found.items() if _IS_KEY.fullmatch(key)},
        destroyed=sorted(destroyed(folder)),
    )


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        return ""  # destroyed meanwhile


def write_keys(out: Path, keys: Keys) -> str:
    """Write them to `out`, which must not be there yet, and return the recovery code."""
    code, salt = secrets.token_bytes(_CODE_BYTES), secrets.token_bytes(_SALT_BYTES)
    sealed = seal(_key(code, salt), msgspec.json.encode(keys), _place(salt))
    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise KeysShut(f"There is a file {out} already. Choose another name.") from error
    shown = _shown(code)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_HEAD + salt + sealed)
            file.flush()
            os.fsync(file.fileno())
        on_the_disk(out.parent)
        if read_keys(out, shown) != keys:
            raise KeysShut(f"{out} could not be read again. Choose another disk.")
        _note(keys)
    except BaseException:
        out.unlink(missing_ok=True)  # nobody has seen its code
        raise
    return shown


def read_keys(file: Path, code: str) -> Keys:
    """The keys in a file, opened with its recovery code; raises `KeysShut`."""
    content = file.read_bytes()
    if not content.startswith(_HEAD):
        raise KeysShut(f"{file} holds no keys. Give the file that turntoward keys made.")
    salt, sealed = content[len(_HEAD) :][:_SALT_BYTES], content[len(_HEAD) + _SALT_BYTES :]
    if len(salt) < _SALT_BYTES:
        raise KeysShut(f"{file} was cut off. Give another copy of it.")
    try:
        plain = unseal(_key(_typed(code), salt), sealed, _place(salt))
        return msgspec.json.decode(plain, type=Keys)
    except (InvalidTag, ValueError) as error:
        raise KeysShut("The code does not open this file. Look at each group once more.") from error


def not_in_a_file(folder: str) -> int:
    """How many keys of the ring were made since the keys were last written to a file."""
    there = {digest(path.stem) for path in _ring(folder).glob("*.key")}
    return len(there - _noted(folder))


def bring(keys: Keys) -> None:
    """Lay the keys of a file into the key folder, where they are missing.

    One that was destroyed, here or where the file was written, stays so.
    """
    here = keys_here(keys.folder)
    if here is not None and here.application != keys.application:
        stored = key_folder() / f"{keys.folder}.key"
        raise KeysShut(f"{stored} is another key of this companion. Move it away, then try again.")
    there = {} if here is None else here.ring
    both = keys.ring.keys() & there.keys()
    files = ", ".join(f"{name}.key" for name in sorted(both) if keys.ring[name] != there[name])
    if files:
        raise KeysShut(
            f"{_ring(keys.folder)} holds other keys by the same names: {files}. Move these files "
            "away and keep them, then try again."
        )
    gone = destroyed(keys.folder) | set(keys.destroyed)
    missing = keys.ring.keys() - there.keys()
    new = {name: keys.ring[name] for name in missing if digest(name) not in gone}
    put_back(msgspec.structs.replace(keys, ring=new))
    _note(keys)


def put_back(keys: Keys) -> None:
    """Write these keys into the key folder."""
    if not _IS_KEY.fullmatch(keys.application) or not all(
        _IS_KEY.fullmatch(key) and _IS_NAME.fullmatch(name) for name, key in keys.ring.items()
    ):
        raise KeysShut("This file holds something that is no key. It is not used.")
    note_destroyed(keys.folder, filter(IS_DIGEST.fullmatch, keys.destroyed))
    ring = _ring(keys.folder)
    ring.mkdir(mode=0o700, exist_ok=True)
    for name, key in keys.ring.items():
        _kept(ring / f"{name}.key", key)
    # Last: with it the keys count as there.
    _kept(key_folder() / f"{keys.folder}.key", keys.application)
    on_the_disk(ring)
    on_the_disk(key_folder())


def _kept(path: Path, key: str) -> None:
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _ring(folder: str) -> Path:
    return key_folder() / f"{folder}.ring"


def _note(keys: Keys) -> None:
    """Note that these are in a file, beside those that have been in one before."""
    noted = _noted(keys.folder) | {digest(name) for name in keys.ring}
    (key_folder() / f"{keys.folder}.in-a-file").write_text("\n".join(sorted(noted)))


def _noted(folder: str) -> set[str]:
    """Digests of the names of the keys that have been in a file here."""
    path = key_folder() / f"{folder}.in-a-file"
    return set(path.read_text().split()) if path.exists() else set()


def _key(code: bytes, salt: bytes) -> bytes:
    return hash_secret_raw(code, salt, _TIME_COST, _MEMORY_KIB, _LANES, KEY_BYTES, Type.ID)


def _place(salt: bytes) -> str:
    return f"keys:{salt.hex()}"


def _shown(code: bytes) -> str:
    """Twenty-six letters and digits in groups of four; no 0, 1, 8 or 9 among them."""
    letters = base64.b32encode(code).decode().rstrip("=").lower()
    return "-".join(letters[n : n + 4] for n in range(0, len(letters), 4))


def _typed(code: str) -> bytes:
    letters = "".join(filter(str.isalnum, code)).upper().replace("0", "O").replace("1", "I")
    try:
        return base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError as error:
        raise KeysShut(
            "The code has 26 letters and digits. Look at each group once more."
        ) from error
