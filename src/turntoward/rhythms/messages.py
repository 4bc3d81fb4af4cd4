"""Messages: "It usually happens quietly."

Definition: messages that the two sent each other, on each day on which either wrote. It is context
for the other rhythms and by itself never drift: fewer messages after moving in together are
expected.
Unit: messages per active day.
Cannot see: all that is said without writing. Days without any message are not in it either, so it
says how much the two write when they write.
Where one person is alone, or the chat is in another language: the same, since nothing is read.
Source: article, "It usually happens quietly."
"""

from __future__ import annotations

import polars as pl

from turntoward.rhythms.about import About, series
from turntoward.rhythms.material import Material
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="messages",
    title="Messages",
    words="It usually happens quietly",
    unit="messages per day with messages",
    noun="days with messages",
    family=Family.RATE,
    softer_is="up",
    cannot_see="Everything you say to each other without writing.",
    perhaps="You may simply have been together more.",
)


def measure(material: Material) -> Measured:
    """Messages per day on which either wrote; from times alone."""
    days = material.sent.group_by("day").agg(count=pl.len(), exposure=pl.lit(1.0))
    return series(ABOUT, days, material)
