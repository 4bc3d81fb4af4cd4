"""What Today says of a browser that is new: one line, on one's own pages alone."""

from __future__ import annotations

from turntoward.web.part import Look, Part
from turntoward.web.yours.devices import news


def part(look: Look) -> Part | None:
    """Somebody entered as this partner somewhere. It asks for nothing, so it counts as settled."""
    entered = news(look.partner, look.browser)
    if not entered:
        return None
    context = {"entered": entered}
    return Part(key="entered", template="yours/_entered.html", settled=True, context=context)
