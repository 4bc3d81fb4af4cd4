"""Browsers in which somebody entered: noted, told of once, signed out. All writes of them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hmac import compare_digest

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from turntoward.reading.companion import day_of
from turntoward.web.checkins import live
from turntoward.web.couples.models import Partner
from turntoward.web.yours import fresh
from turntoward.web.yours.browsers import names_in
from turntoward.web.yours.models import Device, Told
from turntoward.web.yours.told import tell

_COOKIE_LASTS_S = 365 * 24 * 3600
_COOKIE_BYTES = 24
#: Where a session says which passkey began it.
_PASSKEY = "entered_by"
#: How long a browser that is new is told of before it may vouch for one.
_WAITS = timedelta(days=7)


def note(
    request: HttpRequest, response: HttpResponse, partner: Partner, typed: bool, **_: object
) -> None:
    """Somebody has entered: whether they `typed` their passphrase, and in which browser, is noted.

    In the demo anybody is anybody, so nothing is noted there.
    """
    now = timezone.now()
    if typed:
        fresh.remember(request, now)
    here = Device.objects.filter(session_id=request.session.session_key, partner=partner)
    if settings.DEMO or (request.session.session_key and here.exists()):
        return  # in a session that goes on, only the passphrase was asked again
    cookie = request.COOKIES.get(settings.BROWSER_COOKIE_NAME) or secrets.token_hex(_COOKIE_BYTES)
    request.session.save()  # so that its row is there to point at
    browser, system = names_in(request.headers.get("User-Agent", ""))
    first = not Device.objects.filter(partner=partner).exists()
    entered = {
        "session_id": request.session.session_key,
        "browser": browser,
        "system": system,
        "entered_on": day_of(now, partner.couple.zone),
    }
    with transaction.atomic():
        # Without its cookie of the session this browser is the same, and has no second one.
        for earlier in Device.objects.filter(partner=partner, mark=_mark(cookie, partner)):
            if earlier.session_id is not None:
                _leave_in(earlier.session_id)
        # A browser in which the other one entered before.
        Device.objects.filter(session_id=request.session.session_key).update(session=None)
        Device.objects.update_or_create(
            partner=partner,
            mark=_mark(cookie, partner),
            defaults=entered,
            create_defaults=entered | {"known": first},
        )
    response.set_cookie(
        settings.BROWSER_COOKIE_NAME,
        cookie,
        max_age=_COOKIE_LASTS_S,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )


def news(partner: Partner, browser: str) -> list[Device]:
    """Browsers that this partner has not called their own yet, but for the one that looks."""
    unknown = Device.objects.visible_to(partner).filter(known=False)
    return list(unknown.exclude(session_id=browser) if browser else unknown)


def may_confirm(partner: Partner, browser: str, now: datetime) -> bool:
    """Whether this browser may say that one is its owner's: one that is known itself may.

    Else whoever entered twice with a passphrase that is not theirs would confirm one with the
    other. Who has none of their phones any more waits: where no known browser was signed in for
    a while, one that is new may say it once it has been signed in for a week. In all that time it
    is told of wherever its owner looks, and after it that this was said (`Told.Kind.VOUCHED`).
    """
    mine = Device.objects.visible_to(partner)
    if _is_known(partner, browser):
        return True
    if mine.filter(known=True, session__expire_date__gt=now).exists():
        return False
    since = day_of(now, partner.couple.zone) - _WAITS
    return mine.filter(session_id=browser, session__isnull=False, entered_on__lte=since).exists()


def confirm(request: HttpRequest, device: Device, now: datetime) -> None:
    """It was this partner: it is no news any more. To be asked first: `may_confirm`."""
    partner, browser = device.partner, request.session.session_key or ""
    with transaction.atomic():
        if not _is_known(partner, browser):
            tell(request, partner, Told.Kind.VOUCHED, now)
        Device.objects.filter(pk=device.pk).update(known=True)


def known_as(sender: object, request: HttpRequest, name: str, **_: object) -> str:
    """What this browser is known by as one of the partner called `name`; empty where it is not."""
    cookie = request.COOKIES.get(settings.BROWSER_COOKIE_NAME, "")
    theirs = Device.objects.select_related("partner").filter(partner__handle=name, known=True)
    marks = (one.mark for one in theirs if compare_digest(one.mark, _mark(cookie, one.partner)))
    return next(marks, "")


def sign_out(device: Device, browser: str) -> None:
    """Sign this browser out and forget it: entering in it is news again."""
    if device.session_id is not None:
        _leave_in(device.session_id)
        _wake(device.partner)
    _forgotten_by(device.partner, browser).filter(pk=device.pk).delete()


def sign_out_others(partner: Partner, browser: str) -> None:
    """Sign this partner out everywhere but in `browser`, and forget what has left already."""
    end_sessions(partner, sessions_of(partner), but=browser)
    rows = _forgotten_by(partner, browser)
    rows.exclude(session_id=browser).delete()
    rows.filter(session=None).delete()


def _is_known(partner: Partner, browser: str) -> bool:
    mine = Device.objects.visible_to(partner).filter(known=True, session__isnull=False)
    return mine.filter(session_id=browser).exists()


def _forgotten_by(partner: Partner, browser: str) -> QuerySet[Device]:
    """What this browser may have forgotten: one that is not known itself, none that is known.

    Else it would soon be the only one, and its owner's next look would tell them nothing of it.
    """
    mine = Device.objects.visible_to(partner)
    return mine if _is_known(partner, browser) else mine.filter(known=False)


def sessions_of(partner: Partner) -> list[str]:
    """Every session of this partner, also one that no device points at any more.

    All that there are on this machine are opened for it: not to be called where others wait to
    write.
    """
    there = Session.objects.iterator()
    return [one.pk for one in there if one.get_decoded().get(SESSION_KEY) == str(partner.pk)]


def end_sessions(partner: Partner, found: Iterable[str], *, but: str = "") -> None:
    """End the sessions that were `found`, and those that began since; all but one."""
    mine = Device.objects.filter(partner=partner, session__isnull=False)
    since = mine.values_list("session_id", flat=True)
    end_these(partner, [*found, *filter(None, since)], but=but)


def end_these(partner: Partner, found: Iterable[str], *, but: str) -> None:
    """End these sessions of this partner, all but one."""
    for session in dict.fromkeys(found):
        if session != but:
            _leave_in(session)
    _wake(partner)


def entered_by(request: HttpRequest, passkey: int) -> None:
    """Whoever has just entered here did so with this passkey, for as long as they stay."""
    request.session[_PASSKEY] = passkey


def begun_by(partner: Partner, passkey: int) -> list[str]:
    """The sessions of this partner that the passkey began; not to be called where others wait."""
    return [one for one in sessions_of(partner) if SessionStore(one).get(_PASSKEY) == passkey]


def _leave_in(session: str) -> None:
    """As if its holder had left there: whoever listens for that hears of it."""
    there = HttpRequest()
    there.session = SessionStore(session)
    logout(there)


def _wake(partner: Partner) -> None:
    """Streams look whether their session is still there; the others stay as they are."""
    couple = partner.couple_id
    transaction.on_commit(lambda: live.tell(couple))


def _mark(cookie: str, partner: Partner) -> str:
    """For each of the two another one: nobody reads off that they share a browser."""
    return hashlib.sha256(f"{partner.pk}:{cookie}".encode()).hexdigest()
