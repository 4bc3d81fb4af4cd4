"""What goes with a reading. By itself, as it is loaded at every start: nothing here measures."""

from __future__ import annotations

from turntoward.web.couples.access import both_agreed
from turntoward.web.handover.models import Kind, Line
from turntoward.web.readings.models import StoredReading

_OF_A_READING = (Kind.SINCE, Kind.RHYTHMS, Kind.CHART)


def forget_reading(instance: StoredReading, **kwargs: object) -> None:
    """A key was taken back: what the app said of the reading of both goes, kept or not.

    What one of the two put in other words is theirs, and stays.
    """
    if instance.owner_id is None and not both_agreed(instance.couple):
        told = Line.objects.filter(brief__couple=instance.couple_id, kind__in=_OF_A_READING)
        told.filter(by=None, worded_by=None).delete()
