"""Words that one of the two gives to the other: sealed at rest, and read by both.

Other than private words (`vault`), they open with the application key: a copied database shows
nothing of them, whoever runs this machine can read them. docs/privacy.md says so.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from django.conf import settings

from turntoward.web.couples.models import Couple
from turntoward.web.keys import derive, seal, unseal


class Unreadable(Exception):
    """What was sealed does not open here: a byte changed, or it was moved from another row."""


def seal_shared(couple: Couple, words: str, where: str) -> bytes:
    """Seal words for the two at `where` (see `vault.place`)."""
    return seal(_key(couple), words.encode(), where)


def open_shared(couple: Couple, sealed: bytes, where: str) -> str:
    """The words again; raises `Unreadable`."""
    try:
        return unseal(_key(couple), bytes(sealed), where).decode()
    except InvalidTag as error:
        raise Unreadable from error


def _key(couple: Couple) -> bytes:
    return derive(settings.APPLICATION_KEY, f"shared words of {couple.pk}")
