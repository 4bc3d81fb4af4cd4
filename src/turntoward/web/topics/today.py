"""What Today says of topics: one quiet line when both were ready for one, and nothing else."""

from __future__ import annotations

from turntoward.web.part import Look, Part
from turntoward.web.topics.actions import settle
from turntoward.web.topics.models import State, Topic


def part(look: Look) -> Part | None:
    """A line that leads to it. Nothing pushes a hard topic."""
    couple = look.partner.couple
    # On most days nothing waits, and one question tells.
    if not Topic.objects.filter(couple=couple, state__in=[State.READY, State.OPEN]).exists():
        return None
    settle(couple, look.now)
    if not Topic.objects.visible_to(look.partner).filter(state=State.OPEN).exists():
        return None
    return Part(key="topic", template="topics/_today.html", settled=True, context={}, joint=True)
