"""Wrong tries are slowed, and nobody is locked out.

Whoever types what does not fit waits a while that grows, up to a minute. Where somebody is known,
only their own tries count: in a session of the one who is asked for, and in a browser that this one
calls their own (`knows_browser`). So a stranger, or a partner in the same network, slows nobody
out of a phone of theirs. Elsewhere it counts by name and by address; a name that nobody has is
slowed like any other. Rows, not a cache: they count across processes and a restart.

Before a passphrase or a code is looked at: `wait = slowed(request, name, now)`. Unless it is 0,
nothing is tried and `wait_words(wait)` says why. Once it fitted: `fitted(request, name)`.
"""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.dispatch import Signal
from django.http import HttpRequest
from django.utils.translation import ngettext

from turntoward.web.couples.models import Partner, Tries
from turntoward.web.keys import derive

#: Sent with `request` and `name` (as it is stored): whoever knows this browser as one of that
#: partner's answers with what it is known by; the others with an empty text.
knows_browser = Signal()

LONGEST_S = 60
#: After a quiet hour all is as if nothing had been typed.
FORGOTTEN = timedelta(hours=1)
#: Wrong tries before the first wait. An address can be a household, or a whole house of them.
_FREE = 5
_FREE_ADDRESS = 20


@dataclass(frozen=True, slots=True)
class _Counted:
    """One thing that tries are counted for, and how many of them cost nothing."""

    what: str
    free: int


def slowed(request: HttpRequest, name: str, now: datetime) -> int:
    """Seconds to wait before another try as `name`; 0 lets this one through, and counts it.

    It counts before it is looked at, so that many at once are not all the first one.
    """
    counted = _counted(request, name)
    with transaction.atomic():
        Tries.objects.filter(last_at__lt=now - FORGOTTEN).delete()
        rows = {_digest(one.what): one for one in counted}
        found = Tries.objects.select_for_update().in_bulk(list(rows))
        wait = max((_wait(found[key], rows[key].free, now) for key in found), default=0)
        if wait == 0:
            for key in rows:
                row = found.get(key)
                values = {"count": row.count + 1 if row else 1, "last_at": now}
                Tries.objects.update_or_create(digest=key, defaults=values)
    return wait


def fitted(request: HttpRequest, name: str) -> None:
    """What was typed fitted: this try was none, and earlier ones as `name` are forgotten.

    Those of an address stay: else whoever has an account of their own would go on without a wait.
    """
    for one in _counted(request, name):
        row = Tries.objects.filter(digest=_digest(one.what))
        if one.free == _FREE_ADDRESS:
            row.filter(count__gt=1).update(count=F("count") - 1) or row.delete()
        else:
            row.delete()


def wait_words(seconds: int) -> str:
    """What is said to whoever has to wait."""
    return ngettext(
        "That did not fit a few times. In %(seconds)s second you can try again.",
        "That did not fit a few times. In %(seconds)s seconds you can try again.",
        seconds,
    ) % {"seconds": seconds}


def browser_known(request: HttpRequest, name: str) -> str:
    """What this browser is known by as one of the partner called `name`; empty where it is not."""
    answers = knows_browser.send(Tries, request=request, name=_stored(name))
    return next((str(known) for _, known in answers if known), "")


def _counted(request: HttpRequest, name: str) -> tuple[_Counted, ...]:
    user, stored = request.user, _stored(name)
    if isinstance(user, Partner) and user.handle == stored:
        return (_Counted(f"session {request.session.session_key}", _FREE),)
    if known := browser_known(request, name):
        return (_Counted(f"browser {known}", _FREE),)
    address = _network(str(request.META.get("REMOTE_ADDR", "")))
    return (_Counted(f"name {stored}", _FREE), _Counted(f"address {address}", _FREE_ADDRESS))


def _wait(row: Tries, free: int, now: datetime) -> int:
    """Seconds that are left: 2, 4, 8 … from the last try that was looked at."""
    over = row.count - free
    if over < 0:
        return 0
    long = min(LONGEST_S, 1 << min(over + 1, 6))
    # A clock that was set back makes nobody wait longer than that.
    return min(long, max(0, ceil(long - (now - row.last_at).total_seconds())))


def _network(address: str) -> str:
    """One household has 64 bits of IPv6 addresses to itself."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False))


def _stored(name: str) -> str:
    return name.strip().casefold()


def _digest(what: str) -> str:
    key = derive(settings.APPLICATION_KEY, "tries")
    return hmac.new(key, what.encode(), sha256).hexdigest()
