"""Keys that go with what they sealed: noted where the rows go, destroyed once that is sure.

Rows that are deleted still lie in older copies of the database. So what has to be gone from those,
too, is sealed under a key of the ring (`keyring`), and whoever deletes the rows lets the key go in
the same transaction. Undone, the key is still there. Cut off after it, the next start destroys what
was let go (`destroy_left`). A name that was let go is never given to another key.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID

from django.db import Error, models, transaction
from django.db.models.signals import post_delete

from turntoward.web import keyring
from turntoward.web.couples.models import Couple, GoneKey
from turntoward.web.tombs import digest, note_destroyed

_log = logging.getLogger(__name__)


def partner_key(partner: UUID) -> str:
    """The name of the key of one person: their vault, and where they are reached."""
    return f"partner-{partner}"


def is_of_partner(name: str) -> bool:
    """Whether it is the name of the key of one person."""
    return name.startswith("partner-")


def couple_key(couple: UUID, before: int = 0) -> str:
    """The name of the key of two, who had as many `before` it (`Couple.keys_before`)."""
    return f"couple-{couple}.{before}" if before else f"couple-{couple}"


def number_of(name: str) -> int:
    """How many keys the two had before the one that is called so."""
    return int(name.partition(".")[2] or 0)


def keys_of_couple(couple: UUID) -> list[str]:
    """Every key of the ring that these two have or had; none where they are gone."""
    first = couple_key(couple)
    return [name for name in keyring.names() if name == first or name.startswith(f"{first}.")]


def all_of_couple(couple: Couple) -> set[str]:
    """The same, and the name of the key of now, also where that one is missing."""
    return {*keys_of_couple(couple.pk), couple_key(couple.pk, couple.keys_before)}


def key_for(name: str) -> bytes:
    """The key called `name`, made where there is none yet: for what is sealed with it first.

    Later it is `keyring.ring_key`: where that one is missing it can be brought back, and another in
    its place would stand in the way. Raises `keyring.KeyGone` where it was let go.
    """
    try:
        return keyring.ring_key(name)
    except keyring.KeyGone:
        if is_gone(name):
            raise
        return keyring.made_key(name)


@contextmanager
def made_with(model: type[models.Model], pk: UUID, *names: str) -> Iterator[None]:
    """A transaction that makes a row, and the keys `names` for it: undone, those go, too."""
    try:
        with transaction.atomic():
            yield
    except BaseException:
        if never_came(model, pk):
            try:
                _destroy(filter(_is_here, names))
            except OSError as error:
                _log.warning("Keys of nobody are left: %s", type(error).__name__)
        raise


def never_came(model: type[models.Model], pk: UUID) -> bool:
    """Whether the row that was to be made is not there. Where nobody can say, it may be."""
    try:
        return not model._default_manager.filter(pk=pk).exists()
    except Error:
        return False


def is_gone(name: str) -> bool:
    """Whether the key called `name` was let go here."""
    return GoneKey.objects.filter(pk=digest(name)).exists()


def let_go(names: Iterable[str]) -> None:
    """Let keys go: noted with what this transaction deletes, destroyed after it; twice is once."""
    going = list(names)
    rows = [GoneKey(digest=digest(name)) for name in going]
    GoneKey.objects.bulk_create(rows, ignore_conflicts=True)
    # What cannot be destroyed now is when the worker starts next: no page fails for it.
    transaction.on_commit(lambda: _destroy(going), robust=True)


def destroy_left() -> int:
    """Destroy what was let go and is still there, because somebody was cut off; says how many.

    Raises `OSError` where one cannot be destroyed, once all others are.
    """
    names = left()
    # Also what could not be noted there and then, as on a disk that was full.
    with suppress(OSError):
        noted = GoneKey.objects.values_list("pk", flat=True)
        note_destroyed(keyring.ring_folder().stem, noted)
    _destroy(names)
    return len(names)


def left() -> list[str]:
    """Names of keys that were let go and are still there."""
    noted = set(GoneKey.objects.values_list("pk", flat=True))
    return [name for name in keyring.names() if digest(name) in noted]


def goes_with(model: type[models.Model], names: Callable[[Any], Iterable[str]]) -> None:
    """From now on the keys that `names` says for a row go with it, whatever deletes the row."""

    def gone(instance: models.Model, **_: object) -> None:
        let_go(names(instance))

    post_delete.connect(gone, model, weak=False, dispatch_uid=f"keys of {model._meta.label}")


def find_keys_again() -> None:
    """After a restore: couples whose database is older than their key continue with that key.

    What the older one had sealed does not open, for it was let go since. Never the other way round:
    a key that is missing can still be brought.
    """
    there = set(keyring.names())
    for couple in Couple.objects.all():
        if couple_key(couple.pk, couple.keys_before) not in there:
            befores = [number_of(name) for name in keys_of_couple(couple.pk)]
            if max(befores, default=0) > couple.keys_before:
                Couple.objects.filter(pk=couple.pk).update(keys_before=max(befores))


def _destroy(names: Iterable[str]) -> None:
    """Each of them: one that cannot be destroyed now keeps no other alive, and is raised last."""
    failed: OSError | None = None
    for name in names:
        try:
            keyring.destroy_key(name)
        except OSError as error:
            failed = failed or error
    if failed:
        raise failed


def _is_here(name: str) -> bool:
    try:
        keyring.ring_key(name)
    except keyring.KeyGone:
        return False
    return True
