"""What Today says of a consult: one quiet line when there are times, or one is picked."""

from __future__ import annotations

from turntoward.web.part import Look, Part
from turntoward.web.practice.present import news_for
from turntoward.web.practice.standing import stands


def part(look: Look) -> Part | None:
    """A line that leads to it; nothing where no practice hosts this."""
    consult = news_for(look.partner, look.now)
    if consult is None:
        return None
    context = {"consult": consult, "stands": stands(consult, look.now).value}
    both = consult.owner_id is None
    return Part(
        key="consult", template="practice/_today.html", settled=True, context=context, joint=both
    )
