"""Who looks at Today, when, and what was passed by: read once, at the edge."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext as _

from turntoward.reading.companion import day_of
from turntoward.web.couples.access import partner_of, vault_key
from turntoward.web.part import Look

#: A day begins where the couple's does (`reading.companion.day_of`).
_MORNING, _NOON, _EVENING = 4, 12, 18


def look_of(request: HttpRequest, now: datetime) -> Look:
    """The look of whoever asks."""
    partner = partner_of(request)
    zone = partner.couple.zone
    return Look(
        partner=partner,
        now=now,
        day=day_of(now, zone),
        hour=now.astimezone(ZoneInfo(zone)).hour,
        key=vault_key(request),
        browser=request.session.session_key or "",
    )


def greeting(look: Look) -> str:
    """A greeting by the hour in the couple's zone."""
    if _MORNING <= look.hour < _NOON:
        words = _("Good morning, {name}.")
    elif _NOON <= look.hour < _EVENING:
        words = _("Good afternoon, {name}.")
    else:
        words = _("Good evening, {name}.")
    return words.format(name=look.partner.name)


def passed_by(request: HttpRequest) -> str:
    """The key of the last part that was passed by with "Not this now", or nothing.

    A tap on a later part answers with Today anew; htmx says which address the page has, and what
    was passed by on it stays so.
    """
    if "after" in request.GET:
        return request.GET["after"]
    try:
        query = urlsplit(request.headers.get("HX-Current-URL", "")).query
        return parse_qs(query).get("after", [""])[0]
    except ValueError:  # no address that a browser sends
        return ""
