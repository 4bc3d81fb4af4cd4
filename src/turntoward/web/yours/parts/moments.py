"""The small shifts that were offered to me, and what I did with each."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from turntoward.moments.catalogue import moment_called
from turntoward.web.couples.models import Partner
from turntoward.web.moments.models import Offer
from turntoward.web.yours.parts.rows import Row, Tables


def part(partner: Partner, key: bytes | None, now: datetime) -> Tables:
    """`small_shifts`, one's own."""
    mine = Offer.objects.visible_to(partner).order_by("day", "turn")
    return {"small_shifts": [_offer(offer) for offer in mine]}


def _offer(offer: Offer) -> Row:
    moment = moment_called(offer.key)
    return {
        "day": offer.day.isoformat(),
        "turn": offer.turn,
        "shift": offer.key,
        "title": gettext(moment.title) if moment else None,
        "reason": offer.reason,
        "in_place_of": offer.first_key or None,
        "reason_then": offer.first_reason or None,
        "informed": offer.informed,
        "answer": offer.answer,
    }
