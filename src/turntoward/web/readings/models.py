"""A chat that was brought in, and the reading made of it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from turntoward.web.couples.models import Couple, Partner


class State(models.TextChoices):
    """Where a chat that was brought in stands."""

    QUEUED = "queued"
    LOOKING = "looking"  # counting: whose chat is it, which dates
    ASKING = "asking"  # the one who brought it in has to answer something
    READING = "reading"
    READ = "read"
    STOPPED = "stopped"  # with one sentence why


#: States in which the worker has something to do.
UNFINISHED = (State.QUEUED, State.LOOKING, State.READING)


#: Characters of a name in a chat.
LONGEST_NAME = 200


class Question(models.TextChoices):
    """What only the two can know."""

    NONE = "", ""
    DATES = "dates"
    CHAT = "chat"  # the file holds several
    WHO = "who"


class BringingQuerySet(models.QuerySet["Bringing"]):
    """Chats as seen by a partner."""

    def visible_to(self, partner: Partner) -> BringingQuerySet:
        """A chat that one brings in is known to both."""
        return self.filter(couple=partner.couple_id)


class Bringing(models.Model):
    """One file that was brought in. The file itself lies sealed in the uploads folder."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="bringings")
    by = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="bringings")
    at = models.DateTimeField()
    suffix = models.CharField(max_length=8)
    size = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    question = models.CharField(max_length=5, choices=Question.choices, blank=True, default="")
    step = models.CharField(max_length=80, blank=True, default="")
    share = models.FloatField(default=0.0)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=600, blank=True, default="")
    #: Names and how many messages each wrote; counts and dates of the account. Never words.
    senders = models.JSONField(default=dict)
    account = models.JSONField(default=dict)
    #: Where the file holds several chats: a list of their titles and sizes, the likeliest first.
    chats = models.JSONField(default=list)
    #: Where day and month are open: dates as they stand in the file, each read in both ways.
    examples = models.JSONField(default=list)
    #: The answers of the one who brought it in.
    dates = models.CharField(max_length=12, blank=True, default="")
    chat = models.TextField(blank=True, default="")
    name_of_by = models.CharField(max_length=LONGEST_NAME, blank=True, default="")
    name_of_other = models.CharField(max_length=LONGEST_NAME, blank=True, default="")
    #: Further names of the same two: renamed midway, or another messenger's.
    also_by = models.JSONField(default=list)
    also_other = models.JSONField(default=list)

    objects: ClassVar[models.Manager[Bringing]] = BringingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]

    def __str__(self) -> str:
        return f"bringing {self.id}"


class StoredReadingQuerySet(models.QuerySet["StoredReading"]):
    """Readings as seen by a partner."""

    def visible_to(self, partner: Partner) -> StoredReadingQuerySet:
        """The couple's reading of both, or this partner's own side; never the other's own side."""
        mine = models.Q(owner__isnull=True) | models.Q(owner=partner)
        return self.filter(mine, couple=partner.couple_id)


class StoredReading(models.Model):
    """A reading at rest, sealed. `owner` is null for the reading of both."""

    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="readings")
    owner = models.ForeignKey(Partner, on_delete=models.CASCADE, null=True, related_name="readings")
    made_at = models.DateTimeField()
    sealed = models.BinaryField()

    objects: ClassVar[models.Manager[StoredReading]] = StoredReadingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["couple"],
                condition=models.Q(owner__isnull=True),
                name="one_reading_of_both",
            ),
            models.UniqueConstraint(fields=["couple", "owner"], name="one_reading_of_each"),
        ]

    def __str__(self) -> str:
        return f"reading of couple {self.couple_id}"
