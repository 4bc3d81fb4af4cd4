"""What Today says of who gets in as oneself: a line each, on one's own pages alone."""

from __future__ import annotations

from turntoward.web.part import Look, Part
from turntoward.web.yours.devices import news
from turntoward.web.yours.told import told_in


def part(look: Look) -> Part | None:
    """Somebody entered as this partner somewhere, or what lets one in was changed.

    It asks for nothing, so it counts as settled.
    """
    entered = news(look.partner, look.browser)
    told = told_in(look.partner, look.browser, look.now)
    if not entered and not told:
        return None
    context = {"entered": entered, "told": told}
    return Part(key="entered", template="yours/_entered.html", settled=True, context=context)
