"""Rows of the parked topics."""

from django.utils import timezone

from turntoward.web.couples.models import Partner
from turntoward.web.topics import actions

OWN = {"topics", "hearing"}
OBJECTS = {"ready", "move"}
ONLY_MINE = {"ready", "move"}


def objects(ana: Partner) -> dict[str, str]:
    """Something that Ana put down."""
    topic = actions.put_down(ana, "money", b"k" * 32, timezone.now())
    return {"ready": f"/topics/{topic.pk}/ready/", "move": f"/topics/{topic.pk}/move/"}
