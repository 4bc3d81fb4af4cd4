"""Rituals and reminders as the pages would have left them, on one Wednesday evening in Berlin."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from turntoward.web.couples.models import Partner
from turntoward.web.rituals import actions
from turntoward.web.rituals import reminder_actions as reminders
from turntoward.web.rituals.kinds import Kind, Plan
from turntoward.web.rituals.models import MailAddress, Reminder, Ritual
from turntoward.web.rituals.sealed import seal_mail

#: Twenty to nine in the evening.
EVENING = datetime(2026, 3, 4, 19, 40, tzinfo=UTC)
DAY = date(2026, 3, 4)
EVERY_DAY = frozenset(range(7))
ONE_DAY = timedelta(days=1)


def keep(
    partner: Partner,
    kind: Kind = Kind.TEN,
    at: time = time(20, 40),
    days: frozenset[int] = EVERY_DAY,
) -> Ritual:
    """The two keep it from now on."""
    return actions.change(partner, kind, Plan(on=True, days=days, at=at), timezone.now())


def wants(partner: Partner, ritual: Ritual, **more: Any) -> Reminder:
    """This partner wants to be reminded of it, for a month by now."""
    said: dict[str, Any] = {"own_at": None, "says": False, "language": "en-gb"} | more
    chosen = reminders.Chosen(ritual=ritual.pk, **said)
    reminder = reminders.choose(partner, chosen, EVENING - timedelta(days=30))
    assert reminder is not None
    return reminder


def remind(partner: Partner, ritual: Ritual, **more: Any) -> Reminder:
    """The same, by e-mail."""
    sealed = seal_mail(partner.pk, f"{partner.handle}@example.org")
    MailAddress.objects.create(
        partner=partner, sealed=sealed, confirmed=True, code_at=EVENING - ONE_DAY
    )
    return wants(partner, ritual, **more)
