"""A trial of weeks with and without small shifts, and what each of the two says to it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from turntoward.moments.trial import Plan
from turntoward.web.couples.models import Couple, Partner


class TrialQuerySet(models.QuerySet["Trial"]):
    """Trials as seen by a partner."""

    def visible_to(self, partner: Partner) -> TrialQuerySet:
        """Questions of the two, trials that this partner said yes to, and those begun alone.

        Not those of the other: begun before this partner was here, they are none of theirs.
        """
        said_yes = Reply.objects.filter(trial=OuterRef("pk"), partner=partner, yes=True)
        ours = Q(alone_for__isnull=True) & (Q(begins__isnull=True) | Exists(said_yes))
        return self.filter(ours | Q(alone_for=partner), couple=partner.couple_id)


class Trial(models.Model):
    """Proposed while `begins` is None; then it runs from that Monday until its weeks are over.

    The plan is kept, so that what it shows is always worked out anew from the taps that are there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="trials")
    #: Who proposed it; None once that one has left.
    by = models.ForeignKey(Partner, on_delete=models.SET_NULL, null=True, related_name="+")
    #: Whose alone it is: begun by one who was alone here. The other never sees it.
    alone_for = models.ForeignKey(Partner, on_delete=models.CASCADE, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    pairs = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField()
    wash_in = models.PositiveSmallIntegerField()
    begins = models.DateField(null=True)
    #: The couple's day on which it was stopped early. That day rests no more.
    stopped_on = models.DateField(null=True)
    #: Who stopped it, and may undo that on the same day. Never shown.
    stopped_by = models.ForeignKey(Partner, on_delete=models.SET_NULL, null=True, related_name="+")
    #: Stopped, or over and followed by another.
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Trial]] = TrialQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-proposed_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["couple"],
                condition=Q(closed_at__isnull=True, alone_for__isnull=True),
                name="one_open_trial_per_couple",
            ),
            models.UniqueConstraint(
                fields=["alone_for"],
                condition=Q(closed_at__isnull=True),
                name="one_open_trial_alone",
            ),
        ]

    def __str__(self) -> str:
        return f"trial {self.id}"

    @property
    def weeks(self) -> int:
        """How many weeks it is long."""
        return 2 * self.pairs

    def plan(self) -> Plan | None:
        """Which weeks are with small shifts; None while it is only proposed."""
        if self.begins is None:
            return None
        return Plan(begins=self.begins, pairs=self.pairs, seed=self.seed, wash_in=self.wash_in)

    def runs(self, day: date) -> bool:
        """True from its begin being fixed until it is over or stopped."""
        plan = self.plan()
        if plan is None or day >= plan.ends:
            return False
        return self.stopped_on is None or day < self.stopped_on


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Private: what one said is shown to that one alone."""

    def visible_to(self, partner: Partner) -> ReplyQuerySet:
        """This partner's own."""
        return self.filter(partner=partner)


class Reply(models.Model):
    """What one of the two says to a trial: yes, or not now. No row means not yet.

    A "not now" only folds the question for the one who was asked; the other cannot tell it from
    nothing said.
    """

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="replies")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    yes = models.BooleanField()

    objects: ClassVar[models.Manager[Reply]] = ReplyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["trial", "partner"], name="one_reply_each")
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"
