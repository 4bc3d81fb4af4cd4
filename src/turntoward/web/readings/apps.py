"""Bringing in a chat and showing what was read."""

from typing import Any

from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    """Bringing in a chat and showing what was read."""

    name = "turntoward.web.readings"
    label = "readings"

    def ready(self) -> None:
        """Listen for seasons that are marked or taken off: a reading rests on them.

        And what goes with a reading, and with a chat that was brought in.
        """
        from turntoward.web.couples.gone import goes_with
        from turntoward.web.couples.seasons import seasons_changed
        from turntoward.web.readings.models import Bringing, StoredReading
        from turntoward.web.readings.store import reading_key, upload_key

        seasons_changed.connect(_read_anew, dispatch_uid="readings")
        goes_with(StoredReading, lambda stored: [reading_key(stored)])
        goes_with(Bringing, lambda bringing: [upload_key(bringing.pk)])


def _read_anew(*, couple: Any, **_: object) -> None:
    from turntoward.web.readings.actions import read_anew

    read_anew(couple)
