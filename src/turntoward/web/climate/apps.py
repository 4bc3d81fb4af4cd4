"""The climate: weather, rhythms and seasons over the weeks and years."""

from django.apps import AppConfig


class ClimateConfig(AppConfig):
    """The climate: weather, rhythms and seasons over the weeks and years."""

    name = "turntoward.web.climate"
    label = "climate"
