"""Rows of Today."""

from django.utils import timezone

from turntoward.web.couples.models import Partner
from turntoward.web.moments import actions
from turntoward.web.moments.models import Offer

OWN = {"today", "another"}
OBJECTS = {"answer", "smaller"}
ONLY_MINE = {"answer", "smaller"}


def objects(ana: Partner) -> dict[str, str]:
    """Ana's offer of today."""
    offer = actions.offer_of_today(ana, [], timezone.now())
    assert isinstance(offer, Offer)
    return {"answer": f"/today/{offer.pk}/", "smaller": f"/today/{offer.pk}/smaller/"}
