"""Bringing in a chat and showing what was read."""

from typing import Any

from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    """Bringing in a chat and showing what was read."""

    name = "turntoward.web.readings"
    label = "readings"

    def ready(self) -> None:
        """Listen for seasons that are marked or taken off: a reading rests on them."""
        from turntoward.web.couples.seasons import seasons_changed

        seasons_changed.connect(_read_anew, dispatch_uid="readings")


def _read_anew(*, couple: Any, **_: object) -> None:
    from turntoward.web.readings.actions import read_anew

    read_anew(couple)
