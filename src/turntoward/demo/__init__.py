"""An invented couple, Ana and Ben: five years of messages with a planted drift, or none."""

from turntoward.demo.checkins import DemoCheckIn, checkins
from turntoward.demo.couple import UNTIL, Couple, Demo, imagine, write
from turntoward.demo.life import DemoSeason
from turntoward.demo.weather import DemoWeather, weather

__all__ = [
    "UNTIL",
    "Couple",
    "Demo",
    "DemoCheckIn",
    "DemoSeason",
    "DemoWeather",
    "checkins",
    "imagine",
    "weather",
    "write",
]
