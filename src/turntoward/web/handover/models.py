"""The brief: lines that both keep, agreed to, frozen, opened, and gone after a month.

"Therapy provides space to understand what is getting in the way of reconnection."
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from turntoward.web.couples.models import Couple, Partner

_WRITTEN = Q(frozen_at=None, withdrawn_at=None)


class Stage(models.TextChoices):
    """Where a brief stands."""

    WRITTEN = "written"  # its lines may change
    FROZEN = "frozen"  # there are documents, and they can be handed over
    EXPIRED = "expired"  # the documents are deleted
    WITHDRAWN = "withdrawn"  # taken back; the documents are deleted


class Kind(models.TextChoices):
    """What a line is about; in this order the brief has them."""

    SINCE = "since", _("Since when")
    RHYTHMS = "rhythms", _("What changed")
    CHART = "chart", _("How it went")
    SEASON = "season", _("Seasons of our life")
    TRIED = "tried", _("What we tried")
    HELPED = "helped", _("What helped")
    SIGN = "sign", _("What stayed difficult")
    HOPE = "hope", _("What each of us hopes for")
    TOPIC = "topic", _("What we would like to talk about")
    QUESTIONNAIRE = "questionnaire", _("Short questionnaires")
    OWN = "own", _("In our own words")


class BriefQuerySet(models.QuerySet["Brief"]):
    """Briefs as seen by a partner."""

    def visible_to(self, partner: Partner) -> BriefQuerySet:
        """Those of both, and this partner's own."""
        return self.filter(couple=partner.couple_id).filter(Q(owner=None) | Q(owner=partner))

    def written(self) -> BriefQuerySet:
        """Those whose lines may still change."""
        return self.filter(_WRITTEN)


class Brief(models.Model):
    """What is handed over: of both, or with `owner` one person's own, with only their own side.

    The documents are sealed with a key of their own (`frozen`): whoever it is handed to opens
    them here, without anybody's passphrase. `language` is the one it is written in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="briefs")
    owner = models.ForeignKey(Partner, on_delete=models.CASCADE, null=True, related_name="+")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Partner, on_delete=models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=5)
    frozen_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    pdf_sealed = models.BinaryField(null=True)
    json_sealed = models.BinaryField(null=True)

    objects: ClassVar[models.Manager[Brief]] = BriefQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-begun_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["couple"], condition=_WRITTEN & Q(owner=None), name="one_brief_of_both"
            ),
            models.UniqueConstraint(
                fields=["owner"], condition=_WRITTEN & Q(owner__isnull=False), name="one_own_brief"
            ),
        ]

    def __str__(self) -> str:
        return f"brief {self.id}"

    def state(self, now: datetime) -> Stage:
        """Where it stands at `now`; one that has run out is so before its documents are tidied."""
        if self.withdrawn_at is not None:
            return Stage.WITHDRAWN
        if self.frozen_at is None or self.expires_at is None:
            return Stage.WRITTEN
        return Stage.FROZEN if now < self.expires_at else Stage.EXPIRED


class LineQuerySet(models.QuerySet["Line"]):
    """Lines as seen by a partner."""

    def visible_to(self, partner: Partner) -> LineQuerySet:
        """Those given to both, and this partner's own; in an own brief only its owner's."""
        mine = Q(brief__owner=partner)
        both = Q(brief__couple=partner.couple_id, brief__owner=None)
        given = Q(by=None) | Q(by=partner) | Q(shared_sealed__isnull=False)
        return self.filter(mine | (both & given))


class Line(models.Model):
    """One line. What its writer has not given yet lies in their vault, for them alone.

    The other cannot learn that it is there. Given, it is sealed for both. `by` is null where the
    app proposed it from what both may see. Changing it gives it another `version`, and the other is
    asked again. A version counts nothing: how often somebody wrote a line anew before they gave it,
    is theirs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    place = models.PositiveIntegerField()
    by = models.ForeignKey(Partner, on_delete=models.CASCADE, null=True, related_name="+")
    shared_sealed = models.BinaryField(null=True)
    private_sealed = models.BinaryField(null=True)
    #: What the app proposed it from, such as "season:4", so that it is proposed once.
    source = models.CharField(max_length=80, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    #: Who put it in other words last; null where it is as the app proposed it.
    worded_by = models.ForeignKey(Partner, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager[Line]] = LineQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]

    def __str__(self) -> str:
        return f"line {self.id}"


class Choice(models.Model):
    """What one of the two says of a line in the wording of `version`. No row means not yet."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="choices")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    kept = models.BooleanField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["line", "partner"], name="one_choice_per_line")
        ]

    def __str__(self) -> str:
        return f"choice of {self.line_id}"


class Agreement(models.Model):
    """One says "this is what we hand over", of exactly the lines that `digest` is of."""

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="agreements")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["brief", "partner"], name="one_agreement_per_brief")
        ]

    def __str__(self) -> str:
        return f"agreement to {self.brief_id}"


class By(models.TextChoices):
    """Who opened a document: one of the two, by their side, or the practice."""

    FIRST = "0"
    SECOND = "1"
    PRACTICE = "practice"


class Opened(models.Model):
    """A document was opened or taken: shown to both. `name` as it was then; `what` is its sort."""

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="opened")
    at = models.DateTimeField()
    by = models.CharField(max_length=8, choices=By.choices)
    name = models.CharField(max_length=120)
    what = models.CharField(max_length=8)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return f"opened {self.brief_id}"
