"""Today and its one small shift."""

from django.apps import AppConfig


class MomentsConfig(AppConfig):
    """Today and its one small shift."""

    name = "turntoward.web.moments"
    label = "moments"
