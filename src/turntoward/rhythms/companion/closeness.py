"""Closeness after check-ins: "When the climate feels safer and warmer".

Definition: of what the two tapped after check-ins, the share that was bright or warm. A share and
no mean: weather is no number, and the steps between the skies are not equally wide. It is private
and counted by the rule of `companion.fours`: both together, over four weeks at a time.
Unit: share of taps, pulled toward one half by the same amount in every record.
Cannot see: how it felt where nobody tapped, which may be the hardest evenings or the warmest.
Where one person is alone: not measured. Of the weeks nothing is shown, only a lasting change.
Source: article, "Think of reconnection as tending the emotional climate of your relationship. When
the climate feels safer and warmer, conversations naturally soften."
"""

from __future__ import annotations

from turntoward.rhythms.about import About
from turntoward.rhythms.companion.fours import felt_series
from turntoward.rhythms.companion.record import Companion
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="closeness",
    title="Closeness after check-ins",
    words="When the climate feels safer and warmer",
    unit="share of taps",
    noun="taps after check-ins",
    family=Family.SHARE,
    softer_is="up",
    cannot_see="How it felt on evenings when nobody tapped.",
    perhaps="The days around the check-ins may simply have been fuller.",
)

#: From this warmth on, `bright`, a check-in felt close.
CLOSE = 4


def measure(record: Companion) -> Measured:
    """The share of taps that were bright or warm."""
    return felt_series(ABOUT, record, lambda felt: felt.warmth >= CLOSE)
