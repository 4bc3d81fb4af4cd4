"""Which rituals of a day the two kept: by a tap, or because they sat together."""

from __future__ import annotations

from datetime import date, timedelta

from turntoward.reading.companion import day_of
from turntoward.web.checkins.clock import Form
from turntoward.web.checkins.models import Sitting, was_held
from turntoward.web.rituals.kinds import Kind
from turntoward.web.rituals.models import Kept, Ritual

#: Which sitting of the two is which ritual.
_SITTING = {Kind.TEN: Form.TEN, Kind.COFFEE: Form.COFFEE}
#: A sitting of a day of the couple lies in these days around it, whatever the zones.
_AROUND = timedelta(days=2)


def tapped(ritual: Ritual, day: date) -> bool:
    """True where either tapped that they kept it that day."""
    return Kept.objects.filter(ritual=ritual, day=day, kept=True).exists()


def sat(ritual: Ritual, day: date) -> bool:
    """True where the two sat together on their day in the form that this ritual is."""
    form = _SITTING.get(Kind(ritual.kind))
    if form is None:
        return False
    of_then = Sitting.objects.filter(
        couple=ritual.couple_id,
        form=form.value,
        begun_at__date__gte=day - _AROUND,
        begun_at__date__lte=day + _AROUND,
        ended_at__isnull=False,
    )
    zone = ritual.couple.zone
    return any(day_of(one.begun_at, zone) == day and was_held(one) for one in of_then)


def was_kept(ritual: Ritual, day: date) -> bool:
    """True where the two kept this ritual on their day, either way."""
    return tapped(ritual, day) or sat(ritual, day)
