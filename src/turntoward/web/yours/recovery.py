"""The recovery code: letters that open the vault once, where the passphrase is forgotten."""

from __future__ import annotations

import secrets

#: Letters that are not taken for one another, in handwriting either.
_LETTERS = "abcdefghjkmnpqrstwxyz"
_GROUPS = 10
_IN_A_GROUP = 4


def new_code() -> str:
    """Ten groups of four letters, such as `kbtm wqae …`: more than 170 bits of chance."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS))
    return " ".join(groups)


def plain(code: str) -> str:
    """The code as it is derived from: however it was typed, with or without spaces and dashes."""
    return "".join(letter for letter in code.casefold() if letter.isalpha())
