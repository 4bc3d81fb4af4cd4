"""Writes of this app: "not now" and its undo, a look of the week, and kept questionnaires."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction

from turntoward.web.care.models import Filled, Looked, NotNow
from turntoward.web.care.sealed import Answers, lock_answers, seal_look
from turntoward.web.couples.models import Partner
from turntoward.web.readings.models import StoredReading

#: How long a result that was removed can be fetched back.
FETCH_BACK = timedelta(days=1)


def not_now(partner: Partner, day: date) -> None:
    """Today says nothing of this to this partner for a month from the couple's `day` on."""
    NotNow.objects.update_or_create(partner=partner, defaults={"since": day})


def after_all(partner: Partner) -> None:
    """Undo of `not_now`; without one nothing changes."""
    NotNow.objects.visible_to(partner).delete()


def keep_look(partner: Partner, day: date, *, seen: bool) -> None:
    """What Today found when it looked for the signs, until it looks again."""
    with transaction.atomic():
        sealed = seal_look(partner, day, seen=seen)
        Looked.objects.update_or_create(partner=partner, defaults={"day": day, "sealed": sealed})


def forget_looks(instance: StoredReading, **kwargs: object) -> None:
    """A reading was deleted: nothing that rests on it stays; Today looks again.

    On one person's own reading the other's look never rested: theirs stays as it was, or their
    Today would tell them.
    """
    rests = Looked.objects.filter(partner__couple=instance.couple_id)
    if instance.owner_id is not None:
        rests = rests.filter(partner=instance.owner_id)
    rests.delete()


def keep(partner: Partner, answers: Answers, now: datetime) -> Filled:
    """Keep a filled-in questionnaire for its owner."""
    filled = Filled(id=uuid.uuid4(), partner=partner, at=now)
    filled.sealed = lock_answers(filled, answers)
    filled.save(force_insert=True)
    return filled


def remove(filled: Filled, now: datetime) -> None:
    """Remove what was kept. It can be fetched back for a day; then it is deleted."""
    Filled.objects.filter(pk=filled.pk, removed_at=None).update(removed_at=now)


def fetch_back(filled: Filled, now: datetime) -> None:
    """Undo of `remove`."""
    in_time = Filled.objects.filter(pk=filled.pk, removed_at__gt=now - FETCH_BACK)
    in_time.update(removed_at=None)


def tidy(partner: Partner, now: datetime) -> None:
    """Delete for good what this partner removed more than a day ago."""
    gone = Filled.objects.visible_to(partner).filter(removed_at__lte=now - FETCH_BACK)
    if gone.exists():
        gone.delete()


def part(other: Partner) -> None:
    """The two have parted: what was looked for between them is no more."""
    with transaction.atomic():
        Looked.objects.filter(partner=other).delete()
        NotNow.objects.filter(partner=other).delete()
