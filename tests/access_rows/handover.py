"""Rows of the brief: Ana's own one with its lines, which Ben does not reach."""

from django.utils import timezone

from turntoward.web.couples.models import Partner
from turntoward.web.handover import actions, line_actions

OWN = {"handover", "begin"}
OBJECTS = {"brief", "add", "read", "withdraw", "appointment", "file", "line", "move"}
ONLY_MINE = OBJECTS


def objects(ana: Partner) -> dict[str, str]:
    """A brief of Ana's own, and a line in it."""
    brief = actions.begin(ana, timezone.now(), alone=True)
    line = line_actions.add(brief, ana, "what I hope for", b"k" * 32)
    at = f"/brief/{brief.pk}/"
    return {
        "brief": at,
        "add": f"{at}add/",
        "read": f"{at}read/",
        "withdraw": f"{at}withdraw/",
        "appointment": f"{at}appointment/",
        "file": f"{at}take/pdf/",
        "line": f"/brief/lines/{line.pk}/",
        "move": f"/brief/lines/{line.pk}/move/",
    }
