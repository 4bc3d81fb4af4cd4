"""Vaults of partners at rest: opened, wrapped anew, and known by their public key. All writes."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.db import transaction

from turntoward.web.couples.gone import key_for, partner_key
from turntoward.web.couples.models import Partner
from turntoward.web.couples.vault import (
    SALT_BYTES,
    WRAPPED_ONCE_BYTES,
    VaultShut,
    Wrapped,
    new_vault,
    open_vault,
    public_of,
    wrap,
)
from turntoward.web.keyring import KeyGone, ring_key
from turntoward.web.keys import KEY_BYTES


class KeyMissing(VaultShut):
    """The key around it is not here: no passphrase opens it, and none was tried."""


def ring_name(owner: str) -> str:
    """What the key of a partner is called in the key ring; without it their vault is gone."""
    return partner_key(UUID(owner))


def give_vault(partner: Partner, passphrase: str) -> None:
    """A new vault for a partner who has none; it is not saved yet."""
    owner = str(partner.id)
    key, wrapped = new_vault(passphrase, owner, key_for(ring_name(owner)))
    partner.vault_salt, partner.vault_sealed = wrapped.salt, wrapped.sealed
    partner.vault_public = public_of(key)


def opened(partner: Partner, passphrase: str) -> bytes:
    """The data key; raises `VaultShut` on a wrong passphrase.

    A vault of before is wrapped as they are now, and its public key becomes known.
    """
    found = Wrapped(bytes(partner.vault_salt), bytes(partner.vault_sealed))
    key = _open(found, passphrase, str(partner.id))
    if found.once:
        _wrap_twice(partner, key, passphrase)
    make_known(partner, key)
    return key


def wrapped_for(partner: Partner, key: bytes, passphrase: str) -> Wrapped:
    """This partner's data key as it is kept under `passphrase`."""
    owner = str(partner.id)
    return wrap(key, passphrase, owner, _ring_key(owner))


def opened_by_code(partner: Partner, code: str) -> bytes:
    """The data key, by a recovery code as it is typed out; raises `VaultShut`."""
    if partner.recovery_salt is None or partner.recovery_sealed is None:
        raise VaultShut
    found = Wrapped(bytes(partner.recovery_salt), bytes(partner.recovery_sealed))
    return _open(found, code, str(partner.id))


def tried_in_vain(code: str) -> None:
    """Takes as long as a code that does not fit, for a name that has none."""
    ring = bytes(KEY_BYTES)
    with suppress(VaultShut):
        open_vault(Wrapped(bytes(SALT_BYTES), bytes(WRAPPED_ONCE_BYTES)), code, "", ring)


def make_known(partner: Partner, key: bytes) -> None:
    """The public key of a vault that was opened, where it is not known yet."""
    public = public_of(key)
    if partner.vault_public is None or bytes(partner.vault_public) != public:
        Partner.objects.filter(pk=partner.pk).update(vault_public=public)
        partner.vault_public = public


def _open(found: Wrapped, words: str, owner: str) -> bytes:
    if found.once:
        with suppress(KeyGone):
            key_for(ring_name(owner))  # one of before has no key in the ring yet
    return open_vault(found, words, owner, _ring_key(owner))


def _ring_key(owner: str) -> bytes:
    """Raises `KeyMissing` where it is not here."""
    try:
        return ring_key(ring_name(owner))
    except KeyGone as error:
        raise KeyMissing from error


def _wrap_twice(partner: Partner, key: bytes, passphrase: str) -> None:
    twice, before = wrapped_for(partner, key, passphrase), bytes(partner.vault_salt)
    with transaction.atomic():
        row = Partner.objects.filter(pk=partner.pk, vault_salt=before)
        if row.update(vault_salt=twice.salt, vault_sealed=twice.sealed):
            partner.vault_salt, partner.vault_sealed = twice.salt, twice.sealed
