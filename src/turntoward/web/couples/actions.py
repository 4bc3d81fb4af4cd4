"""Writes of the couples app: begin, invite, join, consent. Seasons are written in `seasons`."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from turntoward.errors import TurntowardError
from turntoward.web.couples.gone import couple_key, key_for, made_with, partner_key
from turntoward.web.couples.models import (
    Consent,
    Couple,
    Invitation,
    Partner,
    Purpose,
)
from turntoward.web.couples.vaults import give_vault


class LinkClosed(TurntowardError):
    """A pairing link was used, has expired, or never was one."""


class NameTaken(TurntowardError):
    """Somebody on this machine enters with that name already."""


def begin(
    *,
    name: str,
    other_name: str,
    living: str,
    zone: str,
    handle: str,
    passphrase: str,
    now: datetime,
    only: bool = False,
) -> Partner:
    """Begin a couple with its first partner; with `only`, the only couple here.

    Raises `LinkClosed` where it is not: two taps on the start link begin one couple; and
    `NameTaken`.
    """
    couple = Couple(begun_at=now, living=living, zone=zone, other_name=other_name.strip())
    new = Partner(couple=couple, side=0, name=name.strip(), handle=_handle(handle))
    with made_with(Couple, couple.pk, couple_key(couple.pk), partner_key(new.pk)):
        if only and Couple.objects.exists():
            raise LinkClosed(gettext("A couple has begun here already."))
        couple.save(force_insert=True)
        _come_in(new, passphrase)
        key_for(couple_key(couple.pk))  # from now on: two without a key are two who are gone
    return new


def invite(partner: Partner, now: datetime) -> str:
    """Make a pairing link's token; an earlier one stops working."""
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        Couple.objects.select_for_update().get(pk=partner.couple_id)
        if Partner.objects.filter(couple=partner.couple_id).count() == 2:
            raise LinkClosed(gettext("You are both here already. No link is needed."))
        Invitation.objects.update_or_create(
            couple=partner.couple, defaults={"digest": _digest(token), "made_at": now}
        )
    return token


def invitation_for(token: str, now: datetime) -> Invitation:
    """The open invitation behind a token; raises `LinkClosed` with what to do."""
    found = Invitation.objects.select_related("couple").filter(digest=_digest(token)).first()
    if found is None or not found.is_open(now):
        raise LinkClosed(
            gettext(
                "This link is no longer open. A link works once and for two days. "
                "Ask for a new one from the phone that began."
            )
        )
    return found


def who_invites(token: str, now: datetime) -> Partner:
    """Whoever is here alone, behind an open link. Raises `LinkClosed`, also while another joins."""
    here = list(invitation_for(token, now).couple.partners.select_related("couple")[:2])
    if len(here) != 1:
        raise _used()
    return here[0]


def join(token: str, *, name: str, handle: str, passphrase: str, now: datetime) -> Partner:
    """The second partner joins; the link is used up. Two taps at once: one joins, one is told.

    Raises `LinkClosed` and `NameTaken`.
    """
    new = Partner(name=name.strip(), handle=_handle(handle))
    with made_with(Partner, new.pk, partner_key(new.pk)):
        invitation = invitation_for(token, now)
        Couple.objects.select_for_update().get(pk=invitation.couple_id)
        # Whoever deletes the row owns the link, even when two requests arrive together.
        deleted, _ = Invitation.objects.filter(pk=invitation.pk).delete()
        if not deleted:
            raise _used()
        # The side that is free: whoever began may have left since.
        new.couple = invitation.couple
        new.side = 0 if Partner.objects.filter(couple=new.couple, side=1).exists() else 1
        _come_in(new, passphrase)
    return new


def _used() -> LinkClosed:
    return LinkClosed(gettext("This link was used a moment ago. Enter with your passphrase."))


def _handle(typed: str) -> str:
    return typed.strip().casefold()


def _come_in(partner: Partner, passphrase: str) -> None:
    """This partner has an account from now on. Raises `NameTaken`."""
    if _is_taken(partner.handle):
        raise _taken()  # before there is a key: nobody fills the disk with keys of nobody
    give_vault(partner, passphrase)
    partner.set_password(passphrase)
    try:
        with transaction.atomic():
            partner.save(force_insert=True)
    except IntegrityError as error:
        raise _taken() from error  # in that second


def _is_taken(handle: str) -> bool:
    return Partner.objects.filter(handle=handle).exists()


def _taken() -> NameTaken:
    return NameTaken(gettext("Somebody here enters with that name. Choose another one."))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def say_yes(partner: Partner, now: datetime, purpose: str = Purpose.READ_CHAT) -> None:
    """Give this partner's own key to `purpose`; twice changes nothing.

    A yes to reading from before, which did not speak of taps, is given anew: taps count from then
    on.
    """
    own = {"partner": partner, "purpose": purpose}
    new = {"given_at": now, "taps": True}
    _, made = Consent.objects.get_or_create(**own, defaults=new)
    if not made:
        Consent.objects.filter(**own, taps=False).update(**new)


def choose_language(partner: Partner, language: str) -> None:
    """Speak to this partner in `language`; empty follows what the browser asks for."""
    Partner.objects.filter(pk=partner.pk).update(language=language)


def take_back(partner: Partner, purpose: str = Purpose.READ_CHAT) -> None:
    """Take the key back. What was derived is deleted by whoever holds it (see readings)."""
    Consent.objects.filter(partner=partner, purpose=purpose).delete()
