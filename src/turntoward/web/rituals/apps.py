"""The rituals of the two, and their few reminders."""

from django.apps import AppConfig


class RitualsConfig(AppConfig):
    """The rituals of the two, and their few reminders."""

    name = "turntoward.web.rituals"
    label = "rituals"
