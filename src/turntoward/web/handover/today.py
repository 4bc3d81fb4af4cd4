"""What Today says of the brief: one quiet line, only when it waits for whoever looks."""

from __future__ import annotations

from turntoward.web.handover.lines import digest, lines_in
from turntoward.web.handover.models import Agreement, Brief, Choice
from turntoward.web.part import Look, Part


def part(look: Look) -> Part | None:
    """A line where the other began a brief or agreed to it; nothing once it was answered."""
    joint = Brief.objects.visible_to(look.partner).written().filter(owner=None)
    brief = joint.select_related("begun_by").first()
    if brief is None:
        return None
    agreed = _other_agreed(brief, look)
    if not agreed and (brief.begun_by_id == look.partner.pk or _answered(brief, look)):
        return None
    context = {"brief": brief, "agreed": agreed}
    return Part(
        key="brief", template="handover/_today.html", settled=True, context=context, joint=True
    )


def _other_agreed(brief: Brief, look: Look) -> bool:
    """Whether the other agreed to what is in now, and whoever looks has not."""
    agreed = dict(Agreement.objects.filter(brief=brief).values_list("partner", "digest"))
    if not agreed or look.partner.pk in agreed:
        return False
    return digest(lines_in(brief)) in agreed.values()


def _answered(brief: Brief, look: Look) -> bool:
    """Whether whoever looks said something since it was begun.

    Lines of an earlier brief bring along what was said of them, but for what the app proposed:
    of that both are asked again.
    """
    said = Choice.objects.filter(line__brief=brief, partner=look.partner)
    joint = Brief.objects.visible_to(look.partner).filter(owner=None)
    if joint.filter(begun_at__lt=brief.begun_at).exists():
        said = said.filter(line__by=None, line__worded_by=None, kept=True)
    return said.exists()
