"""What Today takes from the reading: rhythms that became quieter, and what waits for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from turntoward.errors import DamagedReading
from turntoward.reading.fading import Fading, fading
from turntoward.web.couples.access import agreed, both_agreed
from turntoward.web.couples.models import Partner
from turntoward.web.readings import store
from turntoward.web.readings.models import UNFINISHED, Bringing, State, StoredReading

if TYPE_CHECKING:
    from turntoward.reading.reading import Reading


def latest_reading(partner: Partner) -> Reading | None:
    """The reading of both, else this partner's own side, else None."""
    visible = StoredReading.objects.visible_to(partner)
    stored = visible.order_by(F("owner").asc(nulls_first=True)).first()
    try:
        return store.open_reading(stored) if stored else None
    except DamagedReading:
        # Its own page says so; Today goes on without it.
        return None


def fading_rhythms(partner: Partner) -> tuple[Fading, ...] | None:
    """Rhythms that became quieter; None where there is no reading."""
    reading = latest_reading(partner)
    return fading(reading) if reading else None


def what_waits(partner: Partner) -> dict[str, object] | None:
    """The one thing that waits for this partner, or None. A question to them comes first."""
    brought = Bringing.objects.visible_to(partner)
    asking = brought.filter(state=State.ASKING, by=partner).first()
    if asking is not None:
        return {"what": "asking", "bringing": asking}
    bringing = brought.first()
    if bringing is None:
        return None
    if bringing.state in UNFINISHED:
        return {"what": "busy", "bringing": bringing}
    if partner.other() and not agreed(partner):
        return {"what": "agree", "bringing": bringing}
    if partner.other() and not both_agreed(partner.couple):
        return {"what": "waiting", "bringing": bringing}
    return None
