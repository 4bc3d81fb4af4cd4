"""Writes of notifications: a browser is added, known again, or forgotten."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from turntoward.web.couples.models import Partner
from turntoward.web.rituals.models import PushSubscription
from turntoward.web.rituals.sealed import Browser, digest, seal_browser

#: More browsers than one person has: the oldest ones make room.
MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """The session in which a partner is signed in, and by what its browser is known again."""

    session_id: str | None
    mark: str = ""


def here_of(request: HttpRequest, partner: Partner) -> Here:
    """Where a request comes from. The two have another mark each: nobody reads off that they share
    a browser."""
    cookie = request.COOKIES.get(settings.BROWSER_COOKIE_NAME, "")
    mark = digest(f"push:{partner.pk}:{cookie}") if cookie else ""
    return Here(session_id=request.session.session_key, mark=mark)


def subscribe(partner: Partner, browser: Browser, here: Here, now: datetime) -> PushSubscription:
    """Remind this partner in this browser. One browser reminds one of the two: the last one."""
    known = digest(browser.endpoint)
    with transaction.atomic():
        PushSubscription.objects.filter(digest=known).delete()
        row = PushSubscription(partner=partner, digest=known, at=now, **asdict(here))
        row.sealed = seal_browser(row, browser)
        row.save()
        mine = PushSubscription.objects.filter(partner=partner).order_by("-at")
        PushSubscription.objects.filter(pk__in=[old.pk for old in mine[MOST:]]).delete()
    return row


def is_known(partner: Partner, endpoint: str, here: Here) -> bool:
    """Whether this partner is reminded in this browser; then it goes on in this session."""
    mine = PushSubscription.objects.filter(partner=partner, digest=digest(endpoint))
    return bool(mine.update(**asdict(here)))


def unsubscribe(partner: Partner, endpoint: str) -> None:
    """Forget one browser of this partner by its address, or all of them where none is named."""
    mine = PushSubscription.objects.filter(partner=partner)
    (mine.filter(digest=digest(endpoint)) if endpoint else mine).delete()


def go_on_here(request: HttpRequest, partner: Partner, **kwargs: object) -> None:
    """Somebody has entered: reminders go on in a browser that showed them before."""
    mark = here_of(request, partner).mark
    rows = PushSubscription.objects.filter(partner=partner, mark=mark)
    if mark and rows.exists():
        request.session.save()  # so that its row is there to point at
        rows.update(session=request.session.session_key)


def forget_this_browser(request: HttpRequest | None, **kwargs: object) -> None:
    """Somebody leaves in this browser: it shows no reminders any more."""
    session = request.session.session_key if request is not None else None
    if session:
        PushSubscription.objects.filter(session=session).delete()
