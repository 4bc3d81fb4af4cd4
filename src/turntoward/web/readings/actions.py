"""Writes of the readings app: bring in, answer, keep a reading, correct it, forget everything."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from turntoward.errors import DamagedReading, TurntowardError
from turntoward.reading.hours import Hours
from turntoward.reading.reading import Correction, Reading, Scope
from turntoward.reading.typed import night_typed
from turntoward.web.couples.access import agreed, both_agreed, both_agreed_to_taps
from turntoward.web.couples.actions import say_yes, take_back
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.couples.shared import renew_key
from turntoward.web.readings import store
from turntoward.web.readings.asked import rests_on_now
from turntoward.web.readings.models import UNFINISHED, Bringing, Question, State, StoredReading
from turntoward.web.readings.tasks import start_work
from turntoward.web.readings.upload import SealedUpload


class UploadTooLarge(TurntowardError):
    """More than may be brought in at once."""


def bring_in(partner: Partner, upload: SealedUpload, now: datetime) -> Bringing:
    """Keep a received file and let the worker look at it."""
    if upload.too_large:
        raise UploadTooLarge(
            _(
                "This file is larger than 400 MB. Export the chat again without media; "
                "the words are all that is read."
            )
        )
    with store.kept(upload), transaction.atomic():
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
    _carry_on(bringing, dates=dates, examples=[], problem="", state=State.QUEUED)


def answer_chat(bringing: Bringing, chat: str) -> None:
    """Which chat in this file is the one of the two; the titles of the others are let go."""
    _carry_on(bringing, chat=chat, chats=[], state=State.QUEUED)


def choose_anew(bringing: Bringing) -> None:
    """It was another chat of this file: ask which once more.

    Not while it is read: that would be stored after all. Nor once it was: it can be taken away.
    """
    nobody = {"name_of_by": "", "name_of_other": "", "also_by": [], "also_other": []}
    anew = {"chat": "", "senders": {}, "state": State.QUEUED, "tries": 0, "problem": "", **nobody}
    _carry_on(bringing, only_in=(State.ASKING, State.STOPPED), **anew)


def answer_who(bringing: Bringing, by: Sequence[str], other: Sequence[str]) -> None:
    """Which of the names in the chat are the two; nobody else's messages are read."""
    _carry_on(
        bringing,
        name_of_by=by[0],
        also_by=list(by[1:]),
        name_of_other=other[0],
        also_other=list(other[1:]),
        state=State.READING,
    )


def read_again(bringing: Bringing) -> None:
    """Try once more after a stop."""
    state = State.READING if bringing.name_of_by else State.QUEUED
    _carry_on(bringing, state=state, tries=0, problem="")


def _carry_on(
    bringing: Bringing, *, only_in: Collection[str] = State.values, **changes: object
) -> None:
    """Change a chat that stands in one of these states, and hand it to the worker."""
    with transaction.atomic():
        fields = {"question": Question.NONE, "step": "", "share": 0.0, **changes}
        if Bringing.objects.filter(pk=bringing.pk, state__in=only_in).update(**fields):
            transaction.on_commit(lambda: start_work(bringing.id))


def remove(bringing: Bringing) -> None:
    """Take one chat away; the readings made with it go too, and what is left is read again.

    What was quoted from a reading of both, or told of it, opens from no copy of the database then.
    """
    with transaction.atomic():
        couple = Couple.objects.select_for_update().get(pk=bringing.couple_id)
        both = both_agreed(couple)
        made = StoredReading.objects.filter(couple=couple)
        rest = Bringing.objects.filter(couple=couple).exclude(name_of_by="")
        if not both:
            # What the other read alone was made without this chat.
            made, rest = made.filter(owner=bringing.by_id), rest.filter(by=bringing.by_id)
        quoted = made.filter(owner=None).exists()
        made.delete()
        Bringing.objects.filter(pk=bringing.pk).delete()
        if quoted:
            renew_key(couple)
        latest = rest.exclude(pk=bringing.pk).first()
        if latest is not None:
            _carry_on(latest, state=State.READING, tries=0)
    store.delete_file(bringing)


def agree(partner: Partner, now: datetime) -> None:
    """This partner's key. With the second one the couple's chats are read together."""
    with transaction.atomic():
        Couple.objects.select_for_update().get(pk=partner.couple_id)
        together = both_agreed(partner.couple)
        say_yes(partner, now)
        if not both_agreed(partner.couple):
            return
        if together and not both_agreed_to_taps(partner.couple):
            return  # to read again would show the other that this yes was given anew
        named = Bringing.objects.filter(couple=partner.couple_id).exclude(name_of_by="")
        latest = named.exclude(state=State.ASKING).first()
        if latest is not None:
            _carry_on(latest, state=State.READING)


def disagree(partner: Partner) -> None:
    """Take the key back: every reading, every file and all that was derived is deleted.

    The keys of all of it go, too: an older copy of the database opens none of it.

    A key that was the only one had opened nothing of the other's. What the other brought in alone
    stays then, or it would tell them that there was a yes, and that it is gone.
    """
    with transaction.atomic():
        couple = Couple.objects.select_for_update().filter(pk=partner.couple_id).first()
        if couple is None or not agreed(partner):
            return  # the couple itself is gone where its last one erased everything twice
        made = StoredReading.objects.filter(couple=couple)
        brought = Bringing.objects.filter(couple=couple)
        together = both_agreed(couple)
        if not together:
            made, brought = made.filter(owner=partner), brought.filter(by=partner)
        take_back(partner)
        made.delete()
        bringings = list(brought)
        brought.delete()
        if together:
            renew_key(couple)
    for bringing in bringings:
        store.delete_file(bringing)


def set_hours(partner: Partner, hours: Hours) -> None:
    """How the couple's chats are read from now on; what was read is read again."""
    with transaction.atomic():
        Couple.objects.filter(pk=partner.couple_id).update(
            gap_h=hours.gap, window_h=hours.window, night=night_typed(hours.night)
        )
        read_anew(partner.couple)


def read_anew(couple: Couple) -> None:
    """Read what was read again: the seasons or the settings that it rests on are others now."""
    with transaction.atomic():
        Couple.objects.select_for_update().get(pk=couple.pk)
        read = Bringing.objects.filter(couple=couple, state__in=(State.READ, State.READING))
        if both_agreed(couple):
            latest = [read.first()]
        else:
            latest = [read.filter(by=partner).first() for partner in couple.partners.all()]
        for bringing in latest:
            if bringing is not None:
                _carry_on(bringing, state=State.READING, tries=0)


def renew_readings() -> int:
    """Read anew what rests on other seasons or settings than those of now; says for how many.

    After an update these are the readings from before it. Where something of a couple is under way
    nothing is begun: a chat that ends the worker would be tried again at every start.
    """
    renewed = 0
    for couple in Couple.objects.filter(readings__isnull=False).distinct():
        if Bringing.objects.filter(couple=couple, state__in=UNFINISHED).exists():
            continue
        for stored in StoredReading.objects.filter(couple=couple):
            try:
                fits = rests_on_now(store.open_reading(stored), couple)
            except DamagedReading:
                continue
            if not fits:
                read_anew(couple)
                renewed += 1
                break
    return renewed


def keep_reading(
    bringing: Bringing, reading: Reading, now: datetime, *, made_of: Collection[Bringing]
) -> bool:
    """Store a finished reading; returns whether it was kept.

    It is not where meanwhile a key was given or taken back, one of the chats that it is `made_of`
    went or is another chat or other names by now, the two marked another season or set other hours,
    or corrected the reading before it.
    """
    chats = {chat.pk: _answers(chat) for chat in made_of}
    with transaction.atomic():
        couple = Couple.objects.select_for_update().get(pk=bringing.couple_id)
        if {c.pk: _answers(c) for c in Bringing.objects.filter(pk__in=chats)} != chats:
            return False
        if (reading.scope is Scope.BOTH) != both_agreed(couple):
            return False
        if not rests_on_now(reading, couple):
            return False
        owner = None if reading.scope is Scope.BOTH else bringing.by
        if not carries_corrections(reading, couple, owner):
            return False
        if owner is None:
            # What each could see alone is part of what both see now.
            StoredReading.objects.filter(couple=couple, owner__isnull=False).delete()
        before = StoredReading.objects.filter(couple=couple, owner=owner).first()
        StoredReading.objects.update_or_create(
            couple=couple,
            owner=owner,
            defaults={"made_at": now, "sealed": store.seal_reading(reading, couple, owner, before)},
        )
        # In the same transaction: whoever asks for another reading from here on is not overlooked.
        Bringing.objects.filter(pk__in=chats).update(state=State.READ, problem="")
        Bringing.objects.filter(pk=bringing.pk).update(state=State.READ, share=1.0, step="")
    return True


def _answers(chat: Bringing) -> tuple[object, ...]:
    """What the one who brought it in said of it."""
    by, other = (chat.name_of_by, *chat.also_by), (chat.name_of_other, *chat.also_other)
    return chat.dates, chat.chat, by, other


def reading_so_far(couple: Couple, owner: Partner | None) -> Reading | None:
    """The reading that is stored now, if it can be opened."""
    stored = StoredReading.objects.filter(couple=couple, owner=owner).first()
    try:
        return store.open_reading(stored) if stored else None
    except DamagedReading:
        return None


def corrections_so_far(couple: Couple, owner: Partner | None) -> list[Correction]:
    """What the two said of the reading that is stored now."""
    reading = reading_so_far(couple, owner)
    return list(reading.corrections) if reading else []


def carries_corrections(reading: Reading, couple: Couple, owner: Partner | None) -> bool:
    """True where `reading` says of each exchange what the two said of it so far."""
    says = {quote.id: (quote.kind, quote.stance) for quote in reading.quotes}
    said = corrections_so_far(couple, owner)
    return all(says.get(c.quoted, (c.kind, c.stance)) == (c.kind, c.stance) for c in said)


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
        fresh.sealed = store.seal_reading(reading, fresh.couple, fresh.owner, fresh)
        fresh.save(update_fields=["sealed"])
    return reading
