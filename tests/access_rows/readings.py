"""Rows of the readings app."""

from django.utils import timezone

from turntoward.web.couples.models import Partner
from turntoward.web.readings.models import Bringing, State

OWN = {"bring-in", "settings", "agree", "rhythm", "bids"}
OBJECTS = {"bringing", "progress", "answer", "again", "remove", "correct", "undo"}
ONLY_MINE = {"answer", "again"}


def objects(ana: Partner) -> dict[str, str]:
    """A chat that Ana brought in."""
    bringing = Bringing.objects.create(
        couple=ana.couple, by=ana, at=timezone.now(), suffix=".txt", size=1, state=State.READ
    )
    brought = f"/bring-in/{bringing.pk}"
    return {
        "bringing": f"{brought}/",
        "progress": f"{brought}/progress/",
        "answer": f"{brought}/answer/",
        "again": f"{brought}/again/",
        "remove": f"{brought}/remove/",
        "correct": "/rhythm/bids/1/",
        "undo": "/rhythm/bids/1/undo/",
    }
