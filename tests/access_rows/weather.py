"""Rows of the weather."""

from django.utils import timezone

from turntoward.reading.companion import day_of
from turntoward.web.couples.models import Partner
from turntoward.web.weather import actions

OWN = {"tap", "lately"}
OBJECTS = {"undo", "words", "let-go", "take-back", "put-away"}
ONLY_MINE = {"undo", "words", "let-go", "take-back"}


def objects(ana: Partner) -> dict[str, str]:
    """A day of Ana's, with words that she gave Ben."""
    now = timezone.now()
    weather = actions.tap(ana, day_of(now, ana.couple.zone), 4, now)
    actions.give_words(weather, "a quiet day")
    return {name: f"/weather/{weather.pk}/{name}/" for name in OBJECTS}
