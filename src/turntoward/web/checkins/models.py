"""A sitting of ten minutes, and how it felt to each afterwards. Nothing said is recorded."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from turntoward.web.checkins.clock import Clock
from turntoward.web.couples.models import Couple, Partner


class SittingQuerySet(models.QuerySet["Sitting"]):
    """Sittings as seen by a partner."""

    def visible_to(self, partner: Partner) -> SittingQuerySet:
        """The couple's own."""
        return self.filter(couple=partner.couple_id)


class Sitting(models.Model):
    """Ten minutes of the two. `first` is the side (0 or 1) that speaks first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="sittings")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Partner, on_delete=models.SET_NULL, null=True, related_name="+")
    first = models.PositiveSmallIntegerField()
    banked_s = models.FloatField(default=0.0)
    running_since = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    stopped = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[Sitting]] = SittingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-begun_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["couple"],
                condition=models.Q(ended_at__isnull=True),
                name="one_open_sitting_per_couple",
            )
        ]

    def __str__(self) -> str:
        return f"sitting {self.id}"

    def clock(self) -> Clock:
        """Where its clock stands."""
        return Clock(self.banked_s, self.running_since)


class Warmth(models.IntegerChoices):
    """How it felt, as weather; never shown as a number."""

    STORMY = 1, "Stormy"
    FOGGY = 2, "Foggy"
    MILD = 3, "Mild"
    BRIGHT = 4, "Bright"
    WARM = 5, "Warm"


class AfterwardsQuerySet(models.QuerySet["Afterwards"]):
    """Private: seen by the one who tapped it, and by nobody else."""

    def visible_to(self, partner: Partner) -> AfterwardsQuerySet:
        """This partner's own."""
        return self.filter(partner=partner)


class Afterwards(models.Model):
    """How a sitting felt to one of the two, with private words if they like (in the vault)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="afterwards")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="afterwards")
    warmth = models.PositiveSmallIntegerField(choices=Warmth.choices)
    words_sealed = models.BinaryField(null=True)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Afterwards]] = AfterwardsQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sitting", "partner"], name="one_feeling_each")
        ]

    def __str__(self) -> str:
        return f"afterwards {self.id}"
