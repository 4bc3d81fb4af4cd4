"""Affection: "Affection becomes less frequent."

Definition: messages that hold affection, appreciation or thanks, on each day with messages.
Unit: messages per active day (days with at least one message that was heard).
Cannot see: touch, a look, a tone of voice; affection in a language of your own that only the two
of you understand.
Where one person is alone: their own messages on their own days.
Source: article, "Conversations become logistical. Affection becomes less frequent."
"""

from __future__ import annotations

import polars as pl

from turntoward.rhythms.about import About, series
from turntoward.rhythms.each import rates
from turntoward.rhythms.material import LIKELY, Material, heard
from turntoward.rhythms.reasons import words_not_understood
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="affection",
    title="Affection",
    words="Affection becomes less frequent",
    unit="messages per day with messages",
    noun="days with messages",
    family=Family.RATE,
    softer_is="up",
    cannot_see="Touch, a look, a tone of voice, or pet words that only the two of you know.",
    perhaps="You may simply have been together more, with less need to write it.",
)


def measure(material: Material) -> Measured:
    """Warm messages per day with messages; one's own where only one said yes."""
    unheard = words_not_understood(material)
    if unheard is not None:
        return unheard
    return series(ABOUT.seen_by(material), rates(ABOUT.name, each(material)), material)


def each(material: Material) -> pl.DataFrame:
    """Every message that was heard, and whether it is warm."""
    return heard(material).select("row", "day", there=pl.col("p_warmth") >= LIKELY)
