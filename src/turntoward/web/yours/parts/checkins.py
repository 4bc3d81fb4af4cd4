"""When the two sat together, and how it felt to me afterwards."""

from __future__ import annotations

from datetime import datetime

from turntoward.web.checkins.actions import words_place
from turntoward.web.checkins.models import Afterwards, Sitting, Warmth
from turntoward.web.couples.models import Partner
from turntoward.web.couples.vault import VaultShut, unlock_words
from turntoward.web.yours.parts.rows import Row, Tables, at, words


def part(partner: Partner, key: bytes | None, now: datetime) -> Tables:
    """`sittings`, known to both, and `afterwards`, one's own."""
    sittings = Sitting.objects.visible_to(partner).select_related("begun_by").order_by("begun_at")
    mine = Afterwards.objects.visible_to(partner).select_related("sitting").order_by("at")
    names = {partner.side: partner.name, 1 - partner.side: partner.other_name()}
    zone = partner.couple.zone
    return {
        "sittings": [
            {
                "begun_at": at(sitting.begun_at, zone),
                "ended_at": at(sitting.ended_at, zone),
                "begun_by": sitting.begun_by.name if sitting.begun_by else None,
                "form": sitting.form,
                "spoke_first": names[sitting.first],
                "one_phone": sitting.shared_phone,
                "stopped_early": sitting.stopped,
            }
            for sitting in sittings
        ],
        "afterwards": [
            {
                "sitting_begun_at": at(feeling.sitting.begun_at, zone),
                "tapped_at": at(feeling.tapped_at or feeling.at, zone),
                "arrived_at": at(feeling.at, zone),
                "sky": feeling.warmth,
                "called": str(Warmth(feeling.warmth).label),
                **_words(feeling, key),
            }
            for feeling in mine
        ],
    }


def _words(feeling: Afterwards, key: bytes | None) -> Row:
    if feeling.words_sealed is None:
        return words("", locked=False)
    if key is None:
        return words("", locked=True)
    try:
        sealed = bytes(feeling.words_sealed)
        return words(unlock_words(key, sealed, words_place(feeling)), locked=False)
    except VaultShut:
        return words("", locked=True)
