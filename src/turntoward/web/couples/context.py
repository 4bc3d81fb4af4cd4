"""What every page knows."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from turntoward.web.couples.locking import OPEN_FOR_S, stays_open, was_asked_for
from turntoward.web.couples.models import Partner


def _to_open(request: HttpRequest) -> str:
    """Where the passphrase opens private words, and goes on with the page that is looked at."""
    asked = request.get_full_path()
    if request.method != "GET":
        # The answer to a form: the page that it stood on.
        of_htmx = request.headers.get("HX-Current-URL", "")
        there = urlsplit(of_htmx or request.headers.get("Referer", ""))
        asked = there._replace(scheme="", netloc="", fragment="").geturl()
    return f"{reverse('yours:open')}?to={quote(asked)}"


def companion(request: HttpRequest) -> dict[str, Any]:
    """The one who looks, the other's name, and whether this is the demo."""
    partner = getattr(request, "user", None)
    here = partner if isinstance(partner, Partner) else None
    match = request.resolver_match
    return {
        "me": here,
        "other_name": here.other_name() if here else "",
        "demo": settings.DEMO,
        "tab": match.app_name if match else "",
        "open_words": _to_open(request) if here else "",
        "locks_after": OPEN_FOR_S if was_asked_for(request) and not stays_open() else 0,
    }
