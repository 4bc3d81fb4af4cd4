"""What Today says when small shifts may not be enough: one quiet line, on one day of a week.

The signs look at whole weeks and say the same from Monday to Sunday, and what takes six of them to
come needs no daily word. So they are looked for on the first day of a week on which somebody looks,
and the line stands on that day alone. More leads to the page on every day.
"""

from __future__ import annotations

from datetime import date, timedelta

from turntoward.web.care import actions
from turntoward.web.care.models import Looked, NotNow
from turntoward.web.care.present import look_for_signs
from turntoward.web.care.sealed import was_seen
from turntoward.web.part import Look, Part

_TEMPLATE = "care/_today.html"


def part(look: Look) -> Part | None:
    """A line that leads to the page, "not now" with its undo for a day, or nothing at all."""
    if look.partner.other() is None:
        return None
    quiet = NotNow.objects.visible_to(look.partner).first()
    if quiet is not None and quiet.holds(look.day):
        return _line(quiet) if quiet.since == look.day else None
    return _line(None) if _seen(look) else None


def _line(quiet: NotNow | None) -> Part:
    # A line and never the open part: nothing pushes.
    return Part(key="care", template=_TEMPLATE, settled=True, context={"quiet": quiet}, joint=True)


def _seen(look: Look) -> bool:
    looked = Looked.objects.visible_to(look.partner).first()
    if looked is not None and _monday(looked.day) == _monday(look.day):
        return looked.day == look.day and was_seen(looked, look.partner)
    # Once a week: it opens a reading, which is the slow part of it.
    seen = look_for_signs(look.partner, look.now).says_something
    actions.keep_look(look.partner, look.day, seen=seen)
    return seen


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
