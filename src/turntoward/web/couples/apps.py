"""The app of accounts, pairing, consent and the vault."""

from django.apps import AppConfig


class CouplesConfig(AppConfig):
    """Two people who share one place."""

    name = "turntoward.web.couples"
    label = "couples"

    def ready(self) -> None:
        """Register the system checks."""
        from turntoward.web import checks  # noqa: F401 # registering is its effect
