"""What Today shows of the weather: one tap, then a line with room for a few words."""

from __future__ import annotations

from typing import Any

from turntoward.web.checkins.models import Warmth
from turntoward.web.couples.access import agreed_since
from turntoward.web.couples.models import Partner, Purpose
from turntoward.web.part import Look, Part
from turntoward.web.weather.models import Weather
from turntoward.web.weather.words import Written, written


def part(look: Look) -> Part:
    """How the day feels from where this partner stands."""
    weather = Weather.objects.visible_to(look.partner).filter(day=look.day).first()
    context = about(look.partner, weather, look.key)
    return Part(
        key="weather",
        template="weather/_today.html",
        settled=weather is not None,
        context=context,
    )


def about(partner: Partner, weather: Weather | None, key: bytes | None) -> dict[str, Any]:
    """What the templates of one day know."""
    words = written(weather, key) if weather else Written()
    return {
        "weather": weather,
        "written": words,
        "can_undo": weather is not None and (weather.earlier is not None or words.nothing()),
        "skies": Warmth.choices,
        "other": partner.other(),
        "both_see": agreed_since(partner.couple, Purpose.SHARE_WEATHER) is not None,
    }
