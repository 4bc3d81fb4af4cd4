"""The vault in one browser: open for two minutes after it was last used there, and then locked.

Its key is split: half lies in the session, half in a cookie that ends with the two minutes. What
the browser asks for by itself (Today looking for news, taps that waited on a phone) uses the vault
while it is open, and does not hold it open.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from turntoward.web.couples.vault import VaultShut, for_session, from_session

VAULT_COOKIE = settings.VAULT_COOKIE_NAME
VAULT_SESSION = "vault"
VAULT_USED = "vault-used"
#: How long the vault stays open after it was last used, in seconds.
OPEN_FOR_S = 120
#: By this header a script of ours says that nobody touched anything.
BY_ITSELF = "Turntoward-By-Itself"


def stays_open() -> bool:
    """True in the demo: nobody knows its passphrase, so a vault that locks would stay locked."""
    return bool(settings.DEMO)


def open_here(request: HttpRequest, response: HttpResponse, key: bytes, now: datetime) -> None:
    """The data key is at hand in this browser from `now` on."""
    cookie, session = for_session(key)
    request.session[VAULT_SESSION] = session
    request.session[VAULT_USED] = now.timestamp()
    _hand_out(response, cookie)


def shut_here(request: HttpRequest, response: HttpResponse) -> None:
    """Lock the vault in this browser."""
    _forget(request)
    response.delete_cookie(VAULT_COOKIE, samesite="Strict")


def key_here(request: HttpRequest, now: datetime) -> bytes | None:
    """The data key, where the vault is open in this browser; a use that somebody makes renews it.

    Locked by the time, the session forgets its half.
    """
    request.META[_ASKED] = "1"
    half = request.session.get(VAULT_SESSION, "")
    if not half:
        return None
    if not _in_time(request, now):
        _forget(request)
        return None
    try:
        key = from_session(request.COOKIES.get(VAULT_COOKIE, ""), half)
    except VaultShut:
        return None
    if not _by_itself(request):
        request.session[VAULT_USED] = now.timestamp()
        request.META[_RENEWED] = "1"
    return key


def was_asked_for(request: HttpRequest) -> bool:
    """Whether this is a page on which private words can stand, open or locked."""
    return _ASKED in request.META


def renew(request: HttpRequest, response: HttpResponse) -> None:
    """After the answer was made: the cookie's half lasts as long as the session's."""
    if _RENEWED in request.META and VAULT_COOKIE not in response.cookies:
        _hand_out(response, request.COOKIES.get(VAULT_COOKIE, ""))


_ASKED = "turntoward.vault-asked-for"
_RENEWED = "turntoward.vault-renewed"


def _in_time(request: HttpRequest, now: datetime) -> bool:
    if stays_open():
        return True
    used = request.session.get(VAULT_USED)
    # A session of before knew no such time; and a clock that was set back holds nothing open.
    return isinstance(used, float) and 0 <= now.timestamp() - used < OPEN_FOR_S


def _by_itself(request: HttpRequest) -> bool:
    # A field `tap` comes from the outbox of a phone (`taps.once`).
    return BY_ITSELF in request.headers or "tap" in request.POST


def _hand_out(response: HttpResponse, cookie: str) -> None:
    response.set_cookie(
        VAULT_COOKIE,
        cookie,
        max_age=settings.SESSION_COOKIE_AGE if stays_open() else OPEN_FOR_S,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )


def _forget(request: HttpRequest) -> None:
    for half in (VAULT_SESSION, VAULT_USED):
        request.session.pop(half, None)
