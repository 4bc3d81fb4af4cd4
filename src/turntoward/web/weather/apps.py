"""How it feels between the two, tapped as weather."""

from django.apps import AppConfig


class WeatherConfig(AppConfig):
    """How it feels between the two, tapped as weather."""

    name = "turntoward.web.weather"
    label = "weather"
