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
#: How long having entered counts.
LASTS = timedelta(minutes=15)


def remember(request: HttpRequest, now: datetime) -> None:
    """The passphrase was typed in this browser just now."""
    request.session[_ENTERED_AT] = int(now.timestamp())


def is_fresh(request: HttpRequest, now: datetime) -> bool:
    """True while the passphrase was typed lately; in the demo nobody knows it, so always."""
    if settings.DEMO:
        return True
    at = request.session.get(_ENTERED_AT)
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
            if is_fresh(request, timezone.now()):
                return view(request, *args, **kwargs)
            return redirect(ask_first(page))

        return asked

    return around


def ask_first(page: str) -> str:
    """The address that asks for the passphrase and goes on with `page`."""
    return f"{reverse('yours:again')}?to={page}"
