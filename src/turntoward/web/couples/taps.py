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
    """When it was tapped: the field `at` of the form where that can be, else `now`."""
    given = request.POST.get("at", "")
    try:
        at = parse_datetime(given)
    except ValueError:
        return now
    if at is None or at.tzinfo is None:
        return now
    return at if now - _LONGEST_WAIT <= at <= now else now


def _id_of(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("tap", ""))
    except ValueError:
        return None
