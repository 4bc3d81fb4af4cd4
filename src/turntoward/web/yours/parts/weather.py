"""How it felt to me day by day with my words, and what I may see of the other's."""

from __future__ import annotations

from datetime import date, datetime

from turntoward.web.couples.models import Partner
from turntoward.web.weather.models import Weather
from turntoward.web.weather.seen import Tapped, given_to, of_both
from turntoward.web.weather.words import written
from turntoward.web.yours.parts.rows import Row, Tables, at


def part(partner: Partner, key: bytes | None, now: datetime) -> Tables:
    """`weather`, `weather_of_the_other` and `words_given_to_me`."""
    mine = Weather.objects.visible_to(partner).select_related("partner__couple").order_by("day")
    return {
        "weather": [_mine(weather, key) for weather in mine],
        "weather_of_the_other": [
            {"day": tapped.day.isoformat(), **_sky(tapped)}
            for tapped in of_both(partner, date.min, date.max)
        ],
        "words_given_to_me": [
            {"day": gift.day.isoformat(), "words": gift.words, "put_away": gift.away}
            for gift in given_to(partner, date.min)
        ],
    }


def _mine(weather: Weather, key: bytes | None) -> Row:
    said = written(weather, key)
    return {
        "day": weather.day.isoformat(),
        **_sky(Tapped(day=weather.day, warmth=weather.warmth)),
        "tapped_at": at(weather.at, weather.partner.couple.zone),
        "words": None if said.locked else said.private,
        "locked": said.locked,
        "words_given": said.given,
    }


def _sky(tapped: Tapped) -> Row:
    """From 1 (stormy) to 5 (warm), and its name on the pages."""
    return {"sky": tapped.warmth, "called": tapped.label}
