"""Bids that were noticed and shared, for the rhythm of them: when, and never by whom."""

from __future__ import annotations

from datetime import date

from turntoward.reading.companion import day_of
from turntoward.web.couples.models import Couple
from turntoward.web.noticed.models import Given


def days(couple: Couple) -> list[date]:
    """The couple's day of each bid that one noticed and told the other, oldest first.

    What one keeps alone is never among them, nor are late answers.
    """
    told = Given.objects.filter(couple=couple, late=False).order_by("at")
    return [day_of(at, couple.zone) for at in told.values_list("at", flat=True)]
