"""Telling a partner that what lets them in was changed: on their own pages, browser by browser.

All writes of it. An e-mail or a notification would say it on a screen that others see.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from turntoward.reading.companion import day_of
from turntoward.web.couples.models import Partner
from turntoward.web.yours.browsers import names_in
from turntoward.web.yours.models import Device, Told

#: How long it waits for a browser in which its owner has not looked.
_WAITS = timedelta(days=90)


def tell(request: HttpRequest, partner: Partner, kind: Told.Kind, now: datetime) -> None:
    """`kind` was done in this browser: told of in all of this partner's others."""
    if settings.DEMO:
        return
    day = day_of(now, partner.couple.zone)
    Told.objects.filter(partner=partner, day__lt=day - _WAITS).delete()
    browser, system = names_in(request.headers.get("User-Agent", ""))
    told = Told.objects.create(partner=partner, kind=kind, day=day, browser=browser, system=system)
    put_away(told, request.session.session_key or "")


def told_in(partner: Partner, browser: str, now: datetime) -> list[Told]:
    """What this browser (its session) has not put away yet, the newest first."""
    since = day_of(now, partner.couple.zone) - _WAITS
    mine = Told.objects.visible_to(partner).filter(day__gte=since)
    return list(mine.exclude(put_away_in__in=_here(partner, browser)))


def put_away(told: Told, browser: str) -> None:
    """It was seen in this browser; twice changes nothing."""
    told.put_away_in.add(*_here(told.partner, browser))


def _here(partner: Partner, browser: str) -> list[Device]:
    mine = Device.objects.visible_to(partner).filter(session__isnull=False)
    return list(mine.filter(session_id=browser))
