"""The rituals that the two keep, and which were kept on which day."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from turntoward.web.couples.models import Couple, Partner
from turntoward.web.rituals.kinds import Kind
from turntoward.web.rituals.reminder_models import (
    CalendarLink,
    MailAddress,
    PushSubscription,
    Reminder,
    Sent,
)

__all__ = [
    "Aside",
    "CalendarLink",
    "Kept",
    "MailAddress",
    "Planned",
    "PushSubscription",
    "Reminder",
    "Ritual",
    "Sent",
]


class RitualQuerySet(models.QuerySet["Ritual"]):
    """Rituals as seen by a partner."""

    def visible_to(self, partner: Partner) -> RitualQuerySet:
        """The couple's own: both see and change the same ones."""
        return self.filter(couple=partner.couple_id)


class Ritual(models.Model):
    """One ritual of the two as it stands, and as it stood before its last change, for undo.

    `days` are the weekdays as digits, Monday is 0. `since` is the couple's day of the last change,
    `turn` counts changes, so that nobody undoes what the other changed since.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="rituals")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    on = models.BooleanField(default=False)
    days = models.CharField(max_length=7)
    at = models.TimeField()
    #: The name that the two gave it, sealed for both (`couples.shared`); only of `Kind.OWN`.
    name_sealed = models.BinaryField(null=True)
    since = models.DateField()
    turn = models.PositiveIntegerField(default=0)
    was_on = models.BooleanField(default=False)
    was_days = models.CharField(max_length=7, blank=True, default="")
    #: None where there is nothing to undo.
    was_at = models.TimeField(null=True)
    was_name_sealed = models.BinaryField(null=True)

    objects: ClassVar[models.Manager[Ritual]] = RitualQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["couple", "kind"], name="one_ritual_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"ritual {self.id}"


class Planned(models.Model):
    """From `since` on the ritual was planned on these weekdays, on none where it rested."""

    ritual = models.ForeignKey(Ritual, on_delete=models.CASCADE, related_name="planned")
    since = models.DateField()
    days = models.CharField(max_length=7, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["since"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ritual", "since"], name="one_plan_a_day")
        ]

    def __str__(self) -> str:
        return f"plan of ritual {self.ritual_id}"


class Kept(models.Model):
    """The two kept a ritual on a day of theirs. Which of them tapped it, is not kept.

    `at` is when the last tap was, so that one that waited on a phone overturns no later one.
    """

    ritual = models.ForeignKey(Ritual, on_delete=models.CASCADE, related_name="kept")
    day = models.DateField()
    kept = models.BooleanField(default=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ritual", "day"], name="kept_once_a_day")
        ]

    def __str__(self) -> str:
        return f"kept {self.pk}"


class AsideQuerySet(models.QuerySet["Aside"]):
    """Private: seen by the one who set it aside, and by nobody else."""

    def visible_to(self, partner: Partner) -> AsideQuerySet:
        """This partner's own."""
        return self.filter(partner=partner)


class Aside(models.Model):
    """One of the two set a ritual aside for a day, on their own page alone."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    ritual = models.ForeignKey(Ritual, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Aside]] = AsideQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["partner", "ritual", "day"], name="set_aside_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"aside {self.pk}"
