"""Rows of the rituals and their reminders."""

from django.utils import timezone

from turntoward.web.couples.models import Partner
from turntoward.web.rituals import actions
from turntoward.web.rituals.kinds import Kind

OPEN = {"feed"}
OWN = {
    "rituals",
    "switch",
    "change",
    "undo",
    "reminders",
    "move",
    "calendar-link",
    "calendar-file",
    "mail",
    "push",
    "push-off",
}
OBJECTS = {"kept", "aside"}


def objects(ana: Partner) -> dict[str, str]:
    """A ritual that Ana and Ben keep."""
    ritual = actions.switch(ana, Kind.HELLO, on=True, now=timezone.now())
    return {name: f"/rituals/{ritual.pk}/{name}/" for name in OBJECTS}
