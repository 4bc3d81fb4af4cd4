"""The brief that both agree to, line by line, and where it goes."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """The brief that both agree to, line by line, and where it goes."""

    name = "turntoward.web.handover"
    label = "handover"

    def ready(self) -> None:
        """What goes with a reading, and with a brief."""
        from django.db.models.signals import post_delete

        from turntoward.web.couples.gone import goes_with
        from turntoward.web.handover.forgetting_actions import forget_reading
        from turntoward.web.handover.frozen import key_name
        from turntoward.web.handover.models import Brief
        from turntoward.web.readings.models import StoredReading

        post_delete.connect(forget_reading, StoredReading, dispatch_uid="handover.reading")
        goes_with(Brief, lambda brief: [key_name(brief)])
