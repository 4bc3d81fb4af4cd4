"""Bids that were noticed and answered late, for both; and what passed by, for its writer alone.

"When bids are missed repeatedly, partners often stop making them. When they are noticed and
responded to, connection grows."
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from turntoward.web.couples.models import Couple, Partner


class GivenQuerySet(models.QuerySet["Given"]):
    """What one gave to the other, as seen by a partner."""

    def visible_to(self, partner: Partner) -> GivenQuerySet:
        """What the two gave each other: it is for both."""
        return self.filter(couple=partner.couple_id)


class Given(models.Model):
    """One turning toward that the other sees at once: a bid that was noticed, or answered late.

    What was noticed and the words are sealed for both. A late answer carries the bid it answers,
    until the reading that the bid was quoted from is deleted. When the other saw it, is not kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="given")
    giver = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="given")
    at = models.DateTimeField()
    late = models.BooleanField(default=False)
    sealed = models.BinaryField()
    #: Which quote of a reading it answers (see `marks`), and that quote.
    mark = models.CharField(max_length=64, null=True)
    quote_sealed = models.BinaryField(null=True)
    #: The other tapped "That was nice": shown to the giver.
    nice = models.BooleanField(default=False)
    #: The other put it off their Today: never shown to the giver.
    away = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[Given]] = GivenQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["giver", "mark"], name="one_late_answer_per_quote")
        ]

    def __str__(self) -> str:
        return f"given {self.id}"


class KeptQuerySet(models.QuerySet["Kept"]):
    """Private: seen by the one who kept it, and by nobody else."""

    def visible_to(self, partner: Partner) -> KeptQuerySet:
        """This partner's own."""
        return self.filter(partner=partner)


class Kept(models.Model):
    """A bid that one of the two keeps for themselves: all of it lies in their vault.

    Not even which of them reached out can be read without their passphrase.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="kept_bids")
    at = models.DateTimeField()
    sealed = models.BinaryField()

    objects: ClassVar[models.Manager[Kept]] = KeptQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"kept {self.id}"


class InPersonQuerySet(models.QuerySet["InPerson"]):
    """Private to the one who answered."""

    def visible_to(self, partner: Partner) -> InPersonQuerySet:
        """This partner's own."""
        return self.filter(partner=partner)


class InPerson(models.Model):
    """A quoted bid that its hearer answered face to face: it leaves their list, and no other."""

    partner = models.ForeignKey(
        Partner, on_delete=models.CASCADE, related_name="answered_in_person"
    )
    mark = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[InPerson]] = InPersonQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["partner", "mark"], name="once_in_person")
        ]

    def __str__(self) -> str:
        return f"in person {self.pk}"
