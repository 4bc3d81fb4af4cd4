"""Rows of what is one's own."""

from datetime import date

from django.utils import timezone

from turntoward.reading.companion import day_of
from turntoward.web.couples.models import Partner
from turntoward.web.yours.keepsakes import Kept, keep
from turntoward.web.yours.models import Device

OPEN = {"gone"}
OWN = {
    "yours",
    "again",
    "take",
    "kept",
    "erase",
    "leave",
    "devices",
    "sign-out-others",
    "passphrase",
}
OBJECTS = {"device", "let-go"}
ONLY_MINE = {"device", "let-go"}


def objects(ana: Partner) -> dict[str, str]:
    """A browser in which Ana entered, and something in her box."""
    device = Device.objects.create(partner=ana, mark="m", entered_on=date(2026, 3, 4), known=True)
    today = day_of(timezone.now(), ana.couple.zone)
    keepsake = keep(ana, today, Kept(what="weather", mine=True, other="", words=("a walk",)))
    return {
        "device": f"/yours/devices/{device.pk}/",
        "let-go": f"/yours/kept/{keepsake.pk}/let-go/",
    }
