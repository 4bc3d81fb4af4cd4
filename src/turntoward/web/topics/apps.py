"""Hard topics, parked until both are ready."""

from django.apps import AppConfig


class TopicsConfig(AppConfig):
    """Hard topics, parked until both are ready."""

    name = "turntoward.web.topics"
    label = "topics"
