"""A practice, its therapists, and consult requests: what was sent, times, and which was picked.

"This is often where couples therapy can help." A therapist is no partner: nothing of a couple is
reached by one but what the couple sent.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import F, Q

from turntoward.web.couples.models import Couple, Partner
from turntoward.web.handover.models import Brief

#: How long a colleague's link opens.
LINK_LASTS = timedelta(hours=48)


class Practice(models.Model):
    """The practice that hosts this companion, as its page says; there is one.

    `hours` are lines of text, `asks` the questions of its consult form, `zone` its clock.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    only = models.BooleanField(default=True, unique=True, editable=False)
    begun_at = models.DateTimeField()
    name = models.CharField(max_length=80)
    zone = models.CharField(max_length=64)
    about = models.TextField(blank=True, default="")
    address = models.TextField(blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    mail = models.CharField(max_length=120, blank=True, default="")
    web = models.CharField(max_length=200, blank=True, default="")
    hours = models.TextField(blank=True, default="")
    languages = models.CharField(max_length=120, blank=True, default="")
    asks = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"practice {self.id}"


class Therapist(models.Model):
    """Who works at the practice: an account of its own sort, never `request.user`.

    An `admin` changes the page and who works here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="therapists")
    name = models.CharField(max_length=40)
    handle = models.CharField(max_length=40, unique=True)
    password = models.CharField(max_length=200)
    admin = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at"]

    def __str__(self) -> str:
        return f"therapist {self.id}"

    def enters_with(self, passphrase: str) -> bool:
        """Whether this is the passphrase."""
        return check_password(passphrase, self.password)


class ColleagueLink(models.Model):
    """A link for one colleague: only its digest is stored, and it opens once."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    admin = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"link of practice {self.practice_id}"

    def is_open(self, now: datetime) -> bool:
        """True until it expires."""
        return now < self.made_at + LINK_LASTS


class State(models.TextChoices):
    """Where a request stands, but for what only the time tells (`Consult.is_sent`, `is_over`)."""

    ASKED = "asked"
    PICKED = "picked"  # both would take the same time
    DECLINED = "declined"  # the practice cannot take it
    TAKEN_BACK = "back"  # by either of the two, after it went out


#: States in which something can still come of it.
GOES_ON = (State.ASKED, State.PICKED)


class ConsultQuerySet(models.QuerySet["Consult"]):
    """Requests as seen by a partner, and by the practice."""

    def visible_to(self, partner: Partner) -> ConsultQuerySet:
        """Those of both, and this partner's own."""
        return self.filter(couple=partner.couple_id).filter(Q(owner=None) | Q(owner=partner))

    def sent_to(self, practice: Practice, now: datetime) -> ConsultQuerySet:
        """Those that went out: before its hour is over a request does not exist for a practice."""
        stood = Q(brief__withdrawn_at=None) | Q(brief__withdrawn_at__gte=F("sends_at"))
        lasted = Q(brief__expires_at__gt=F("sends_at"))
        return self.filter(stood, lasted, practice=practice, sends_at__lte=now)


class Consult(models.Model):
    """A request with one brief, to one practice; with `owner` it is one person's own.

    `words_sealed` holds what the two wrote on the consult form (`words`), deleted once it ended.
    `sends_at` is set while everybody it needs has said yes to exactly these words.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="consults")
    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="consults")
    owner = models.ForeignKey(Partner, on_delete=models.CASCADE, null=True, related_name="+")
    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="consults")
    asked_at = models.DateTimeField()
    words_sealed = models.BinaryField(null=True)
    sends_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    ended_at = models.DateTimeField(null=True)
    #: The kind sentence with which the practice declined.
    reply_sealed = models.BinaryField(null=True)
    picked = models.ForeignKey("Proposed", on_delete=models.SET_NULL, null=True, related_name="+")
    #: When the practice had to take back the time that was picked.
    freed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Consult]] = ConsultQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["brief"], condition=Q(state__in=GOES_ON), name="one_request_per_brief"
            )
        ]

    def __str__(self) -> str:
        return f"consult {self.id}"

    def is_sent(self, now: datetime) -> bool:
        """Whether it went out: its hour is over, and the brief stood then (as in `sent_to`)."""
        at, brief = self.sends_at, self.brief
        if at is None or at > now or brief.expires_at is None or brief.expires_at <= at:
            return False
        return brief.withdrawn_at is None or brief.withdrawn_at >= at

    def goes_on(self) -> bool:
        """Whether something can still come of it."""
        return self.state in GOES_ON


class ConsultYes(models.Model):
    """One says yes to sending exactly the words that `mark` is of. No row means not yet."""

    consult = models.ForeignKey(Consult, on_delete=models.CASCADE, related_name="yeses")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["consult", "partner"], name="one_yes_per_consult")
        ]

    def __str__(self) -> str:
        return f"yes to {self.consult_id}"


class Proposed(models.Model):
    """A time that the practice proposes."""

    consult = models.ForeignKey(Consult, on_delete=models.CASCADE, related_name="times")
    start = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["start", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["consult", "start"], name="one_proposal_per_start")
        ]

    def __str__(self) -> str:
        return f"time of {self.consult_id}"

    def ends(self) -> datetime:
        """When it is over."""
        return self.start + timedelta(minutes=self.minutes)


class Would(models.Model):
    """One of the two would take this time. It is picked once both would take the same."""

    consult = models.ForeignKey(Consult, on_delete=models.CASCADE, related_name="woulds")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    time = models.ForeignKey(Proposed, on_delete=models.CASCADE, related_name="woulds")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["consult", "partner"], name="one_wish_per_consult")
        ]

    def __str__(self) -> str:
        return f"wish for {self.consult_id}"
