"""A sitting of the two, and how it felt to each afterwards. Nothing said is recorded."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from turntoward.web.checkins.clock import LONGEST_REST, Clock, Form, whole_s
from turntoward.web.couples.models import Couple, Partner


class SittingQuerySet(models.QuerySet["Sitting"]):
    """Sittings as seen by a partner."""

    def visible_to(self, partner: Partner) -> SittingQuerySet:
        """The couple's own."""
        return self.filter(couple=partner.couple_id)

    def going_on(self, couples: Iterable[uuid.UUID]) -> SittingQuerySet:
        """Those of `couples` that have not ended: for streams, each let in as its partner."""
        return self.filter(couple__in=list(couples), ended_at__isnull=True)


class Sitting(models.Model):
    """Ten minutes of the two, or a quiet coffee.

    `first` is the side (0 or 1) that speaks first. With `shared_phone` one phone lies between
    them and says whose turn it is by name.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="sittings")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Partner, on_delete=models.SET_NULL, null=True, related_name="+")
    first = models.PositiveSmallIntegerField()
    form = models.CharField(
        max_length=8,
        choices=[(Form.TEN.value, _("Ten minutes")), (Form.COFFEE.value, _("A quiet coffee"))],
        default=Form.TEN.value,
    )
    shared_phone = models.BooleanField(default=False)
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
        return Clock(self.banked_s, self.running_since, Form(self.form))


def half_of(sitting: Sitting) -> timedelta:
    """Half of the time that this sitting was meant for. Stopping early is fine."""
    return timedelta(seconds=whole_s(Form(sitting.form)) / 2)


def was_held(sitting: Sitting) -> bool:
    """True where it went on to its end, or at least half the way before it was stopped."""
    if not sitting.stopped or sitting.ended_at is None:
        return not sitting.stopped
    passed = sitting.ended_at - sitting.begun_at
    if passed > LONGEST_REST:  # left resting: it stood where it was last held
        passed = timedelta(seconds=sitting.banked_s)
    return passed >= half_of(sitting)


class Warmth(models.IntegerChoices):
    """How it felt, as weather; never shown as a number."""

    STORMY = 1, _("Stormy")
    FOGGY = 2, _("Foggy")
    MILD = 3, _("Mild")
    BRIGHT = 4, _("Bright")
    WARM = 5, _("Warm")


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
    #: When the first tap came. It counts from then, whenever it was tapped.
    at = models.DateTimeField()
    #: When the one that stands was tapped; None where it was not written down yet.
    tapped_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Afterwards]] = AfterwardsQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sitting", "partner"], name="one_feeling_each")
        ]

    def __str__(self) -> str:
        return f"afterwards {self.id}"
