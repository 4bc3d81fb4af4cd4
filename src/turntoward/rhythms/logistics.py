"""Logistics: "Conversations become logistical."

Definition: the share of messages that are only logistics: about tasks, schedules, errands, things
or money, reaching for nothing (no bid) and holding no warmth. "Can you get milk, my love" is not
only logistics.
Unit: share of the messages that were heard.
Cannot see: what the two talk about in person; a household that has to be run by text.
Where one person is alone: their own messages.
Source: article, "Conversations become logistical"; "Shared presence matters more than shared
productivity".
"""

from __future__ import annotations

import polars as pl

from turntoward.rhythms.about import About, series
from turntoward.rhythms.each import shares
from turntoward.rhythms.material import LIKELY, Material, heard
from turntoward.rhythms.reasons import words_not_understood
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="logistics",
    title="Only logistics",
    words="Conversations become logistical",
    unit="share of messages",
    noun="messages that can be heard",
    family=Family.SHARE,
    softer_is="down",
    cannot_see="What you talk about when you are in the same room.",
    perhaps="There may simply have been more to organise.",
)


def measure(material: Material) -> Measured:
    """The share of messages that are only logistics; of one's own where only one said yes."""
    unheard = words_not_understood(material)
    if unheard is not None:
        return unheard
    return series(ABOUT.seen_by(material), shares(ABOUT.name, each(material)), material)


def each(material: Material) -> pl.DataFrame:
    """Every message that was heard, and whether it is only logistics."""
    only = (
        (pl.col("p_logistics") >= LIKELY)
        & (pl.col("p_none") >= LIKELY)
        & (pl.col("p_warmth") < LIKELY)
    )
    return heard(material).select("row", "day", there=only)
