"""The ten minutes."""

from django.apps import AppConfig


class CheckinsConfig(AppConfig):
    """The ten minutes."""

    name = "turntoward.web.checkins"
    label = "checkins"
