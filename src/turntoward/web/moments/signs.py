"""What one partner tapped on Today and beside it: asked where a reminder may be unanswered."""

from __future__ import annotations

from datetime import datetime

from turntoward.moments.choose import Answer
from turntoward.reading.companion import day_of
from turntoward.web.couples.models import Partner
from turntoward.web.moments.models import Offer
from turntoward.web.noticed.models import Given, Kept
from turntoward.web.topics.models import Topic
from turntoward.web.weather.models import Weather


def tapped(partner: Partner, since: datetime, until: datetime) -> bool:
    """True where this partner's own rows show a tap from `since` to `until`.

    A small shift keeps no time of its answer: it counts by its day. That it was offered does not
    count: it is offered to whoever merely looks.
    """
    span = (since, until)
    zone = partner.couple.zone
    days = (day_of(since, zone), day_of(until, zone))
    answered = Offer.objects.visible_to(partner).exclude(answer=Answer.OPEN.value)
    return (
        Weather.objects.visible_to(partner).filter(at__range=span).exists()
        or answered.filter(day__range=days).exists()
        or Given.objects.filter(giver=partner, at__range=span).exists()
        or Kept.objects.visible_to(partner).filter(at__range=span).exists()
        or Topic.objects.filter(by=partner, put_down_at__range=span).exists()
    )
