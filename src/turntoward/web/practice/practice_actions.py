"""Writes of the practice on itself: begin, its page, who works here."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from turntoward.errors import TurntowardError
from turntoward.web.practice.entering import hashed
from turntoward.web.practice.models import ColleagueLink, Practice, Therapist


class Closed(TurntowardError):
    """A link was used, has run out, or never was one."""


class NameTaken(TurntowardError):
    """Somebody here enters with that name already."""


class LastAdmin(TurntowardError):
    """Nobody would be left who can change the page and who works here."""


def begin(
    *, practice: str, zone: str, name: str, handle: str, passphrase: str, now: datetime
) -> Therapist:
    """Begin the practice with its first therapist, who is an admin. Raises `Closed`: one begins."""
    password = hashed(passphrase)
    try:
        with transaction.atomic():
            here = Practice.objects.create(
                name=practice.strip(), zone=zone, begun_at=now, asks=[_("What brings you now?")]
            )
            return _therapist(here, name, handle, password, now, admin=True)
    except IntegrityError as error:
        raise Closed(_("The practice has begun here already.")) from error


def change_page(practice: Practice, fields: Mapping[str, Any]) -> None:
    """What the page says, and what the consult form asks."""
    Practice.objects.filter(pk=practice.pk).update(**fields)


def invite(practice: Practice, *, admin: bool, now: datetime) -> str:
    """A link's token for one colleague. Links that have run out go."""
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        for old in ColleagueLink.objects.filter(practice=practice):
            if not old.is_open(now):
                old.delete()
        ColleagueLink.objects.create(
            practice=practice, digest=_digest(token), made_at=now, admin=admin
        )
    return token


def link_for(token: str, now: datetime) -> ColleagueLink:
    """The open link behind a token; raises `Closed` with what to do."""
    rows = ColleagueLink.objects.select_related("practice")
    found = rows.filter(digest=_digest(token)).first()
    if found is None or not found.is_open(now):
        raise Closed(_("This link is no longer open. It works once and for two days."))
    return found


def join(token: str, *, name: str, handle: str, passphrase: str, now: datetime) -> Therapist:
    """A colleague begins; the link is used up. Raises `Closed` and `NameTaken`."""
    link_for(token, now)
    password = hashed(passphrase)
    with transaction.atomic():
        link = link_for(token, now)
        # Whoever deletes the row owns the link, even when two requests arrive together.
        deleted, _rows = ColleagueLink.objects.filter(pk=link.pk).delete()
        if not deleted:
            raise Closed(_("This link is no longer open. It works once and for two days."))
        return _therapist(link.practice, name, handle, password, now, admin=link.admin)


def close_links(practice: Practice) -> None:
    """No link that was made opens any more."""
    ColleagueLink.objects.filter(practice=practice).delete()


def remove(therapist: Therapist) -> None:
    """This account goes, and is signed out everywhere. Raises `LastAdmin`.

    With an admin go all links that are open: one of them may be theirs, to come back with.
    """
    with transaction.atomic():
        Practice.objects.select_for_update().get(pk=therapist.practice_id)
        admins = Therapist.objects.filter(practice=therapist.practice_id, admin=True)
        if not admins.exclude(pk=therapist.pk).exists():
            raise LastAdmin(
                _("Somebody has to be able to change the page. Bring a second admin first.")
            )
        if admins.filter(pk=therapist.pk).exists():
            close_links(therapist.practice)
        Therapist.objects.filter(pk=therapist.pk).delete()


def change_passphrase(therapist: Therapist, new: str) -> Therapist:
    """Another passphrase; whoever is signed in with the old one is signed out."""
    therapist.password = hashed(new)
    # Not `save`: an account that was removed a moment ago stays removed.
    Therapist.objects.filter(pk=therapist.pk).update(password=therapist.password)
    return therapist


def _therapist(
    practice: Practice, name: str, handle: str, password: str, now: datetime, *, admin: bool
) -> Therapist:
    made = Therapist(id=uuid.uuid4(), practice=practice, name=name.strip(), made_at=now)
    made.handle, made.password, made.admin = handle.strip().casefold(), password, admin
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise NameTaken(_("Somebody here enters with that name. Choose another one.")) from error
    return made


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
