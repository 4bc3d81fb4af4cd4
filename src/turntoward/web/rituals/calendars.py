"""The calendar of one partner, from what they chose."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import translation

from turntoward.web.couples.models import Partner
from turntoward.web.rituals.history import wish_of
from turntoward.web.rituals.kinds import MINUTES
from turntoward.web.rituals.models import Reminder
from turntoward.web.rituals.plan import wakes
from turntoward.web.rituals.sealed import digest
from turntoward.web.rituals.text import text_of


def calendar_of(partner: Partner, today: date) -> bytes:
    """This partner's ritual with its alarm; without it while paused, and where it would wake."""
    # Slow to load, and needed here alone.
    from turntoward.web.rituals.feed import Entry, calendar

    found = Reminder.objects.filter(partner=partner)
    reminder = found.select_related("partner__couple", "ritual__couple").first()
    ritual = reminder.ritual if reminder else None
    wish = wish_of(reminder) if reminder else None
    if reminder is None or ritual is None or wish is None:
        return calendar(_name(partner, ""), None, today)
    text = text_of(reminder)
    entry = Entry(
        # Not the id of a row, which is in addresses of the companion.
        uid=digest(f"{partner.pk} {ritual.pk}")[:32],
        summary=text.line,
        days=frozenset(int(day) for day in ritual.days),
        at=ritual.at,
        minutes=MINUTES[ritual.kind],
        zone=partner.couple.zone,
        since=ritual.since,
        alarm_at=None if wish.paused or wakes(wish, wish.at) else wish.at,
    )
    return calendar(_name(partner, reminder.language), entry, today)


def _name(partner: Partner, language: str) -> str:
    with translation.override(language or settings.LANGUAGE_CODE):
        return translation.gettext("Reminder") if partner.neutral else "Turntoward"
