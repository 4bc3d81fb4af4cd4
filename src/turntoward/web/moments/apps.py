"""Today and its one small shift."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from turntoward.reading.companion import Companion
    from turntoward.web.couples.models import Couple


class MomentsConfig(AppConfig):
    """Today and its one small shift."""

    name = "turntoward.web.moments"
    label = "moments"

    def ready(self) -> None:
        """What a reading asks and leaves here, and what a reminder asks."""
        from django.db.models.signals import post_delete

        from turntoward.web.moments.actions import forget_reasons
        from turntoward.web.moments.signs import tapped
        from turntoward.web.readings.companion import gathered_by
        from turntoward.web.readings.models import StoredReading
        from turntoward.web.rituals.signs import known_by

        post_delete.connect(forget_reasons, StoredReading, dispatch_uid="moments.reasons")
        gathered_by(_gather)
        known_by("moments", tapped)


def _gather(couple: Couple, now: datetime) -> Companion | None:
    """Loaded when a chat is read: it brings the tools that measure, which pages do not wait for."""
    from turntoward.web.moments.gathered import gather

    return gather(couple, now)
