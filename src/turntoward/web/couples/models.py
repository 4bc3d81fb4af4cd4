"""Couples, partners, invitations and consents."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

INVITATION_LASTS = timedelta(hours=48)


class Living(models.TextChoices):
    """Whether the two share a home: fewer messages after moving in are expected."""

    TOGETHER = "together", _("We live together")
    APART = "apart", _("We live apart")


class Kind(models.TextChoices):
    """What sort of days a season held: what pulls attention away, in the article's words."""

    LIFE = "life", _("A time of life")
    WORK = "work", _("Stress at work")
    PARENTING = "parenting", _("Parenting")
    GRIEF = "grief", _("Grief")
    BURNOUT = "burnout", _("Burnout")
    ILL = "ill", _("Illness")
    BUSY = "busy", _("A busy time")
    TRAVEL = "travel", _("Travel")
    HOLIDAY = "holiday", _("Holiday")
    TOGETHER = "together", _("Together in one place")


class Couple(models.Model):
    """Two people. The second may not have an account yet, or ever.

    Their chats are read with `gap_h` hours of silence as the end of a conversation, `window_h`
    waking hours for an answer, and `night` as in "23-7", empty where it is learned.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    begun_at = models.DateTimeField()
    living = models.CharField(max_length=8, choices=Living.choices)
    zone = models.CharField(max_length=64)
    #: What the one who began called the other; used until the other has an own account.
    other_name = models.CharField(max_length=40)
    gap_h = models.FloatField(default=3.0)
    window_h = models.FloatField(default=12.0)
    night = models.CharField(max_length=5, blank=True, default="")
    #: How many keys they had before the one that seals for them now (`shared`).
    keys_before = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"couple {self.id}"


class PartnerManager(BaseUserManager["Partner"]):
    """Finds partners by the name they enter with, whatever its case, and their couple with them."""

    def get_queryset(self) -> models.QuerySet[Partner]:
        """With the couple: no page goes without its zone."""
        return super().get_queryset().select_related("couple")

    def get_by_natural_key(self, username: str | None) -> Partner:
        """The partner who enters as `username`."""
        return self.get(handle=(username or "").strip().casefold())


class Partner(AbstractBaseUser):
    """One of the two: an own account, an own passphrase, an own vault."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(max_length=40)
    handle = models.CharField(max_length=40, unique=True)
    #: 0 is drawn as the amber circle, 1 as the violet diamond.
    side = models.PositiveSmallIntegerField()
    vault_salt = models.BinaryField()
    vault_sealed = models.BinaryField()
    #: What words are sealed with for this vault (`vault.lock_words`); null until one from before
    #: was opened.
    vault_public = models.BinaryField(null=True)
    #: The data key once more, under a code that opens it once; null where none was made.
    recovery_salt = models.BinaryField(null=True)
    recovery_sealed = models.BinaryField(null=True)
    #: The language of the pages, such as "de"; empty follows the browser.
    language = models.CharField(max_length=5, blank=True, default="")
    #: Whether the app on this partner's phone goes by a name that says nothing of what it is.
    neutral = models.BooleanField(default=False)

    objects: ClassVar[PartnerManager] = PartnerManager()

    #: Nobody is told when the other was last here, so it is not kept.
    last_login = None
    _other: Partner | None = None

    USERNAME_FIELD = "handle"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["couple", "side"], name="one_partner_per_side"),
            models.CheckConstraint(condition=models.Q(side__in=[0, 1]), name="side_is_0_or_1"),
        ]

    def __str__(self) -> str:
        return f"partner {self.id}"

    def other(self) -> Partner | None:
        """The other one, where that one has an account: read once, for all parts of a page."""
        if self._other is None:
            both = Partner.objects.select_related(None).filter(couple=self.couple_id)
            self._other = both.exclude(pk=self.pk).first()
            if self._other is not None:
                self._other.couple = self.couple
        return self._other

    def other_name(self) -> str:
        """What the other is called, account or not."""
        other = self.other()
        return other.name if other else self.couple.other_name


class Invitation(models.Model):
    """A pairing link: only its digest is stored, it opens once, and not for long."""

    couple = models.OneToOneField(Couple, on_delete=models.CASCADE, related_name="invitation")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"invitation of couple {self.couple_id}"

    def is_open(self, now: datetime) -> bool:
        """True until the link expires."""
        return now < self.made_at + INVITATION_LASTS


class Purpose(models.TextChoices):
    """What a consent is for; each is given and taken back apart."""

    READ_CHAT = "read-chat", _("Reading our messages together")
    SHARE_WEATHER = "share-weather", _("Showing each other how it feels")


class Consent(models.Model):
    """One key of two. No row means not yet; a taken back consent leaves none.

    `taps` is whether what was agreed to said that what each taps here counts, too. A yes from
    before there was such a thing did not.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    given_at = models.DateTimeField()
    taps = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["partner", "purpose"], name="one_consent_per_purpose")
        ]

    def __str__(self) -> str:
        return f"consent of partner {self.partner_id}"


class Season(models.Model):
    """A time of life the two marked: shown beside a drift, never as its cause."""

    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="seasons")
    name = models.CharField(max_length=60)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.LIFE)
    #: It goes on still, and has no end yet. Without this, no end means a moment.
    ongoing = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["start", "pk"]

    def __str__(self) -> str:
        return f"season of couple {self.couple_id}"


class Tap(models.Model):
    """A tap that has arrived, by the id that the phone gave it, so that it counts once.

    A phone that was offline sends what waited again and again until it is heard. Whose it was and
    at what time is not kept, and the row goes once no phone can send it any more.
    """

    id = models.UUIDField(primary_key=True)
    day = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"tap {self.id}"


class Tries(models.Model):
    """How often what was typed did not fit of late: for a name, an address or a browser.

    Which one it was is a keyed digest (`tries`), and the row goes after a quiet hour.
    """

    digest = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveIntegerField()
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"tries {self.digest[:8]}"


class GoneKey(models.Model):
    """A key of the ring that was let go with what it sealed (`gone`): a digest of its name.

    It stays, so that no copy of a key folder from before brings the key back unnoticed. No time is
    kept. A name holds an id, so a digest tells whose key it was only to whoever has that id still:
    from the rows of the two who are here, or from an older copy of the database.
    """

    digest = models.CharField(primary_key=True, max_length=64)

    def __str__(self) -> str:
        return f"gone key {self.digest[:8]}"
