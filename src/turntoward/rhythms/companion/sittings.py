"""Ten-minute check-ins: "How you check in emotionally".

Definition: check-ins that the two held in the companion, for each week in which it was in use
(`companion.use`). The first eight weeks are left out, in which everything is new.
Unit: check-ins per week.
Cannot see: a check-in without the phones, and how it was: that is another rhythm.
Where one person is alone: not measured. Both know of every check-in, so its weeks can be shown.
Source: article, "This could be a ten minute check in at the end of the day"; "Consistency matters
more than depth."
"""

from __future__ import annotations

from turntoward.rhythms.about import About
from turntoward.rhythms.companion.record import Companion
from turntoward.rhythms.companion.use import by_week
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="sittings",
    title="Ten-minute check-ins",
    words="How you check in emotionally",
    unit="check-ins per week",
    noun="weeks with check-ins",
    family=Family.RATE,
    softer_is="up",
    cannot_see="A talk over coffee, a walk, every check-in without the phones.",
    perhaps="You may simply have talked without the companion.",
)


def measure(record: Companion) -> Measured:
    """Check-ins held in each week in which the companion was in use."""
    return by_week(ABOUT, record, tuple(one.day for one in record.held))
