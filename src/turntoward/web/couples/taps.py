"""Taps that count once, and at the time when they were tapped: a phone may have been offline."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from turntoward.web.couples.models import Tap

#: What waited on a phone for longer is taken as of now: its clock can hardly be trusted.
_LONGEST_WAIT = timedelta(days=7)
#: How long a tap may be under way: a phone takes it as lost then (outbox_queue.js).
_UNDER_WAY = timedelta(seconds=10)
_A_DAY = timedelta(days=1)


class AlreadyHere(Exception):
    """The same tap arrived before. It is done; nothing more is to do."""


@contextmanager
def once(request: HttpRequest, now: datetime) -> Iterator[None]:
    """Run the block in one transaction with the tap's id; raises `AlreadyHere` the second time.

    The id is the field `tap` of the form, made by the phone. Without one (no JavaScript) every
    post is a tap of its own.
    """
    given = _id_of(request)
    with transaction.atomic():
        if given is not None:
            try:
                with transaction.atomic():
                    Tap.objects.create(id=given, day=now.date())
            except IntegrityError as error:
                raise AlreadyHere from error
            # No phone sends it again by then.
            Tap.objects.filter(day__lt=(now - _LONGEST_WAIT - _A_DAY).date()).delete()
        yield


def tapped_at(request: HttpRequest, now: datetime) -> datetime:
    """When it was tapped: `now`, less the time for which it waited on the phone.

    The fields `at` (tapped) and `sent` of the form are by the phone's clock. That may be wrong; the
    time between the two is not. Without `sent` the phone's clock is taken as it is.
    """
    at, sent = _time_of(request, "at"), _time_of(request, "sent") or now
    waited = sent - at if at is not None else timedelta(0)
    return now - waited if timedelta(0) <= waited <= _LONGEST_WAIT else now


def is_older(tapped: datetime, than: datetime) -> bool:
    """True where it was tapped before what was tapped at `than`, and is not to overturn that.

    Both may have been under way for some seconds, more or fewer. One phone sends in order, so where
    it is that close the one that came later is the later one.
    """
    return tapped + _UNDER_WAY < than


def _time_of(request: HttpRequest, field: str) -> datetime | None:
    try:
        found = parse_datetime(request.POST.get(field, ""))
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _id_of(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("tap", ""))
    except ValueError:
        return None
