"""Did it help? Weeks with and without small shifts."""

from django.apps import AppConfig


class TrialsConfig(AppConfig):
    """Did it help? Weeks with and without small shifts."""

    name = "turntoward.web.trials"
    label = "trials"
