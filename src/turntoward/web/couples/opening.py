"""Who may begin here: at home, whoever holds the link that the terminal prints, once."""

from __future__ import annotations

import hmac

from django.conf import settings

from turntoward.web.couples.models import Couple
from turntoward.web.keys import derive


def start_token() -> str | None:
    """The token of the start link, or None once a couple has begun here."""
    if settings.OPEN_START or Couple.objects.exists():
        return None
    return derive(settings.APPLICATION_KEY, "start link").hex()[:32]


def may_begin(token: str) -> bool:
    """True where this token, or the setting for hosted use, lets somebody begin."""
    if settings.OPEN_START:
        return True
    expected = start_token()
    return expected is not None and hmac.compare_digest(expected.encode(), token.encode())
