"""The app on the phone: its name, its icon, and what works offline."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """The app on the phone: its name, its icon, and what works offline."""

    name = "turntoward.web.shell"
    label = "shell"
