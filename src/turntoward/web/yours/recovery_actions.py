"""Writes of the recovery code: make one, throw it away, and use it up for a new passphrase."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest

from turntoward.web.couples.entering import DERIVING
from turntoward.web.couples.models import Partner
from turntoward.web.couples.vault import VaultShut
from turntoward.web.couples.vaults import opened, opened_by_code, tried_in_vain, wrapped_for
from turntoward.web.yours import devices
from turntoward.web.yours.models import Told
from turntoward.web.yours.recovery import new_code, plain
from turntoward.web.yours.scrub import cut_the_log_off
from turntoward.web.yours.told import tell


class MadeMeanwhile(Exception):
    """Another code was made while this one was."""


def make_code(request: HttpRequest, partner: Partner, passphrase: str, now: datetime) -> str:
    """A new code, kept nowhere as it is; one from before opens nothing any more.

    Raises `VaultShut` where `passphrase` is not the passphrase or the key around the vault is not
    here, and `MadeMeanwhile`: of two codes that are made at once one opens nothing, and it must not
    be the one on the paper.
    """
    before = partner.recovery_sealed
    code = new_code()
    with DERIVING:
        wrapped = wrapped_for(partner, opened(partner, passphrase), plain(code))
    with transaction.atomic():
        fresh = Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
        if fresh.recovery_sealed != before:
            raise MadeMeanwhile
        row = Partner.objects.filter(pk=partner.pk)
        row.update(recovery_salt=wrapped.salt, recovery_sealed=wrapped.sealed)
        tell(request, partner, Told.Kind.RECOVERY_MADE, now)
    return code


def throw_away(request: HttpRequest, partner: Partner, now: datetime) -> None:
    """The code opens nothing any more, and its owner, who may count on it, is told of that."""
    with transaction.atomic():
        row = Partner.objects.filter(pk=partner.pk, recovery_sealed__isnull=False)
        if row.update(recovery_salt=None, recovery_sealed=None):
            tell(request, partner, Told.Kind.RECOVERY_AWAY, now)
        transaction.on_commit(cut_the_log_off)


def recover(request: HttpRequest, handle: str, code: str, new: str, now: datetime) -> None:
    """Another passphrase by the code, which is used up; every session of this partner ends.

    The one whose account it is is told of it. Raises `VaultShut` for a wrong code, a name that
    nobody has, and one without a code, all alike.
    """
    partner = Partner.objects.filter(handle=handle.strip().casefold()).first()
    with DERIVING:
        if partner is None or partner.recovery_sealed is None:
            tried_in_vain(plain(code))
            raise VaultShut
        wrapped = wrapped_for(partner, opened_by_code(partner, plain(code)), new)
    signed_in = devices.sessions_of(partner)
    with transaction.atomic():
        fresh = Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
        if fresh.recovery_sealed is None or bytes(fresh.recovery_sealed) != bytes(
            partner.recovery_sealed
        ):
            raise VaultShut  # used up a moment ago
        fresh.vault_salt, fresh.vault_sealed = wrapped.salt, wrapped.sealed
        fresh.recovery_salt = fresh.recovery_sealed = None
        fresh.set_password(new)
        fresh.save()
        devices.end_sessions(fresh, signed_in)
        # It stands for an authenticator app that was lost, too: nobody else could switch that off.
        Authenticator.objects.filter(user=fresh, type=Authenticator.Type.TOTP).delete()
        tell(request, fresh, Told.Kind.RECOVERY_USED, now)
        transaction.on_commit(cut_the_log_off)
