"""Bids that were noticed, passed by, or answered late."""

from django.apps import AppConfig


class NoticedConfig(AppConfig):
    """Bids that were noticed, passed by, or answered late."""

    name = "turntoward.web.noticed"
    label = "noticed"
