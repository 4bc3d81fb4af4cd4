"""Hard topics, parked: each rests with its writer until both are ready for one.

"You do not have to fix everything to feel closer. Feeling closer often makes it easier to address
difficult topics later."
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from turntoward.web.couples.models import Couple, Partner


class State(models.TextChoices):
    """Where a topic stands."""

    RESTING = "resting"  # its writer's alone, locked with their passphrase
    READY = "ready"  # its writer is ready; the other sees nothing of it
    OPEN = "open"  # both were ready: it stands before both
    TALKED = "talked"  # the two have talked about it
    LET_GO = "let-go"  # on its way out; can be fetched back for a day


class TopicQuerySet(models.QuerySet["Topic"]):
    """Topics as seen by a partner."""

    def visible_to(self, partner: Partner) -> TopicQuerySet:
        """This partner's own, and those that both were ready for."""
        both = Q(couple=partner.couple_id, state__in=[State.OPEN, State.TALKED])
        return self.filter(Q(by=partner) | both)


class Topic(models.Model):
    """Something hard, in a few words, put down by one of the two.

    `private_sealed` holds the words in the writer's vault. Once the writer is ready,
    `opening_sealed` holds the words and the soft opening for both; the other sees it when both are.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="topics")
    by = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="topics")
    put_down_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.RESTING)
    #: Where it stood before its writer let it rest or go, and when that was: to fetch it back.
    stood = models.CharField(max_length=8, choices=State.choices, default=State.RESTING)
    left_at = models.DateTimeField(null=True)
    private_sealed = models.BinaryField()
    opening_sealed = models.BinaryField(null=True)
    #: When it comes before both, where both are ready: the morning after.
    opens_at = models.DateTimeField(null=True)
    #: Its writer would like to take it along to a therapist.
    to_take_along = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[Topic]] = TopicQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-put_down_at"]

    def __str__(self) -> str:
        return f"topic {self.id}"


class ReadyToHear(models.Model):
    """One of the two could hear something hard. Private; it passes by itself.

    No row means not now. Nobody is told of it, and it is used up by the topic that comes.
    """

    partner = models.OneToOneField(Partner, on_delete=models.CASCADE, related_name="ready_to_hear")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"ready to hear {self.partner_id}"
