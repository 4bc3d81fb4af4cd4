"""The check that stays in the browser, help lines, and a quick way out."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """The check that stays in the browser, help lines, and a quick way out."""

    name = "turntoward.web.safety"
    label = "safety"
