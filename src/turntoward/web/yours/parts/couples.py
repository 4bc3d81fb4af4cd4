"""Who I am here, what the two set, what I say yes to, and the seasons of the two."""

from __future__ import annotations

from datetime import datetime

from turntoward.web.couples.models import Consent, Partner, Season
from turntoward.web.yours.parts.rows import Tables, at


def part(partner: Partner, key: bytes | None, now: datetime) -> Tables:
    """`me`, `couple`, `consents` (one's own alone) and `seasons`."""
    couple = partner.couple
    consents = Consent.objects.filter(partner=partner).order_by("given_at")
    return {
        "me": [
            {
                "name": partner.name,
                "enters_as": partner.handle,
                "shown_as": ("circle", "diamond")[partner.side],
                "language": partner.language,
                "plain_name": partner.neutral,
            }
        ],
        "couple": [
            {
                "begun_at": at(couple.begun_at, couple.zone),
                "other_name": partner.other_name(),
                "living": couple.living,
                "zone": couple.zone,
                "silence_ends_a_conversation_h": couple.gap_h,
                "answer_may_take_h": couple.window_h,
                "night": couple.night,
            }
        ],
        "consents": [
            {
                "to": consent.purpose,
                "given_at": at(consent.given_at, couple.zone),
                "taps_too": consent.taps,
            }
            for consent in consents
        ],
        "seasons": [
            {
                "name": season.name,
                "first_day": season.start.isoformat(),
                "last_day": season.end.isoformat() if season.end else None,
                "ongoing": season.ongoing,
                "kind": season.kind,
            }
            for season in Season.objects.filter(couple=couple)
        ],
    }
