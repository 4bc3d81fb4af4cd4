"""What was offered to whom on which day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from turntoward.moments.choose import Answer
from turntoward.web.couples.models import Partner


class OfferQuerySet(models.QuerySet["Offer"]):
    """Offers as seen by a partner."""

    def visible_to(self, partner: Partner) -> OfferQuerySet:
        """This partner's own: what the other did with theirs is theirs."""
        return self.filter(partner=partner)


class Offer(models.Model):
    """One small shift, offered to one of the two on one day. `turn` counts the day's offers.

    The day is the couple's own and begins at four in the morning.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="offers")
    day = models.DateField()
    turn = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=60)
    reason = models.CharField(max_length=300)
    #: Where something smaller was asked for: what it took the place of, which does not count.
    first_key = models.CharField(max_length=60, blank=True, default="")
    first_reason = models.CharField(max_length=300, blank=True, default="")
    #: Whether there was a reading to choose from; an open offer without one is chosen anew.
    informed = models.BooleanField(default=False)
    answer = models.CharField(
        max_length=10, choices=[(a.value, a.value) for a in Answer], default=Answer.OPEN.value
    )

    objects: ClassVar[models.Manager[Offer]] = OfferQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-day", "-turn"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["partner", "day", "turn"], name="one_offer_per_turn")
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"
