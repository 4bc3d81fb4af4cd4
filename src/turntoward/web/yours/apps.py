"""Everything that is yours: take it with you, erase it, devices, consents."""

from django.apps import AppConfig


class YoursConfig(AppConfig):
    """Everything that is yours: take it with you, erase it, devices, consents."""

    name = "turntoward.web.yours"
    label = "yours"
