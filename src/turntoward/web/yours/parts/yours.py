"""The browsers in which I entered, and my box of what was given before the other went."""

from __future__ import annotations

from datetime import datetime

from turntoward.web.couples.models import Partner
from turntoward.web.yours.keepsakes import box_of
from turntoward.web.yours.models import Device
from turntoward.web.yours.parts.rows import Tables


def part(partner: Partner, key: bytes | None, now: datetime) -> Tables:
    """`devices` and `kept_from_before`."""
    return {
        "devices": [
            {
                "browser": device.name,
                "entered_on": device.entered_on.isoformat(),
                "signed_in": device.session_id is not None,
                "known": device.known,
            }
            for device in Device.objects.visible_to(partner)
        ],
        "kept_from_before": [
            {
                "day": shown.keepsake.day.isoformat(),
                "what": shown.says,
                "words": "\n".join(shown.kept.words) if shown.kept else None,
            }
            for shown in box_of(partner)
        ],
    }
