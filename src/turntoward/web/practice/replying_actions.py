"""Writes of the practice on a request: open its brief, propose times, decline."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from turntoward.errors import TurntowardError
from turntoward.web.handover.actions import note_opened
from turntoward.web.handover.frozen import NothingToHandOver, document
from turntoward.web.handover.models import Brief
from turntoward.web.practice.actions import end
from turntoward.web.practice.models import Consult, Proposed, State, Therapist, Would
from turntoward.web.practice.words import sealed_reply

#: Times that stand at once: a choice, not a calendar.
MOST_TIMES = 5
#: A consult is not proposed further ahead than this.
_FURTHEST = timedelta(days=365)


class NotPossible(TurntowardError):
    """A time cannot be proposed; the message says why."""


def open_document(consult: Consult, therapist: Therapist, what: str, now: datetime) -> bytes:
    """The brief as "pdf" or "json", noted in the access log that both of the couple see.

    Raises `NothingToHandOver` where it ran out, was withdrawn, or the request has ended: then
    nothing is noted.
    """
    with transaction.atomic():
        fresh = _still_there(consult.pk, now)
        if fresh is None:
            raise NothingToHandOver(_("The request has ended, and its brief with it."))
        # Locked, so that it is either taken back or opened, and never both.
        brief = Brief.objects.select_for_update(of=("self",)).get(pk=fresh.brief_id)
        pdf, told = document(brief, now)
        note_opened(brief, f"{therapist.name}, {therapist.practice.name}", now, what)
    return pdf if what == "pdf" else told


def propose(consult: Consult, start: datetime, minutes: int, place: str, now: datetime) -> None:
    """Propose a time. Raises `NotPossible`; the same start twice is one proposal."""
    if not now < start < now + _FURTHEST:
        raise NotPossible(_("Choose a time that is still to come, within a year."))
    with transaction.atomic():
        fresh = _still_there(consult.pk, now)
        if fresh is None or fresh.state != State.ASKED:
            raise NotPossible(_("The request has changed meanwhile. Look at how it stands now."))
        if fresh.times.filter(start__gt=now).count() >= MOST_TIMES:
            raise NotPossible(_("Five times stand already. Take one back first."))
        try:
            with transaction.atomic():
                Proposed.objects.create(consult=fresh, start=start, minutes=minutes, place=place)
        except IntegrityError:
            return  # tapped twice


def take_time_back(time: Proposed, now: datetime) -> None:
    """A time is not possible after all. Where it was picked, the couple is told.

    A request that has ended meanwhile stays ended.
    """
    with transaction.atomic():
        fresh = _still_there(time.consult_id, now)
        if fresh is None:
            return
        if fresh.picked_id == time.pk:
            Would.objects.filter(consult=fresh).delete()
            fresh.state, fresh.picked, fresh.freed_at = State.ASKED, None, now
            fresh.save(update_fields=["state", "picked", "freed_at"])
        Proposed.objects.filter(pk=time.pk).delete()


def decline(consult: Consult, words: str, now: datetime) -> None:
    """The practice cannot take it: the couple reads `words`, and the request has ended."""
    with transaction.atomic():
        end(consult, State.DECLINED, now, reply=sealed_reply(consult, words))


def _still_there(consult: UUID, now: datetime) -> Consult | None:
    """The request, locked; None where it has ended, or did not go out, while this one waited.

    A yes that came back in the last second of its hour is written while a therapist looks.
    """
    rows = Consult.objects.select_for_update(of=("self",)).select_related("brief")
    fresh = rows.filter(pk=consult).first()
    return fresh if fresh is not None and fresh.goes_on() and fresh.is_sent(now) else None
