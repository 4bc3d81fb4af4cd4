"""Writes of the couple: ask for a consult, say yes, pick a time, take it back."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from turntoward.errors import TurntowardError
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.handover.models import Brief, Stage
from turntoward.web.practice.models import (
    GOES_ON,
    Consult,
    ConsultYes,
    Practice,
    Proposed,
    State,
    Would,
)
from turntoward.web.practice.words import Words, mark_of, sealed, words_of

#: How long after the last yes it goes out. Nobody is handed over in a heated minute, or while
#: somebody looks over their shoulder: alone again, either takes it back, and nobody is told.
SENDS_AFTER = timedelta(hours=1)


class Gone(TurntowardError):
    """The request, its brief or the time has changed meanwhile; the message says what to do."""


def ask(partner: Partner, practice: Practice, brief: Brief, words: Words, now: datetime) -> Consult:
    """Write, or write anew, what the request says, and say yes to it oneself.

    Other words than those that stand need everybody's yes again. Raises `Gone` where the brief is
    not frozen any more, or the request has gone out.
    """
    with transaction.atomic():
        # Couple, request, brief: whoever locks more than one does so in this order, and none waits
        # for another that waits for it.
        Couple.objects.select_for_update().filter(pk=partner.couple_id).first()
        consult = _locks().filter(brief=brief.pk, state__in=GOES_ON).first()
        fresh = Brief.objects.visible_to(partner).select_for_update().filter(pk=brief.pk).first()
        if fresh is None or fresh.state(now) is not Stage.FROZEN:
            raise _gone()
        if consult is None:
            consult = Consult(id=uuid.uuid4(), practice=practice, brief=fresh, asked_at=now)
            consult.couple, consult.owner = partner.couple, fresh.owner
        elif consult.is_sent(now):
            raise _gone()
        if words_of(consult) != words:
            consult.words_sealed, consult.sends_at = sealed(consult, words), None
            consult.save()
            ConsultYes.objects.filter(consult=consult).delete()
        _yes(consult, partner, now)
    return consult


def say_yes(consult: Consult, partner: Partner, mark: str, now: datetime) -> None:
    """Yes to sending the words that `mark` is of.

    Raises `Gone` where there are others by now: nobody agrees to what they have not read.
    """
    with transaction.atomic():
        fresh = _unsent(consult, now)
        if fresh is None or mark_of(fresh) != mark or fresh.brief.state(now) is not Stage.FROZEN:
            raise Gone(_("The words have changed since you read them. Read them once more."))
        _yes(fresh, partner, now)


def take_yes_back(consult: Consult, partner: Partner, now: datetime) -> None:
    """Not yet after all. Before it went out, nobody learns that there ever was a yes."""
    with transaction.atomic():
        fresh = _unsent(consult, now)
        if fresh is None:
            raise Gone(_("It has gone out meanwhile. You can take the request back here."))
        ConsultYes.objects.filter(consult=fresh, partner=partner).delete()
        fresh.sends_at = None
        fresh.save(update_fields=["sends_at"])


def would_take(consult: Consult, partner: Partner, time: int, now: datetime) -> None:
    """This partner would take the time of this number; it is picked once everybody it needs would.

    Both may tap at once: whoever comes second finds what the first one said. Raises `Gone` where
    the practice took it back, it has passed, or it is of another request: all look the same.
    """
    with transaction.atomic():
        fresh = _locked(consult)
        offered = Proposed.objects.filter(pk=time, consult=consult, start__gt=now).first()
        if fresh is None or fresh.state != State.ASKED or offered is None:
            raise Gone(_("This time is not offered any more. Look at what there is now."))
        Would.objects.update_or_create(consult=fresh, partner=partner, defaults={"time": offered})
        if Would.objects.filter(consult=fresh, time=offered).count() == needed(fresh):
            fresh.state, fresh.picked, fresh.freed_at = State.PICKED, offered, None
            fresh.save(update_fields=["state", "picked", "freed_at"])


def would_not(consult: Consult, partner: Partner) -> None:
    """None of the times after all, as long as none is picked."""
    with transaction.atomic():
        fresh = _locked(consult)
        if fresh is not None and fresh.state == State.ASKED:
            Would.objects.filter(consult=fresh, partner=partner).delete()


def take_back(consult: Consult, now: datetime) -> None:
    """End a request that has gone out. Either of the two may, alone.

    The practice sees that it was taken back; what was written with it is deleted. What a therapist
    has read, is read.
    """
    end(consult, State.TAKEN_BACK, now)


def end(consult: Consult, becomes: State, now: datetime, reply: bytes | None = None) -> bool:
    """End a request that goes on; its words go. False where it had ended, or was never sent."""
    with transaction.atomic():
        fresh = _locked(consult)
        if fresh is None or not fresh.goes_on() or not fresh.is_sent(now):
            return False
        # The time that was picked stays: it says which hour is free again.
        stays = [] if fresh.picked_id is None else [fresh.picked_id]
        Proposed.objects.filter(consult=fresh).exclude(pk__in=stays).delete()
        fresh.state, fresh.ended_at, fresh.words_sealed = becomes, now, None
        fresh.reply_sealed = reply
        fresh.save()
    return True


def hold(couple: uuid.UUID) -> None:
    """Lock a couple's requests before they go: what is added to one waits, and finds none.

    Else a time that is proposed at that moment points at nothing, and nobody could be erased.
    """
    list(Consult.objects.select_for_update().filter(couple=couple).values_list("pk"))


def part(other: Partner) -> None:
    """The couple parts: what the two asked for together goes; `other`'s own requests stay."""
    Consult.objects.filter(couple=other.couple_id, owner=None).delete()


def tidy(now: datetime) -> None:
    """What was written with a request goes with its brief's documents."""
    over = Consult.objects.filter(words_sealed__isnull=False)
    for gone in (over.filter(brief__expires_at__lte=now), over.exclude(brief__withdrawn_at=None)):
        if gone.exists():
            gone.update(words_sealed=None)


def needed(consult: Consult) -> int:
    """How many have to agree."""
    return 1 if consult.owner_id is not None else 2


def _yes(consult: Consult, partner: Partner, now: datetime) -> None:
    made = {"mark": mark_of(consult), "at": now}
    ConsultYes.objects.get_or_create(consult=consult, partner=partner, defaults=made)
    all_there = ConsultYes.objects.filter(consult=consult).count() == needed(consult)
    if all_there and consult.sends_at is None:
        consult.sends_at = now + SENDS_AFTER
        consult.save(update_fields=["sends_at"])


def _locks() -> QuerySet[Consult]:
    return Consult.objects.select_for_update(of=("self",)).select_related("couple", "brief")


def _locked(consult: Consult) -> Consult | None:
    return _locks().filter(pk=consult.pk).first()


def _unsent(consult: Consult, now: datetime) -> Consult | None:
    fresh = _locked(consult)
    if fresh is None or fresh.state != State.ASKED or fresh.is_sent(now):
        return None
    return fresh


def _gone() -> Gone:
    return Gone(_("This cannot be sent any more. What stands now is on the page."))
