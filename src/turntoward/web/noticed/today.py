"""What Today says of bids: what the other gave, one at a time, until it is put away."""

from __future__ import annotations

from turntoward.web.noticed.present import given_view, newest_for
from turntoward.web.part import Look, Part


def part(look: Look) -> Part | None:
    """The newest that was given to whoever looks; None where nothing waits."""
    newest, more = newest_for(look.partner)
    if newest is None:
        return None
    context = {"view": given_view(newest, look.partner, look.now), "more": more}
    return Part(
        key="noticed",
        template="noticed/_today.html",
        settled=False,
        context=context,
        joint=True,
    )
