"""Writes of the readings app: bring in, answer, keep a reading, correct it, forget everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from turntoward.errors import TurntowardError
from turntoward.reading.reading import Correction, Reading, Scope
from turntoward.web.couples.access import both_agreed
from turntoward.web.couples.actions import say_yes, take_back
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.readings import store
from turntoward.web.readings.models import Bringing, Question, State, StoredReading
from turntoward.web.readings.tasks import start_work
from turntoward.web.readings.upload import SealedUpload


class UploadTooLarge(TurntowardError):
    """More than may be brought in at once."""


def bring_in(partner: Partner, upload: SealedUpload, now: datetime) -> Bringing:
    """Keep a received file and let the worker look at it."""
    if upload.too_large:
        raise UploadTooLarge(
            "This file is larger than 400 MB. Export the chat again without media; "
            "the words are all that is read."
        )
    store.keep_file(upload)
    with transaction.atomic():
        bringing = Bringing.objects.create(
            id=upload.upload,
            couple=partner.couple,
            by=partner,
            at=now,
            suffix=upload.suffix,
            size=upload.size or 0,
        )
        transaction.on_commit(lambda: start_work(bringing.id))
    return bringing


def answer_dates(bringing: Bringing, dates: str) -> None:
    """Which of day and month comes first in this file."""
    _carry_on(bringing, dates=dates, state=State.QUEUED)


def answer_who(bringing: Bringing, name_of_by: str, name_of_other: str) -> None:
    """Which of the names in the chat are the two."""
    _carry_on(bringing, name_of_by=name_of_by, name_of_other=name_of_other, state=State.READING)


def read_again(bringing: Bringing) -> None:
    """Try once more after a stop."""
    state = State.READING if bringing.name_of_by else State.QUEUED
    _carry_on(bringing, state=state, tries=0, problem="")


def _carry_on(bringing: Bringing, **changes: object) -> None:
    with transaction.atomic():
        fields = {"question": Question.NONE, "step": "", "share": 0.0, **changes}
        Bringing.objects.filter(pk=bringing.pk).update(**fields)
        transaction.on_commit(lambda: start_work(bringing.id))


def remove(bringing: Bringing) -> None:
    """Take one chat away; the readings made with it go too, and what is left is read again."""
    with transaction.atomic():
        StoredReading.objects.filter(couple=bringing.couple_id).delete()
        Bringing.objects.filter(pk=bringing.pk).delete()
        rest = Bringing.objects.filter(couple=bringing.couple_id).exclude(name_of_by="").first()
        if rest is not None:
            _carry_on(rest, state=State.READING)
    store.delete_file(bringing)


def agree(partner: Partner, now: datetime) -> None:
    """This partner's key. With the second one the couple's chats are read together."""
    with transaction.atomic():
        Couple.objects.select_for_update().get(pk=partner.couple_id)
        say_yes(partner, now)
        if not both_agreed(partner.couple):
            return
        named = Bringing.objects.filter(couple=partner.couple_id).exclude(name_of_by="")
        latest = named.exclude(state=State.ASKING).first()
        if latest is not None:
            _carry_on(latest, state=State.READING)


def disagree(partner: Partner) -> None:
    """Take the key back: every reading, every file and all that was derived is deleted."""
    with transaction.atomic():
        Couple.objects.select_for_update().get(pk=partner.couple_id)
        take_back(partner)
        StoredReading.objects.filter(couple=partner.couple_id).delete()
        bringings = list(Bringing.objects.filter(couple=partner.couple_id))
        Bringing.objects.filter(couple=partner.couple_id).delete()
    for bringing in bringings:
        store.delete_file(bringing)


def keep_reading(bringing: Bringing, reading: Reading, now: datetime) -> bool:
    """Store a finished reading, unless meanwhile a key was given or taken back, or the chat went.

    Returns whether it was kept.
    """
    with transaction.atomic():
        couple = Couple.objects.select_for_update().get(pk=bringing.couple_id)
        if not Bringing.objects.filter(pk=bringing.pk).exists():
            return False
        if (reading.scope is Scope.BOTH) != both_agreed(couple):
            return False
        owner = None if reading.scope is Scope.BOTH else bringing.by
        if owner is None:
            # What each could see alone is part of what both see now.
            StoredReading.objects.filter(couple=couple, owner__isnull=False).delete()
        StoredReading.objects.update_or_create(
            couple=couple,
            owner=owner,
            defaults={"made_at": now, "sealed": store.seal_reading(reading, couple, owner)},
        )
        Bringing.objects.filter(pk=bringing.pk).update(state=State.READ, share=1.0, step="")
    return True


def correct_quote(stored: StoredReading, correction: Correction) -> Reading:
    """What one of the two says an exchange was; the reading changes at once."""
    # The detector brings numpy and scipy, which pages without a correction do not wait for.
    from turntoward.reading.correct import correct

    return _change(stored, lambda reading: correct(reading, correction))


def undo_correction(stored: StoredReading, quoted: int) -> Reading:
    """Take a correction back."""
    from turntoward.reading.correct import uncorrect

    return _change(stored, lambda reading: uncorrect(reading, quoted))


def _change(stored: StoredReading, change: Callable[[Reading], Reading]) -> Reading:
    with transaction.atomic():
        # Locked, so that two corrections in the same second both count.
        fresh = StoredReading.objects.select_for_update().get(pk=stored.pk)
        reading = change(store.open_reading(fresh))
        fresh.sealed = store.seal_reading(reading, fresh.couple, fresh.owner)
        fresh.save(update_fields=["sealed"])
    return reading
