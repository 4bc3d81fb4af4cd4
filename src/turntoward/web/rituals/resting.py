"""What Today says where reminders went unanswered and rest: a line, and a tap to start again."""

from __future__ import annotations

from turntoward.web.part import Look, Part
from turntoward.web.rituals.deliver import has_a_way
from turntoward.web.rituals.history import resting, wish_of
from turntoward.web.rituals.models import Reminder


def part(look: Look) -> Part | None:
    """A line that asks for nothing; None while reminders are off, paused or go on."""
    mine = Reminder.objects.filter(partner=look.partner, paused=False)
    reminder = mine.select_related("partner__couple", "ritual__couple").first()
    if reminder is None or wish_of(reminder) is None or not has_a_way(reminder):
        return None
    if not resting(reminder, look.now):
        return None
    return Part(
        key="reminders", template="rituals/_resting.html", settled=True, context={}, joint=True
    )
