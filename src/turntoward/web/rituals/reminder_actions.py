"""Writes of one partner's reminders: what for and when, a pause, a new start, a calendar link."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from turntoward.web.couples.models import Partner
from turntoward.web.rituals.mail_actions import forget_mail
from turntoward.web.rituals.models import CalendarLink, PushSubscription, Reminder, Ritual
from turntoward.web.rituals.sealed import digest

#: Bytes of the secret in a calendar address.
_TOKEN_BYTES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What to be reminded of, when (None: at its hour), whether it says which, and its language."""

    ritual: UUID
    own_at: time | None
    says: bool
    language: str


def choose(partner: Partner, chosen: Chosen, now: datetime) -> Reminder | None:
    """Keep what this partner chose; None where the ritual is not the couple's."""
    ritual = Ritual.objects.visible_to(partner).filter(pk=chosen.ritual).first()
    if ritual is None:
        return None
    fields = {
        "ritual": ritual,
        "own_at": chosen.own_at,
        "ritual_at": ritual.at,
        "says": chosen.says,
        "language": chosen.language,
    }
    reminder, _ = Reminder.objects.update_or_create(
        partner=partner, defaults=fields, create_defaults=fields | {"since": now}
    )
    return reminder


def pause(partner: Partner, *, paused: bool, now: datetime) -> None:
    """Send nothing until this partner goes on; then what came before does not count."""
    mine = Reminder.objects.filter(partner=partner)
    if paused:
        mine.update(paused=True)
    else:
        start_again(partner, now)


def start_again(partner: Partner, now: datetime) -> None:
    """Reminders that rest or are paused begin anew."""
    Reminder.objects.filter(partner=partner).update(since=now, paused=False)


def leave_off(partner: Partner, now: datetime) -> None:
    """No reminders: everything about them is deleted, calendar link included."""
    with transaction.atomic():
        for kind in (Reminder, PushSubscription, CalendarLink):
            kind.objects.filter(partner=partner).delete()
        forget_mail(partner, now)


def make_calendar_link(partner: Partner) -> str:
    """The token of a new calendar address; an earlier one stops working. It is shown this once."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    CalendarLink.objects.update_or_create(partner=partner, defaults={"digest": digest(token)})
    return token


def close_calendar_link(partner: Partner) -> None:
    """The calendar address stops working."""
    CalendarLink.objects.filter(partner=partner).delete()


def partner_of_calendar(token: str) -> Partner | None:
    """Whose calendar a token opens; None where it opens none."""
    links = CalendarLink.objects.filter(digest=digest(token))
    link = links.select_related("partner__couple").first()
    return link.partner if link else None
