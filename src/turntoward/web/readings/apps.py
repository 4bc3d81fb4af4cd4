"""Bringing in a chat and showing what was read."""

from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    """Bringing in a chat and showing what was read."""

    name = "turntoward.web.readings"
    label = "readings"
