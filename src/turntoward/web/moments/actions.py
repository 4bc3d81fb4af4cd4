"""Writes of Today: make the day's offer, and take its answer (or take it back)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from turntoward.climate import CheckIn, climate
from turntoward.errors import TurntowardError
from turntoward.messages.evidence import CannotTell
from turntoward.moments.choose import Answer, Offered, Suggestion, for_today
from turntoward.reading.companion import day_of
from turntoward.reading.fading import Fading
from turntoward.web.checkins.models import Afterwards
from turntoward.web.couples.hard import hard_now
from turntoward.web.couples.models import Partner
from turntoward.web.moments.models import Offer
from turntoward.web.readings.models import StoredReading
from turntoward.web.weather.models import Weather

#: How many earlier offers and taps are looked at; "not for us" is kept for good.
_LOOK_BACK = 400
_NOON = 12
_YESTERDAY = timedelta(days=1)


class TooLate(TurntowardError):
    """An answer to an offer that is older than yesterday."""


def standing(partner: Partner, day: date) -> Offer | None:
    """The latest offer of the day, or None where none was made yet."""
    return Offer.objects.visible_to(partner).filter(day=day).first()


def offer_of_today(
    partner: Partner, fading: Sequence[Fading] | None, now: datetime
) -> Offer | CannotTell:
    """Today's offer, made on the first look; a second tab or phone sees the same one.

    `fading` is None where there is no reading. An offer that was made without one and is still
    open is chosen anew when a reading has come, so that it can say why.
    """
    day = day_of(now, partner.couple.zone)
    latest = standing(partner, day)
    if latest is None:
        return _made(partner, day, 0, fading, now)
    informed = fading is not None
    if latest.answer != Answer.OPEN or informed <= latest.informed or latest.first_key:
        return latest
    suggestion = _chosen(partner, fading, now, without=latest)
    if isinstance(suggestion, CannotTell):
        return suggestion
    return _put(latest, suggestion, informed=informed)


def another(partner: Partner, fading: Sequence[Fading] | None, now: datetime) -> Offer | CannotTell:
    """The next one after "not for us"; two taps make one."""
    day = day_of(now, partner.couple.zone)
    latest = standing(partner, day)
    if latest is None or latest.answer != Answer.NOT_FOR_US:
        return offer_of_today(partner, fading, now)
    return _made(partner, day, latest.turn + 1, fading, now)


def smaller(offer: Offer, fading: Sequence[Fading] | None, now: datetime) -> bool:
    """Something smaller in the place of an open offer, which does not count against that one.

    False where nothing smaller is left. A second tap, or one on an offer that was answered
    meanwhile, changes nothing.
    """
    if offer.first_key or offer.answer != Answer.OPEN:
        return True
    # What stands now counts as offered today, so that it is not chosen again.
    suggestion = _chosen(offer.partner, fading, now, energy="low")
    if isinstance(suggestion, CannotTell):
        return False
    _put(offer, suggestion, first_key=offer.key, first_reason=offer.reason)
    return True


def first_again(offer: Offer) -> None:
    """Undo of `smaller`: what stood there before."""
    if not offer.first_key or offer.answer != Answer.OPEN:
        return
    offer.key, offer.reason = offer.first_key, offer.first_reason
    offer.first_key = offer.first_reason = ""
    offer.save(update_fields=["key", "reason", "first_key", "first_reason"])


def answer(partner: Partner, pk: int, given: Answer, now: datetime) -> Offer | None:
    """Take an answer, or open the offer again (undo); None where it is not this partner's.

    Raises `TooLate` for an offer from before yesterday: weeks that were counted stay as they are
    (rhythms.companion.fours).
    """
    offer = Offer.objects.visible_to(partner).filter(pk=pk).first()
    if offer is None:
        return None
    if offer.day < day_of(now, partner.couple.zone) - _YESTERDAY:
        raise TooLate(_("That one is from an earlier day and stays as it was. This is today's."))
    offer.answer = given.value
    offer.save(update_fields=["answer"])
    return offer


def forget_reasons(instance: StoredReading, **kwargs: object) -> None:
    """A reading was deleted: no reason that may say what it said stays behind."""
    of_whom = Offer.objects.filter(partner__couple=instance.couple_id)
    if instance.owner_id is not None:
        of_whom = of_whom.filter(partner=instance.owner_id)
    of_whom.exclude(reason="", first_reason="").update(reason="", first_reason="")


def _made(
    partner: Partner, day: date, turn: int, fading: Sequence[Fading] | None, now: datetime
) -> Offer | CannotTell:
    suggestion = _chosen(partner, fading, now)
    if isinstance(suggestion, CannotTell):
        return suggestion
    chosen = {"key": suggestion.moment.key, "reason": suggestion.reason}
    try:
        with transaction.atomic():
            return Offer.objects.create(
                partner=partner, day=day, turn=turn, informed=fading is not None, **chosen
            )
    except IntegrityError:
        return Offer.objects.visible_to(partner).get(day=day, turn=turn)


def _put(offer: Offer, suggestion: Suggestion, **also: object) -> Offer:
    """Another suggestion in the place of an offer that is open still."""
    chosen = {"key": suggestion.moment.key, "reason": suggestion.reason}
    Offer.objects.filter(pk=offer.pk, answer=Answer.OPEN).update(**chosen, **also)
    return Offer.objects.get(pk=offer.pk)


def _chosen(
    partner: Partner,
    fading: Sequence[Fading] | None,
    now: datetime,
    *,
    energy: str | None = None,
    without: Offer | None = None,
) -> Suggestion | CannotTell:
    zone = partner.couple.zone
    day, hour = day_of(now, zone), now.astimezone(ZoneInfo(zone)).hour
    return for_today(
        person=str(partner.pk),
        today=day,
        morning=hour < _NOON,
        hour=hour,
        living=partner.couple.living,
        fading=fading or (),
        climate=climate(_own_taps(partner), day),
        offered=_earlier(partner, without),
        energy=energy,
        hard_season=hard_now(partner.couple, day) is not None,
    )


def _earlier(partner: Partner, without: Offer | None) -> list[Offered]:
    mine = Offer.objects.visible_to(partner)
    refused = mine.filter(answer=Answer.NOT_FOR_US)
    recent = list(mine[:_LOOK_BACK])
    kept = {offer.pk: offer for offer in [*recent, *refused] if offer != without}
    return [Offered(key=o.key, day=o.day, answer=Answer(o.answer)) for o in kept.values()]


def _own_taps(partner: Partner) -> list[CheckIn]:
    """How it felt to this partner: after check-ins, and as the weather of a day."""
    after = Afterwards.objects.visible_to(partner)[:_LOOK_BACK]
    days = Weather.objects.visible_to(partner)[:_LOOK_BACK]
    zone = partner.couple.zone
    return [CheckIn(day=day_of(tap.at, zone), warmth=tap.warmth) for tap in after] + [
        CheckIn(day=weather.day, warmth=weather.warmth) for weather in days
    ]
