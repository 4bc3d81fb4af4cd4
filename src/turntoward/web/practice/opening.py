"""Who may begin the practice here: whoever holds the link that the terminal prints, once."""

from __future__ import annotations

import hmac

from django.conf import settings

from turntoward.web.keys import derive
from turntoward.web.practice.models import Practice


def start_token() -> str | None:
    """The token of the practice's start link; None without a practice, and once it has begun.

    It is derived, so nothing of it is stored.
    """
    if not settings.PRACTICE or Practice.objects.exists():
        return None
    return derive(settings.APPLICATION_KEY, "start link of the practice").hex()[:32]


def may_begin(token: str) -> bool:
    """True where this token lets somebody begin the practice."""
    expected = start_token()
    return expected is not None and hmac.compare_digest(expected.encode(), token.encode())
