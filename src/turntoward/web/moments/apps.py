"""Today and its one small shift."""

from django.apps import AppConfig


class MomentsConfig(AppConfig):
    """Today and its one small shift."""

    name = "turntoward.web.moments"
    label = "moments"

    def ready(self) -> None:
        """When a reading goes, the reasons that were taken from it go too."""
        from django.db.models.signals import post_delete

        from turntoward.web.moments.actions import forget_reasons
        from turntoward.web.readings.models import StoredReading

        post_delete.connect(forget_reasons, StoredReading, dispatch_uid="moments.reasons")
