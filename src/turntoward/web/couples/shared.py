"""Words that one of the two gives to the other: sealed at rest, and read by both.

Other than private words (`vault`), they open with a key that these two have beside the database: a
copied database shows nothing of them, whoever runs this machine can read them. When one of the two
goes, and when a reading of both goes, that key is replaced (`renew_key`): what was deleted opens
from no copy any more. docs/privacy.md says so.

Where their key is missing on this machine the two go on with another one, of a name of its own: the
missing one can still be brought, and what it sealed opens again then.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db import transaction

from turntoward.web import keyring
from turntoward.web.couples.gone import couple_key, key_for, keys_of_couple, let_go, number_of
from turntoward.web.couples.models import Couple
from turntoward.web.couples.shared_fields import SHARED
from turntoward.web.keyring import KeyGone, ring_key
from turntoward.web.keys import seal, unseal

_FAR = 1 << 20
#: What goes into the box of whoever stays, where somebody leaves with gifts.
_GIFTS = ("noticed.Given", "weather.Weather", "topics.Topic")


class Unreadable(Exception):
    """What was sealed does not open here: a byte changed, it was moved, or its key is gone."""


def seal_shared(couple: Couple, words: str, where: str) -> bytes:
    """Seal words for the two at `where` (see `vault.place`).

    To be called in the transaction that keeps them, before other rows are locked: until it ends the
    key is not replaced. Raises `KeyGone` where the folder of keys is not there as a whole.
    """
    with transaction.atomic():
        fresh = Couple.objects.select_for_update().get(pk=couple.pk)
        try:
            key = ring_key(_name(fresh))
        except KeyGone:
            key = _another(fresh, missing=True)
        couple.keys_before = fresh.keys_before
        return seal(key, words.encode(), where)


def open_shared(couple: Couple, sealed: bytes, where: str) -> str:
    """The words again; raises `Unreadable`."""
    try:
        return unseal(ring_key(_name(couple)), bytes(sealed), where).decode()
    except (InvalidTag, KeyGone):
        pass
    # One that was brought back since: those that were let go are not here.
    words = _opened_with(_keys(couple).values(), bytes(sealed), where)
    if words is None:
        raise Unreadable
    return words.decode()


def look_for_keys(couple: Couple) -> None:
    """Raise `KeyGone` where a key of the two is missing that gifts of theirs are sealed with.

    Where none was ever missing, what does not open is not asked for: no key brings it back.
    """
    ring_key(_name(couple))
    if couple.keys_before < _FAR:
        return
    keys = _keys(couple).values()
    for field in (one for one in SHARED if one.model in _GIFTS):
        for row in field.rows(couple.pk):
            if _opened_with(keys, bytes(getattr(row, field.name)), field.place(row)) is None:
                raise KeyGone(_name(couple))


def renew_key(couple: Couple) -> None:
    """Another key for the two: what is still there is sealed anew, and the old key goes.

    To be called in the transaction that deletes, after it did. Until that is sure the old key
    stays; after it, the new one has long been on the disk. What a key has sealed that is not here
    stays as it is: it can still be brought.
    """
    with transaction.atomic():
        fresh = Couple.objects.select_for_update().get(pk=couple.pk)
        old, before = _keys(fresh), fresh.keys_before
        new = _another(fresh, missing=_name(fresh) not in old)
        for field in SHARED:
            for row in field.rows(fresh.pk):
                _seal_anew(row, field.name, field.place(row), old.values(), new)
        couple.keys_before = fresh.keys_before
        # Those after it are of a folder that has gone further, or of a try that was cut off.
        let_go(name for name in old if number_of(name) <= before)


def _another(couple: Couple, *, missing: bool) -> bytes:
    """The next key of the two, whose row is locked.

    Where the one until now is `missing`, those after it may be, too: then the next number is one
    that none of them has, and `_FAR` or more tells that it was so. Where all keys are missing, as
    on a disk that is away, none is made.
    """
    if missing and not keyring.is_whole():
        raise KeyGone(_name(couple))
    couple.keys_before += _FAR + secrets.randbelow(_FAR) if missing else 1
    couple.save(update_fields=["keys_before"])
    return key_for(_name(couple))


def _keys(couple: Couple) -> dict[str, bytes]:
    """Every key of the two that is here: that of now, and such as were brought back."""
    found = {}
    for name in keys_of_couple(couple.pk):
        with suppress(KeyGone):
            found[name] = ring_key(name)
    return found


def _seal_anew(row: Any, name: str, where: str, old: Iterable[bytes], new: bytes) -> None:
    """What did not open before stays as it is: it opens with no key that is here."""
    plain = _opened_with(old, bytes(getattr(row, name)), where)
    if plain is not None:
        type(row)._base_manager.filter(pk=row.pk).update(**{name: seal(new, plain, where)})


def _opened_with(keys: Iterable[bytes], sealed: bytes, where: str) -> bytes | None:
    for key in keys:
        with suppress(InvalidTag):
            return unseal(key, sealed, where)
    return None


def _name(couple: Couple) -> str:
    return couple_key(couple.pk, couple.keys_before)
