"""Signing in and out: the session, and the cookie that opens the vault in this browser."""

from __future__ import annotations

from threading import BoundedSemaphore

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse

from turntoward.web.couples.access import VAULT_COOKIE, VAULT_SESSION
from turntoward.web.couples.models import Partner
from turntoward.web.couples.vault import Wrapped, for_session, open_vault, wrap

#: Sent with `request`, `response` and `partner` when somebody has entered in a browser.
entered = Signal()
#: Each passphrase takes up to 100 MiB while it is tried: many at once wait their turn.
DERIVING = BoundedSemaphore(4)


def known(request: HttpRequest, handle: str, passphrase: str) -> Partner | None:
    """The partner behind a name and passphrase, or None; both mistakes look the same."""
    with DERIVING:
        found = authenticate(request, username=handle, password=passphrase)
    return found if isinstance(found, Partner) else None


def let_in(
    request: HttpRequest, response: HttpResponse, partner: Partner, passphrase: str
) -> HttpResponse:
    """Sign in on this browser and open the vault in it."""
    wrapped = Wrapped(bytes(partner.vault_salt), bytes(partner.vault_sealed))
    with DERIVING:
        key = open_vault(wrapped, passphrase, str(partner.id))
    login(request, partner, backend="django.contrib.auth.backends.ModelBackend")
    cookie, session = for_session(key)
    request.session[VAULT_SESSION] = session
    response.set_cookie(
        VAULT_COOKIE,
        cookie,
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
    entered.send(Partner, request=request, response=response, partner=partner)
    return response


def wrapped_anew(partner: Partner, old: str, new: str) -> Wrapped:
    """The partner's data key under a new passphrase; raises `VaultShut` on a wrong old one."""
    wrapped, owner = (
        Wrapped(bytes(partner.vault_salt), bytes(partner.vault_sealed)),
        str(partner.id),
    )
    with DERIVING:
        return wrap(open_vault(wrapped, old, owner), new, owner)


def let_out(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Sign out here; the vault is shut in this browser."""
    logout(request)
    response.delete_cookie(VAULT_COOKIE, samesite="Strict")
    return response
