"""How it feels between the two to one of them, as weather, day by day."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from turntoward.web.checkins.models import Warmth
from turntoward.web.couples.models import Partner


class WeatherQuerySet(models.QuerySet["Weather"]):
    """Weather as seen by a partner."""

    def visible_to(self, partner: Partner) -> WeatherQuerySet:
        """This partner's own. What the other may see of it, `seen` gives."""
        return self.filter(partner=partner)


class Weather(models.Model):
    """One day from where one of the two stands, with words if they like.

    The day is the couple's own and begins at four in the morning.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="weather")
    day = models.DateField()
    warmth = models.PositiveSmallIntegerField(choices=Warmth.choices)
    #: What was tapped before the last change, for undo.
    earlier = models.PositiveSmallIntegerField(choices=Warmth.choices, null=True)
    at = models.DateTimeField()
    #: Private words, in their writer's vault.
    words_sealed = models.BinaryField(null=True)
    #: Words that were given to the other, sealed for the two (`couples.shared`).
    shared_sealed = models.BinaryField(null=True)

    objects: ClassVar[models.Manager[Weather]] = WeatherQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-day"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["partner", "day"], name="one_weather_a_day")
        ]

    def __str__(self) -> str:
        return f"weather {self.id}"


class PutAwayQuerySet(models.QuerySet["PutAway"]):
    """Seen by the one who put the words away. Whoever wrote them is not told."""

    def visible_to(self, partner: Partner) -> PutAwayQuerySet:
        """This partner's own."""
        return self.filter(partner=partner)


class PutAway(models.Model):
    """Words of the other that this partner put away from their own Today.

    A row of its own and not a mark on the words: those are the writer's, and so is a copy of them.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    weather = models.ForeignKey(Weather, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager[PutAway]] = PutAwayQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["partner", "weather"], name="put_away_once")
        ]

    def __str__(self) -> str:
        return f"put away {self.pk}"
