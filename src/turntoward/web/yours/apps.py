"""Everything that is yours: take it with you, erase it, devices, consents."""

from django.apps import AppConfig


class YoursConfig(AppConfig):
    """Everything that is yours: take it with you, erase it, devices, consents."""

    name = "turntoward.web.yours"
    label = "yours"

    def ready(self) -> None:
        """Note in which browser somebody enters."""
        from turntoward.web.couples.entering import entered
        from turntoward.web.yours.devices import note

        entered.connect(note, dispatch_uid="yours.devices")
