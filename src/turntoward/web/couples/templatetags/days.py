"""Days of the couple: half past midnight is of the evening before."""

from __future__ import annotations

from datetime import date, datetime

from django import template

from turntoward.reading.companion import day_of as _day_of

register = template.Library()


@register.filter
def day_of(at: datetime, zone: str) -> date:
    """The couple's day that a moment belongs to."""
    return _day_of(at, zone)
