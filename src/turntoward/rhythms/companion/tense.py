"""Tense check-ins: "Attempts at closeness lead to tension".

Definition: of what the two tapped after check-ins, the share that was stormy or foggy. Taps and not
check-ins: "tense for one of you" would let whoever taps stormy each time but once read off how that
one time felt to the other. It is private and counted by the rule of `companion.fours`: both
together, over four weeks at a time.
Unit: share of taps, pulled toward one half by the same amount in every record.
Cannot see: what the tension was about, and whether it came from between the two at all.
Where one person is alone: not measured. Of the weeks nothing is shown, only a lasting change.
Source: article, "Attempts at closeness lead to tension or misunderstanding."
"""

from __future__ import annotations

from turntoward.rhythms.about import About
from turntoward.rhythms.companion.fours import felt_series
from turntoward.rhythms.companion.record import Companion
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="tense",
    title="Tense check-ins",
    words="Attempts at closeness lead to tension",
    unit="share of taps",
    noun="taps after check-ins",
    family=Family.SHARE,
    softer_is="down",
    cannot_see="What it was about, and whether it came from outside the two of you.",
    perhaps="Hard weeks at work or at home find their way into ten minutes too.",
)

#: Up to this warmth, `foggy`, a check-in felt tense.
TENSE = 2


def measure(record: Companion) -> Measured:
    """The share of taps that were stormy or foggy."""
    return felt_series(ABOUT, record, lambda felt: felt.warmth <= TENSE)
