"""What the two did in the companion, gathered for the reading that both agreed to.

Each part is asked for as the one who may see it: what both know as either, taps after check-ins and
small shifts as the one whose they are. Nothing of it is shown here; `rhythms.companion.fours` keeps
each of those unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from turntoward.moments.choose import Answer
from turntoward.reading.companion import Companion, Felt, Greeted, Held, SmallShift, day_of
from turntoward.web.checkins.models import Afterwards, Sitting, was_held
from turntoward.web.couples.access import both_agreed, both_agreed_to_taps
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.moments.models import Offer
from turntoward.web.noticed import counts as bids
from turntoward.web.rituals import counts as greetings


def gather(couple: Couple, now: datetime) -> Companion | None:
    """The couple's record; None where not both keys stand.

    What was tapped, together or alone, is in it only where both keys are for that, too.
    """
    if not both_agreed(couple):
        return None
    since = both_agreed_to_taps(couple)
    partners = list(couple.partners.order_by("side"))
    tapped = partners if since else []
    felt = [tap for partner in tapped for tap in _felt(partner)]
    shifts = [shift for partner in tapped for shift in _shifts(partner)]
    today = day_of(now, couple.zone)
    return Companion(
        held=tuple(_held(partners[0])),
        felt=tuple(sorted(felt, key=lambda tap: tap.day)),
        shifts=tuple(sorted(shifts, key=lambda shift: shift.day)),
        since=day_of(since, couple.zone) if since else None,
        today=today,
        greeted=tuple(_greeted(couple, today)) if since else (),
        noticed=tuple(bids.days(couple)) if since else (),
    )


def _held(partner: Partner) -> Iterator[Held]:
    ended = Sitting.objects.visible_to(partner).filter(ended_at__isnull=False)
    for sitting in ended.select_related("begun_by").order_by("begun_at"):
        if was_held(sitting):
            yield Held(
                day=day_of(sitting.begun_at, partner.couple.zone),
                opener=sitting.begun_by.side if sitting.begun_by else None,
            )


def _greeted(couple: Couple, today: date) -> Iterator[Greeted]:
    for one in greetings.days(couple, today):
        yield Greeted(day=one.day, kept=one.kept > 0)


def _felt(partner: Partner) -> Iterator[Felt]:
    # By the day of the tap: a stretch of weeks that is over gets no tap more.
    for tap in Afterwards.objects.visible_to(partner).order_by("at"):
        day = day_of(tap.at, partner.couple.zone)
        yield Felt(day=day, who=partner.side, warmth=tap.warmth)


def _shifts(partner: Partner) -> Iterator[SmallShift]:
    for offer in Offer.objects.visible_to(partner).order_by("day", "turn"):
        yield SmallShift(day=offer.day, who=partner.side, done=offer.answer == Answer.DONE)
