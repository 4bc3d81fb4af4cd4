"""What one of the two keeps of this: "not now", what a questionnaire said, and a look of the week.

All of it is private: nothing here is seen by the other, and nothing here changes a page of theirs.
"""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import ClassVar

from django.db import models

from turntoward.web.couples.models import Partner

#: How long "not now" is respected: a month, of the same length whenever it is said.
QUIET_FOR = timedelta(days=30)


class NotNowQuerySet(models.QuerySet["NotNow"]):
    """Private: seen by the one who said it, and by nobody else."""

    def visible_to(self, partner: Partner) -> NotNowQuerySet:
        """This partner's own."""
        return self.filter(partner=partner)


class NotNow(models.Model):
    """One of the two would not like to be told for a month from the couple's day `since` on."""

    partner = models.OneToOneField(Partner, on_delete=models.CASCADE, related_name="+")
    since = models.DateField()

    objects: ClassVar[models.Manager[NotNow]] = NotNowQuerySet.as_manager()

    def __str__(self) -> str:
        return f"not now {self.pk}"

    @property
    def until(self) -> date:
        """The first day on which Today may say something again."""
        return self.since + QUIET_FOR

    def holds(self, day: date) -> bool:
        """True while it is respected."""
        return self.since <= day < self.until


class FilledQuerySet(models.QuerySet["Filled"]):
    """Private: seen by the one who filled it in, and by nobody else."""

    def visible_to(self, partner: Partner) -> FilledQuerySet:
        """This partner's own."""
        return self.filter(partner=partner)


class Filled(models.Model):
    """A questionnaire that one of the two filled in and kept: all of it lies in their vault.

    Not even which one it was can be read without their passphrase.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    sealed = models.BinaryField()
    #: When it was removed; it can be fetched back for a day.
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Filled]] = FilledQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"filled {self.id}"


class LookedQuerySet(models.QuerySet["Looked"]):
    """Private: each has a look of their own, from what they may see."""

    def visible_to(self, partner: Partner) -> LookedQuerySet:
        """This partner's own."""
        return self.filter(partner=partner)


class Looked(models.Model):
    """When the signs were last looked for on this partner's Today, and whether one was there.

    Whether one was there is sealed (`couples.shared`): a copied database does not tell.
    """

    partner = models.OneToOneField(Partner, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    sealed = models.BinaryField()

    objects: ClassVar[models.Manager[Looked]] = LookedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"looked {self.pk}"
