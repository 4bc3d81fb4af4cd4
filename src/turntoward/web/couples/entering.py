"""Signing in and out: the session, and the cookie that opens the vault in this browser."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from threading import BoundedSemaphore

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from turntoward.web.couples.locking import open_here, shut_here
from turntoward.web.couples.models import Partner
from turntoward.web.couples.vault import VaultShut, Wrapped
from turntoward.web.couples.vaults import opened, wrapped_for

#: Sent with `request`, `response`, `partner` and `typed` when somebody has entered in a browser;
#: `typed` says whether they typed their passphrase.
entered = Signal()
#: Each passphrase takes up to 100 MiB while it is tried: many at once wait their turn.
DERIVING = BoundedSemaphore(4)


def known(request: HttpRequest, handle: str, passphrase: str) -> Partner | None:
    """The partner behind a name and passphrase, or None; both mistakes look the same."""
    with DERIVING:
        found = authenticate(request, username=handle, password=passphrase)
    return found if isinstance(found, Partner) else None


def let_in(
    request: HttpRequest, response: HttpResponse, partner: Partner, passphrase: str | None
) -> HttpResponse:
    """Sign in on this browser and open the vault in it.

    None as `passphrase` is for whoever came in without typing it: the vault stays shut here. The
    passphrase has to be known to fit.
    """
    key = None
    if passphrase is not None:
        # Without its key of the ring, as in a folder that was copied by halves, it stays shut; what
        # else is theirs can still be reached, taken along and erased.
        with suppress(VaultShut):
            key = _opened(partner, passphrase)
    login(request, partner, backend="django.contrib.auth.backends.ModelBackend")
    now = timezone.now()
    # From now on for its whole time, however short it was to wait for a passkey; and no longer,
    # however often something is kept in it.
    request.session.set_expiry(now + timedelta(seconds=settings.SESSION_COOKIE_AGE))
    if key is None:
        shut_here(request, response)
    else:
        open_here(request, response, key, now)
    typed = passphrase is not None
    entered.send(Partner, request=request, response=response, partner=partner, typed=typed)
    return response


def open_again(
    request: HttpRequest, response: HttpResponse, partner: Partner, passphrase: str
) -> HttpResponse:
    """Open the vault for the one who is signed in here; what other pages hold stays valid.

    Raises `VaultShut` where the key around it is missing on this machine.
    """
    open_here(request, response, _opened(partner, passphrase), timezone.now())
    return response


def _opened(partner: Partner, passphrase: str) -> bytes:
    with DERIVING:
        return opened(partner, passphrase)


def wrapped_anew(partner: Partner, old: str, new: str) -> Wrapped:
    """The partner's data key under a new passphrase; raises `VaultShut` on a wrong old one."""
    with DERIVING:
        return wrapped_for(partner, opened(partner, old), new)


def let_out(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Sign out here; the vault is shut in this browser."""
    logout(request)
    shut_here(request, response)
    if settings.HTTPS:
        # No page stays to go back to. What waits unsent is emptied by the page itself (outbox.js).
        response.headers["Clear-Site-Data"] = '"cache"'
    return response
