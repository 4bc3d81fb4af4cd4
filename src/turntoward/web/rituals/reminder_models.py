"""What one of the two wants to be reminded of, where that goes, and what was sent."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.contrib.sessions.models import Session
from django.db import models

from turntoward.web.couples.models import Partner


class Reminder(models.Model):
    """One partner's own wish; the other sees nothing of it.

    It is at the ritual's hour, or at `own_at`. It is sent to phones and an e-mail address of this
    partner where there are any; without them nothing is sent.
    """

    partner = models.OneToOneField(Partner, on_delete=models.CASCADE, related_name="reminder")
    ritual = models.ForeignKey(
        "rituals.Ritual", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    own_at = models.TimeField(null=True)
    #: The hour of the ritual when this partner chose it: either may have moved it since.
    ritual_at = models.TimeField(null=True)
    #: Whether it says which ritual it is; without, it says "Your time together".
    says = models.BooleanField(default=False)
    paused = models.BooleanField(default=False)
    #: Reminders from before this do not count as unanswered: it was started again.
    since = models.DateTimeField()
    #: The language of the page on which it was set, such as "de".
    language = models.CharField(max_length=10, blank=True, default="")

    def __str__(self) -> str:
        return f"reminder {self.pk}"


class SentState(models.TextChoices):
    """Where one reminder stands."""

    #: A worker has it in hand, or ended while it had.
    CLAIMED = "claimed"
    SENT = "sent"
    #: A network was in the way; it is tried again at `next_at`.
    AGAIN = "again"
    DROPPED = "dropped"


class Sent(models.Model):
    """One day's reminder of one partner. The row is made before anything is sent, and only once."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=SentState.choices, default=SentState.CLAIMED.value
    )
    tries = models.PositiveSmallIntegerField(default=1)
    next_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-day"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["partner", "day"], name="one_reminder_a_day")
        ]

    def __str__(self) -> str:
        return f"sent {self.pk}"


class PushSubscriptionQuerySet(models.QuerySet["PushSubscription"]):
    """Browsers as a reminder is sent to them."""

    def reached(self, partner: Partner, now: datetime) -> PushSubscriptionQuerySet:
        """Those in which this partner is signed in."""
        return self.filter(partner=partner, session__expire_date__gt=now)


class PushSubscription(models.Model):
    """A browser that shows notifications. Its address at the push service is sealed at rest.

    `session` is null once the partner's session in it is over: then nothing is sent there until
    they enter in it again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    at = models.DateTimeField()
    session = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, related_name="+")
    #: Digest of the cookie by which the browser is known again; empty where it had none.
    mark = models.CharField(max_length=64, blank=True, default="")

    objects: ClassVar[models.Manager[PushSubscription]] = PushSubscriptionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]

    def __str__(self) -> str:
        return f"push subscription {self.id}"


class MailAddressQuerySet(models.QuerySet["MailAddress"]):
    """Addresses as their partners see them."""

    def there(self, partner: Partner) -> MailAddressQuerySet:
        """The partner's own, while there is one."""
        return self.filter(partner=partner).exclude(sealed=b"")


class MailAddress(models.Model):
    """An e-mail address of one partner, sealed at rest, used once its code was typed in.

    One that was let go is gone at once. That a code was sent is known two minutes longer.
    """

    partner = models.OneToOneField(Partner, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    confirmed = models.BooleanField(default=False)
    code_digest = models.CharField(max_length=64, blank=True, default="")
    code_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[MailAddress]] = MailAddressQuerySet.as_manager()

    def __str__(self) -> str:
        return f"mail address {self.pk}"


class CalendarLink(models.Model):
    """The secret address of one partner's calendar feed: only its digest is stored."""

    partner = models.OneToOneField(Partner, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"calendar link {self.pk}"
