"""Bids that were noticed, passed by, or answered late."""

from django.apps import AppConfig


class NoticedConfig(AppConfig):
    """Bids that were noticed, passed by, or answered late."""

    name = "turntoward.web.noticed"
    label = "noticed"

    def ready(self) -> None:
        """When a reading goes, the bids quoted from it go; its page asks here what was answered."""
        from django.db.models.signals import post_delete

        from turntoward.web.noticed.actions import forget_quotes
        from turntoward.web.noticed.present import picked_up
        from turntoward.web.readings.models import StoredReading
        from turntoward.web.readings.picked_up import told_by

        post_delete.connect(forget_quotes, StoredReading, dispatch_uid="noticed.quotes")
        told_by(picked_up)
