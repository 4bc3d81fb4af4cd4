"""Writes of Today: make the day's offer, and take its answer (or take it back)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from turntoward.climate import CheckIn, climate
from turntoward.errors import TurntowardError
from turntoward.messages.evidence import CannotTell
from turntoward.moments.choose import Answer, Offered, for_today
from turntoward.reading.fading import Fading
from turntoward.web.checkins.models import Afterwards
from turntoward.web.couples.models import Partner
from turntoward.web.moments.models import Offer
from turntoward.web.readings.models import StoredReading

#: How far back earlier offers are looked at; "not for us" is kept for good.
_LOOK_BACK = 60
_NOON = 12
_YESTERDAY = timedelta(days=1)


class TooLate(TurntowardError):
    """An answer to an offer that is older than yesterday."""


def offer_of_today(
    partner: Partner, fading: Sequence[Fading] | None, now: datetime
) -> Offer | CannotTell:
    """Today's offer, made on the first look; a second tab or phone sees the same one.

    `fading` is None where there is no reading. An offer that was made without one and is still
    open is chosen anew when a reading has come, so that it can say why.
    """
    local = now.astimezone(ZoneInfo(partner.couple.zone))
    mine = Offer.objects.visible_to(partner)
    latest = mine.filter(day=local.date()).first()
    informed = fading is not None
    anew = latest is not None and latest.answer == Answer.OPEN and informed > latest.informed
    if latest is not None and latest.answer != Answer.NOT_FOR_US and not anew:
        return latest
    suggestion = for_today(
        person=str(partner.pk),
        today=local.date(),
        morning=local.hour < _NOON,
        living=partner.couple.living,
        fading=fading or (),
        climate=climate(_own_checkins(partner), local.date()),
        offered=_earlier(partner, without=latest if anew else None),
    )
    if isinstance(suggestion, CannotTell):
        return suggestion
    chosen = {
        "key": suggestion.moment.key,
        "reason": suggestion.reason,
        "informed": informed,
    }
    if latest is not None and anew:
        mine.filter(pk=latest.pk, answer=Answer.OPEN).update(**chosen)
        return mine.get(pk=latest.pk)
    turn = latest.turn + 1 if latest else 0
    try:
        with transaction.atomic():
            return Offer.objects.create(partner=partner, day=local.date(), turn=turn, **chosen)
    except IntegrityError:
        return mine.get(day=local.date(), turn=turn)


def answer(partner: Partner, pk: int, given: Answer, now: datetime) -> Offer | None:
    """Take an answer, or open the offer again (undo); None where it is not this partner's.

    Raises `TooLate` for an offer from before yesterday: weeks that were counted stay as they are
    (rhythms.companion.fours).
    """
    offer = Offer.objects.visible_to(partner).filter(pk=pk).first()
    if offer is None:
        return None
    today = now.astimezone(ZoneInfo(partner.couple.zone)).date()
    if offer.day < today - _YESTERDAY:
        raise TooLate("That one is from an earlier day and stays as it was. This is today's.")
    offer.answer = given.value
    offer.save(update_fields=["answer"])
    return offer


def forget_reasons(instance: StoredReading, **kwargs: object) -> None:
    """A reading was deleted: no reason that may say what it said stays behind."""
    of_whom = Offer.objects.filter(partner__couple=instance.couple_id)
    if instance.owner_id is not None:
        of_whom = of_whom.filter(partner=instance.owner_id)
    of_whom.exclude(reason="").update(reason="")


def _earlier(partner: Partner, without: Offer | None) -> list[Offered]:
    mine = Offer.objects.visible_to(partner)
    refused = mine.filter(answer=Answer.NOT_FOR_US)
    recent = list(mine[:_LOOK_BACK])
    kept = {offer.pk: offer for offer in [*recent, *refused] if offer != without}
    return [Offered(key=o.key, day=o.day, answer=Answer(o.answer)) for o in kept.values()]


def _own_checkins(partner: Partner) -> list[CheckIn]:
    own = Afterwards.objects.visible_to(partner)[:_LOOK_BACK]
    return [CheckIn(day=a.at.date(), warmth=a.warmth) for a in own]
