"""What Today shows of words that the other gave: a line that never waits behind anything."""

from __future__ import annotations

from datetime import timedelta

from turntoward.web.part import Look, Part
from turntoward.web.weather.seen import given_to

_YESTERDAY = timedelta(days=1)


def part(look: Look) -> Part | None:
    """Words for today and yesterday. They ask for nothing, so they count as settled at once."""
    gifts = given_to(look.partner, look.day - _YESTERDAY)
    if not gifts:
        return None
    context = {"gifts": gifts, "other": look.partner.other(), "today": look.day}
    return Part(
        key="gifts",
        template="weather/_gifts.html",
        settled=True,
        context=context,
        joint=True,
    )
