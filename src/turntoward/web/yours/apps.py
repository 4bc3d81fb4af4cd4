"""Everything that is yours: take it with you, erase it, devices, consents."""

from django.apps import AppConfig


class YoursConfig(AppConfig):
    """Everything that is yours: take it with you, erase it, devices, consents."""

    name = "turntoward.web.yours"
    label = "yours"

    def ready(self) -> None:
        """Note in which browser somebody enters, and say which ones are known."""
        from turntoward.web.couples.entering import entered
        from turntoward.web.couples.tries import knows_browser
        from turntoward.web.yours.devices import known_as, note

        entered.connect(note, dispatch_uid="yours.devices")
        knows_browser.connect(known_as, dispatch_uid="yours.devices")
