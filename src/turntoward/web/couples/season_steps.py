"""What was just done on the time line, kept for some minutes in the browser that did it.

So a tap by mistake can be undone after the page was loaded anew, and nothing is kept here for it:
the cookie is sealed for whoever tapped, and forgets by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from turntoward.web.couples.models import Partner
from turntoward.web.couples.seasons import Mark, Step
from turntoward.web.keys import derive, seal, unseal

COOKIE = settings.SEASON_COOKIE_NAME
_LASTS_S = 10 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What is said at the top of the page: `what` it was, and the step that Undo takes back.

    `typed` is what could not be kept, because the season was gone; `at` is when, in seconds.
    """

    what: str
    at: int = 0
    step: Step | None = None
    typed: Mark | None = None


def remember(response: HttpResponse, partner: Partner, done: Done) -> HttpResponse:
    """The answer, with what was done kept in this browser."""
    now = replace(done, at=int(timezone.now().timestamp()))
    sealed = seal(_key(), msgspec.json.encode(now), _place(partner))
    response.set_cookie(
        COOKIE,
        sealed.hex(),
        max_age=_LASTS_S,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
    return response


def remembered(request: HttpRequest, partner: Partner) -> Done | None:
    """What this partner did here in the last minutes, or None."""
    try:
        sealed = bytes.fromhex(request.COOKIES.get(COOKIE, ""))
        done = msgspec.json.decode(unseal(_key(), sealed, _place(partner)), type=Done)
    except (InvalidTag, ValueError, msgspec.DecodeError):
        return None
    # A browser lets it go by itself; a copy of the cookie does not.
    return done if timezone.now().timestamp() - done.at < _LASTS_S else None


def _key() -> bytes:
    return derive(settings.APPLICATION_KEY, "season steps")


def _place(partner: Partner) -> str:
    return f"season step of {partner.pk}"
