"""The rituals of the two, and one's own reminders of them."""

from __future__ import annotations

from datetime import datetime

from turntoward.web.couples.models import Partner
from turntoward.web.rituals.models import (
    Aside,
    CalendarLink,
    Kept,
    MailAddress,
    Planned,
    PushSubscription,
    Reminder,
    Ritual,
    Sent,
)
from turntoward.web.rituals.names import title
from turntoward.web.rituals.sealed import open_mail
from turntoward.web.yours.parts.rows import Row, Tables, at

#: As they are kept (Monday is 0), and in a language that a sheet can be sorted by.
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def part(partner: Partner, key: bytes | None, now: datetime) -> Tables:
    """Of both: `rituals`, `rituals_planned`, `rituals_kept`. One's own: the others."""
    ours = list(Ritual.objects.visible_to(partner).select_related("couple").order_by("kind"))
    called = {ritual.pk: title(ritual) for ritual in ours}
    planned = Planned.objects.filter(ritual__in=ours).order_by("since")
    kept = Kept.objects.filter(ritual__in=ours, kept=True).order_by("day")
    aside = Aside.objects.visible_to(partner).order_by("day")
    return {
        "rituals": [_ritual(ritual, called[ritual.pk]) for ritual in ours],
        "rituals_planned": [
            {
                "ritual": called[one.ritual_id],
                "since": one.since.isoformat(),
                "days": _days(one.days),
            }
            for one in planned
        ],
        "rituals_kept": [
            {"ritual": called[one.ritual_id], "day": one.day.isoformat()} for one in kept
        ],
        "rituals_set_aside": [
            {"ritual": called.get(one.ritual_id), "day": one.day.isoformat()} for one in aside
        ],
        **_reminders(partner),
    }


def _ritual(ritual: Ritual, called: str) -> Row:
    return {
        "ritual": called,
        "kind": ritual.kind,
        "on": ritual.on,
        "days": _days(ritual.days),
        "at": ritual.at.isoformat("minutes"),
        "since": ritual.since.isoformat(),
    }


def _reminders(partner: Partner) -> Tables:
    zone = partner.couple.zone
    mine = Reminder.objects.filter(partner=partner).select_related("ritual__couple")
    mail = MailAddress.objects.there(partner)
    phones = PushSubscription.objects.filter(partner=partner).order_by("at")
    sent = Sent.objects.filter(partner=partner).order_by("day")
    return {
        "reminders": [
            {
                "ritual": title(one.ritual) if one.ritual else None,
                "at": one.own_at.isoformat("minutes") if one.own_at else None,
                "says_which": one.says,
                "paused": one.paused,
                "since": at(one.since, zone),
                "language": one.language,
                "calendar_link": CalendarLink.objects.filter(partner=partner).exists(),
            }
            for one in mine
        ],
        "reminder_addresses": [
            {"address": open_mail(one), "confirmed": one.confirmed} for one in mail
        ],
        "reminder_phones": [{"since": at(one.at, zone)} for one in phones],
        "reminders_sent": [{"day": one.day.isoformat(), "state": one.state} for one in sent],
    }


def _days(digits: str) -> str:
    return " ".join(_WEEKDAYS[int(digit)] for digit in digits)
