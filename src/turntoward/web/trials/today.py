"""What Today says of trials: one quiet line to the one who was asked, until it is answered."""

from __future__ import annotations

from turntoward.web.part import Look, Part
from turntoward.web.trials.models import Reply, Trial
from turntoward.web.trials.weeks import any_there


def part(look: Look) -> Part | None:
    """A line that leads to the question; nothing where it was answered or set aside."""
    if not any_there(look.partner):
        return None
    asked = Trial.objects.visible_to(look.partner).filter(begins=None, by__isnull=False)
    trial = asked.exclude(by=look.partner).first()
    if trial is None or Reply.objects.visible_to(look.partner).filter(trial=trial).exists():
        return None
    return Part(key="trial", template="trials/_today.html", settled=True, context={}, joint=True)
