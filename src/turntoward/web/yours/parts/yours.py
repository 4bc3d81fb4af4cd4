"""Where and how I enter, what I was told of that, and my box of what was given before."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag

from turntoward.web.couples.models import Partner
from turntoward.web.keyring import KeyGone
from turntoward.web.yours.keepsakes import box_of
from turntoward.web.yours.models import Device, Told
from turntoward.web.yours.parts.rows import Tables


def part(partner: Partner, key: bytes | None, now: datetime) -> Tables:
    """`devices`, `ways_to_enter`, `told_of_entering` and `kept_from_before`."""
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
        "ways_to_enter": [
            {"what": one.type, "name": _name(one), "since": one.created_at.date().isoformat()}
            for one in Authenticator.objects.filter(user=partner).order_by("pk")
        ],
        "told_of_entering": [
            {"what": told.get_kind_display(), "day": told.day.isoformat(), "where": told.where}
            for told in Told.objects.visible_to(partner)
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


def _name(one: Authenticator) -> str:
    """What a passkey is called; a code has no name, and its secret opens nothing elsewhere."""
    try:
        return str(get_adapter().decrypt(one.data["name"])) if "name" in one.data else ""
    except (KeyGone, InvalidTag, ValueError):
        return ""
