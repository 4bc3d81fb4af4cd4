"""Writes of this app: leave for good, erase everything, a new passphrase, and the box."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from turntoward.web import keyring
from turntoward.web.backups.daily import renew
from turntoward.web.care import actions as care
from turntoward.web.checkins import actions as checkins
from turntoward.web.couples.entering import wrapped_anew
from turntoward.web.couples.models import Consent, Couple, Partner
from turntoward.web.couples.shared import look_for_keys, renew_key
from turntoward.web.couples.vault import VaultShut
from turntoward.web.handover import actions as handover
from turntoward.web.noticed.models import Given
from turntoward.web.practice import actions as practice
from turntoward.web.readings import store
from turntoward.web.readings.actions import disagree
from turntoward.web.readings.models import Bringing, StoredReading
from turntoward.web.topics.models import ReadyToHear, State, Topic
from turntoward.web.trials import actions as trials
from turntoward.web.weather.models import Weather
from turntoward.web.yours import devices
from turntoward.web.yours.keepsakes import given_by, keep, opened_by
from turntoward.web.yours.models import Keepsake, Told
from turntoward.web.yours.scrub import cut_the_log_off
from turntoward.web.yours.told import tell


def erase(partner: Partner, now: datetime) -> None:
    """This partner's account and everything that is theirs go, what they gave the other included.

    The keys go with it (`couples.gone`), so that it opens from no older copy of the database.
    What the two made stays with the other, without this partner's name. With the last of the two
    the couple goes, and all of it.
    """
    _go(partner, now, gifts_stay=False)


def leave(partner: Partner, now: datetime) -> None:
    """The same, but what this partner gave the other stays in the other's box.

    Raises `KeyGone` where a key of the two is missing: brought back, what was given opens again,
    and can stay.
    """
    look_for_keys(partner.couple)
    _go(partner, now, gifts_stay=True)


def _go(partner: Partner, now: datetime, *, gifts_stay: bool) -> None:
    if not keyring.is_whole():
        raise keyring.KeyGone(str(partner.pk))  # before half of it is done
    # A key that is taken back takes with it what was read with it: its own transaction, its rules.
    disagree(partner)
    signed_in = devices.sessions_of(partner)
    with transaction.atomic():
        Couple.objects.select_for_update().filter(pk=partner.couple_id).first()
        practice.hold(partner.couple_id)
        going = Partner.objects.select_related("couple").filter(pk=partner.pk).first()
        if going is None:
            return  # tapped twice
        transaction.on_commit(renew)  # before the keys go: cut off here, they are left (worker)
        devices.end_sessions(going, signed_in)
        other = going.other()
        if other is None:
            brought = list(Bringing.objects.filter(couple=going.couple_id))
            going.couple.delete()
        else:
            brought = list(Bringing.objects.filter(by=going))
            _part(going, other, now, gifts_stay=gifts_stay)
            going.delete()
            # Of what is gone by now an older copy of the database opens nothing with the new key.
            renew_key(going.couple)
        transaction.on_commit(lambda: _after(brought))


def _after(brought: list[Bringing]) -> None:
    """Once it is sure: the files, and the log of the database."""
    for bringing in brought:
        store.delete_file(bringing)
    cut_the_log_off()


def _part(going: Partner, other: Partner, now: datetime, *, gifts_stay: bool) -> None:
    """What the two shared becomes the other's own, so that whoever pairs next sees none of it."""
    name = going.name if gifts_stay else ""
    kept = list(given_by(other, other, name))
    if gifts_stay:
        kept += [*given_by(going, other, name), *opened_by(going, other, name)]
    for day, inside in kept:
        keep(other, day, inside)
    Given.objects.filter(giver=other).delete()
    Weather.objects.filter(partner=other).update(shared_sealed=None)
    # Nor does an undo of before bring a topic before somebody else.
    Topic.objects.filter(by=other).update(stood=State.RESTING)
    shared = Topic.objects.filter(by=other).exclude(state=State.LET_GO)
    shared.update(state=State.RESTING, opens_at=None, left_at=None)
    # What was said yes to, was said to this one.
    Consent.objects.filter(partner=other).delete()
    ReadyToHear.objects.filter(partner=other).delete()
    StoredReading.objects.filter(couple=other.couple_id, owner=None).delete()
    trials.part(other)
    practice.part(other)
    handover.part(other, now)
    care.part(other)
    sitting = checkins.open_sitting(other, now)
    if sitting is not None:
        checkins.stop(sitting, now)
    with override(other.language or get_language()):
        called = name or _("your partner")
    Couple.objects.filter(pk=other.couple_id).update(other_name=called)


def change_passphrase(
    request: HttpRequest, partner: Partner, old: str, new: str, now: datetime
) -> Partner:
    """Another passphrase for the account and the vault; other sessions than this one end.

    Whoever comes in elsewhere is told of it there. What lies in the vault stays as it is: only its
    key is wrapped anew. Raises `VaultShut` where `old` is not the passphrase, or was a moment ago,
    before another browser changed it.
    """
    wrapped, signed_in = wrapped_anew(partner, old, new), devices.sessions_of(partner)
    with transaction.atomic():
        fresh = Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
        if bytes(fresh.vault_salt) != bytes(partner.vault_salt):
            raise VaultShut
        fresh.vault_salt, fresh.vault_sealed = wrapped.salt, wrapped.sealed
        fresh.set_password(new)
        fresh.save(update_fields=["vault_salt", "vault_sealed", "password"])
        devices.end_sessions(fresh, signed_in, but=request.session.session_key or "")
        tell(request, fresh, Told.Kind.PASSPHRASE, now)
        transaction.on_commit(cut_the_log_off)
    return fresh


def let_go(keepsake: Keepsake) -> None:
    """Out of the box, for good."""
    Keepsake.objects.filter(pk=keepsake.pk).delete()
