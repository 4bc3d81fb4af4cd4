"""Writes of this app: passkeys and codes. Each is told of to their partner, in their browsers."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.http import HttpRequest

from turntoward.web.accounts.adapter import sealed_for
from turntoward.web.accounts.codes import code_of
from turntoward.web.couples.access import partner_of
from turntoward.web.couples.models import Partner
from turntoward.web.yours import devices
from turntoward.web.yours.models import Told
from turntoward.web.yours.told import tell

#: More than anybody has phones; the list stays one that can be looked through.
MOST = 20


@transaction.atomic
def add_passkey(request: HttpRequest, name: str, credential: dict[str, Any], now: datetime) -> None:
    """Keep a passkey that a browser made, under a name that is sealed."""
    partner = _held(request)
    mine = Authenticator.objects.filter(user=partner, type=Authenticator.Type.WEBAUTHN)
    if mine.count() >= MOST:
        return
    data = {"name": sealed_for(partner, name), "credential": credential}
    _of_the_day(Authenticator(user=partner, type=Authenticator.Type.WEBAUTHN, data=data), now)
    tell(request, partner, Told.Kind.PASSKEY_ADDED, now)


def rename_passkey(partner: Partner, passkey: Authenticator, name: str) -> None:
    """Call a passkey of this partner's something else."""
    passkey.data["name"] = sealed_for(partner, name)
    passkey.save(update_fields=["data"])


def remove_passkey(request: HttpRequest, passkey: Authenticator, now: datetime) -> None:
    """It opens nothing here any more, and where else it let somebody in, they are signed out."""
    partner, pk, here = partner_of(request), passkey.pk, request.session.session_key or ""
    begun = devices.begun_by(partner, pk)
    with transaction.atomic():
        passkey.delete()
        devices.end_these(partner, begun, but=here)
        tell(request, partner, Told.Kind.PASSKEY_REMOVED, now)
    # And what it opened while this waited its turn.
    devices.end_these(partner, devices.begun_by(partner, pk), but=here)


@transaction.atomic
def switch_code_on(request: HttpRequest, secret: str, now: datetime) -> None:
    """From now on the code is asked for where the partner is not known."""
    partner = _held(request)
    if code_of(partner) is None:
        _of_the_day(TOTP.activate(partner, secret).instance, now)
        tell(request, partner, Told.Kind.CODE_ON, now)


@transaction.atomic
def switch_code_off(request: HttpRequest, now: datetime) -> None:
    """The passphrase does."""
    partner = _held(request)
    mine = code_of(partner)
    if mine is not None:
        mine.delete()
        tell(request, partner, Told.Kind.CODE_OFF, now)


def _held(request: HttpRequest) -> Partner:
    """Whoever is signed in; another tap of theirs waits until this one is done."""
    return Partner.objects.select_for_update(of=("self",)).get(pk=partner_of(request).pk)


def _of_the_day(made: Authenticator, now: datetime) -> None:
    """Kept is the day and not the minute; when it was last used is never noted."""
    made.created_at = datetime.combine(now.date(), time(), UTC)
    made.save()
