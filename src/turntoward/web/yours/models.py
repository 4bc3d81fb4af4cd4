"""Browsers in which somebody has entered, and what is kept of gifts when one of the two goes."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.sessions.models import Session
from django.db import models
from django.utils.translation import gettext_lazy as _

from turntoward.web.couples.models import Partner
from turntoward.web.yours.browsers import called


class DeviceQuerySet(models.QuerySet["Device"]):
    """Private: on whose phone one enters is nobody else's business."""

    def visible_to(self, partner: Partner) -> DeviceQuerySet:
        """This partner's own."""
        return self.filter(partner=partner)


class Device(models.Model):
    """A browser in which somebody entered as this partner, on the day when they did so.

    `session` is null once they left in it; the row stays, so that the same browser is no news the
    next time, and one that only looked in is still told of. When it was last used is not kept.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="devices")
    session = models.OneToOneField(
        Session, on_delete=models.SET_NULL, null=True, related_name="device"
    )
    #: Digest of the cookie by which the browser is known again.
    mark = models.CharField(max_length=64)
    #: What it calls itself, as in `browsers`; empty where that is unknown.
    browser = models.CharField(max_length=12, blank=True, default="")
    system = models.CharField(max_length=12, blank=True, default="")
    entered_on = models.DateField()
    #: Its owner said that it was them, or it was the first one.
    known = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[Device]] = DeviceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-entered_on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["partner", "mark"], name="one_device_per_browser")
        ]

    def __str__(self) -> str:
        return f"device {self.pk}"

    @property
    def name(self) -> str:
        """`Firefox on Android`."""
        return called(self.browser, self.system)


class ToldQuerySet(models.QuerySet["Told"]):
    """Private, like devices."""

    def visible_to(self, partner: Partner) -> ToldQuerySet:
        """This partner's own."""
        return self.filter(partner=partner)


class Told(models.Model):
    """Something was changed in what lets this partner in: told of in each of their browsers apart.

    Put away in one, it stays in the others: whoever changed it cannot put it away for its owner.
    """

    class Kind(models.TextChoices):
        """What was done."""

        PASSKEY_ADDED = "passkey", _("A passkey was added")
        PASSKEY_REMOVED = "no-passkey", _("A passkey was taken away")
        CODE_ON = "code", _("The code of an authenticator app is asked from now on")
        CODE_OFF = "no-code", _("The code of an authenticator app is not asked any more")
        RECOVERY_MADE = "recovery", _("A recovery code was made")
        RECOVERY_USED = "recovered", _("Your recovery code was used")
        RECOVERY_AWAY = "no-recovery", _("Your recovery code was thrown away")
        PASSPHRASE = "passphrase", _("Your passphrase was changed")
        VOUCHED = "vouched", _("A new browser was called yours while none of yours was in use")

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="told")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    day = models.DateField()
    #: Where it was done, as in `browsers`.
    browser = models.CharField(max_length=12, blank=True, default="")
    system = models.CharField(max_length=12, blank=True, default="")
    put_away_in = models.ManyToManyField(Device)

    objects: ClassVar[models.Manager[Told]] = ToldQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"told {self.pk}"

    @property
    def where(self) -> str:
        """`Firefox on Android`."""
        return called(self.browser, self.system)


class KeepsakeQuerySet(models.QuerySet["Keepsake"]):
    """Seen by the one who keeps it."""

    def visible_to(self, partner: Partner) -> KeepsakeQuerySet:
        """This partner's own."""
        return self.filter(partner=partner)


class Keepsake(models.Model):
    """Something that passed between the two, kept by this one since the other went.

    What was for both would else be shown to whoever pairs next. Its words are sealed (`keepsakes`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="keepsakes")
    day = models.DateField()
    sealed = models.BinaryField()

    objects: ClassVar[models.Manager[Keepsake]] = KeepsakeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"keepsake {self.id}"
