"""Writes of notifications: a browser is added, or forgotten."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest

from turntoward.web.couples.models import Partner
from turntoward.web.rituals.models import PushSubscription
from turntoward.web.rituals.sealed import Browser, digest, seal_browser

#: The session's own browser, so that whoever leaves in it is not reminded in it any more.
_HERE = "push"
#: More browsers than one person has: the oldest ones make room.
MOST = 8


def subscribe(
    partner: Partner, browser: Browser, session: SessionBase, now: datetime
) -> PushSubscription:
    """Remind this partner in this browser. One browser reminds one of the two: the last one."""
    known = digest(browser.endpoint)
    with transaction.atomic():
        PushSubscription.objects.filter(digest=known).delete()
        row = PushSubscription(partner=partner, digest=known, at=now)
        row.sealed = seal_browser(row, browser)
        row.save()
        mine = PushSubscription.objects.filter(partner=partner).order_by("-at")
        PushSubscription.objects.filter(pk__in=[old.pk for old in mine[MOST:]]).delete()
    session[_HERE] = str(row.pk)
    return row


def is_known(partner: Partner, endpoint: str, session: SessionBase) -> bool:
    """Whether this partner is reminded in this browser; then the session knows it again."""
    row = PushSubscription.objects.filter(partner=partner, digest=digest(endpoint)).first()
    if row is not None:
        session[_HERE] = str(row.pk)
    return row is not None


def unsubscribe(partner: Partner, endpoint: str) -> None:
    """Forget one browser of this partner by its address, or all of them where none is named."""
    mine = PushSubscription.objects.filter(partner=partner)
    (mine.filter(digest=digest(endpoint)) if endpoint else mine).delete()


def forget_session(session: SessionBase) -> None:
    """The browser of this session is let out: it shows no reminders any more."""
    pk = session.get(_HERE)
    if pk:
        PushSubscription.objects.filter(pk=pk).delete()


def forget_this_browser(request: HttpRequest | None, **kwargs: object) -> None:
    """Somebody leaves in this browser."""
    if request is not None:
        forget_session(request.session)
