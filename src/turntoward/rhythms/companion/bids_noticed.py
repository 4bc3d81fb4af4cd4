"""Bids noticed: "When they are noticed and responded to, connection grows".

Definition: bids that one of the two noticed and told the other, for each week in which the
companion was in use (`companion.use`). Weeks of use and not weeks with bids: of those each would
hold at least one, so that telling less often could hardly be seen. What one keeps alone is not in
it, and neither are answers that came late.
Unit: bids per week.
Cannot see: every bid that was noticed without being told here.
Where one person is alone: not measured. Both know of every one, so its weeks can be shown; which of
the two noticed is not in the result.
Source: article, "When they are noticed and responded to, connection grows."
"""

from __future__ import annotations

from turntoward.rhythms.about import About
from turntoward.rhythms.companion.record import Companion
from turntoward.rhythms.companion.use import by_week
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="bids_noticed",
    title="Bids noticed",
    words="When they are noticed and responded to, connection grows",
    unit="bids per week",
    noun="weeks with bids that were told",
    family=Family.RATE,
    softer_is="up",
    cannot_see="Every bid that was noticed without being told here.",
    perhaps="You may have said it out loud instead.",
)


def measure(record: Companion) -> Measured:
    """Bids noticed and told in each week in which the companion was in use."""
    return by_week(ABOUT, record, record.noticed)
