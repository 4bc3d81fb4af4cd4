"""The signs that small shifts are not enough, and two short questionnaires."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """The signs that small shifts are not enough, and two short questionnaires."""

    name = "turntoward.web.care"
    label = "care"

    def ready(self) -> None:
        """What goes with a reading."""
        from django.db.models.signals import post_delete

        from turntoward.web.care.actions import forget_looks
        from turntoward.web.readings.models import StoredReading

        post_delete.connect(forget_looks, StoredReading, dispatch_uid="care.looks")
