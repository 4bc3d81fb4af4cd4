"""Asking for the passphrase again before what a borrowed, unlocked phone is not to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

_View = Callable[..., HttpResponse]
_ENTERED_AT = "entered-at"
_PASSKEY_AT = "passkey-at"
#: Pages for which a passkey does as well. Not those that change who gets in: a phone asks for its
#: own number before it uses a passkey, and a partner may know that one.
BY_PASSKEY = ("devices", "take")
#: Those whose address has another name: "mine" is for calling a browser one's own.
_ELSEWHERE = {"ways": "accounts:ways", "mine": "yours:devices"}
#: How long having entered counts.
LASTS = timedelta(minutes=15)


def remember(request: HttpRequest, now: datetime) -> None:
    """The passphrase was typed in this browser just now, or something as good was shown."""
    request.session[_ENTERED_AT] = int(now.timestamp())


def remember_passkey(request: HttpRequest, now: datetime) -> None:
    """A passkey was shown in this browser just now; a passphrase was not typed by that."""
    request.session[_PASSKEY_AT] = int(now.timestamp())


def is_fresh(request: HttpRequest, now: datetime, page: str = "") -> bool:
    """True while the passphrase was typed lately; in the demo nobody knows it, so always.

    With a `page` of those, a passkey that was shown lately does, too.
    """
    if settings.DEMO:
        return True
    shown = page in BY_PASSKEY and _is_lately(request.session.get(_PASSKEY_AT), now)
    return shown or _is_lately(request.session.get(_ENTERED_AT), now)


def _is_lately(at: object, now: datetime) -> bool:
    if not isinstance(at, int):
        return False
    # A clock that was set back makes nothing fresh.
    return 0 <= now.timestamp() - at <= LASTS.total_seconds()


def fresh(page: str) -> Callable[[_View], _View]:
    """A view that asks for the passphrase first where it was typed too long ago.

    `page` is the page of this app that it goes on with then: what was to be done is tapped again.
    """

    def around(view: _View) -> _View:
        @wraps(view)
        def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if is_fresh(request, timezone.now(), page):
                return view(request, *args, **kwargs)
            return redirect(ask_first(page))

        return asked

    return around


def ask_first(page: str) -> str:
    """The address that asks for the passphrase and goes on with `page`."""
    return f"{reverse('yours:again')}?to={page}"


def page_of(page: str) -> str:
    """The name of the address that `page` stands for."""
    return _ELSEWHERE.get(page, f"yours:{page}")
