"""Words that one of the two gives to the other: sealed at rest, and read by both.

Other than private words (`vault`), they open with a key that these two have beside the database: a
copied database shows nothing of them, whoever runs this machine can read them. When one of the two
goes, and when a reading of both goes, that key is replaced (`renew_key`): what was deleted opens
from no copy any more. docs/privacy.md says so.
"""

from __future__ import annotations

from typing import Any

from cryptography.exceptions import InvalidTag
from django.db import transaction

from turntoward.web.couples.gone import couple_key, key_for, let_go
from turntoward.web.couples.models import Couple
from turntoward.web.couples.shared_fields import SHARED
from turntoward.web.keyring import KeyGone, ring_key
from turntoward.web.keys import seal, unseal


class Unreadable(Exception):
    """What was sealed does not open here: a byte changed, it was moved, or its key is gone."""


def seal_shared(couple: Couple, words: str, where: str) -> bytes:
    """Seal words for the two at `where` (see `vault.place`).

    To be called in the transaction that keeps them, before other rows are locked: until it ends the
    key is not replaced. Raises `KeyGone` where the two are gone, or their key is not here.
    """
    with transaction.atomic():
        fresh = Couple.objects.select_for_update().get(pk=couple.pk)
        couple.keys_before = fresh.keys_before
        return seal(ring_key(_name(fresh)), words.encode(), where)


def open_shared(couple: Couple, sealed: bytes, where: str) -> str:
    """The words again; raises `Unreadable`."""
    try:
        return unseal(ring_key(_name(couple)), bytes(sealed), where).decode()
    except (InvalidTag, KeyGone) as error:
        raise Unreadable from error


def renew_key(couple: Couple) -> None:
    """Another key for the two: what is still there is sealed anew, and the old key goes.

    To be called in the transaction that deletes, after it did. Until that is sure the old key
    stays; after it, the new one has long been on the disk. Where the old one is not here, nothing
    can be sealed anew, and all stays as it is: it can still be brought back.
    """
    with transaction.atomic():
        fresh = Couple.objects.select_for_update().get(pk=couple.pk)
        old_name = _name(fresh)
        try:
            old = ring_key(old_name)
        except KeyGone:
            return
        fresh.keys_before += 1
        new = key_for(_name(fresh))
        for field in SHARED:
            for row in field.rows(fresh.pk):
                _seal_anew(row, field.name, field.place(row), old, new)
        fresh.save(update_fields=["keys_before"])
        couple.keys_before = fresh.keys_before
        let_go([old_name])


def _seal_anew(row: Any, name: str, where: str, old: bytes, new: bytes) -> None:
    """What did not open before stays as it is: it opens with no key."""
    try:
        plain = unseal(old, bytes(getattr(row, name)), where)
    except InvalidTag:
        return
    type(row)._base_manager.filter(pk=row.pk).update(**{name: seal(new, plain, where)})


def _name(couple: Couple) -> str:
    return couple_key(couple.pk, couple.keys_before)
