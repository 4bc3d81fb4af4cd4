"""Bids made: "When bids are missed repeatedly, partners often stop making them."

Definition: bids on each day with messages. A burst of messages of one person is one turn and at
most one bid (see `bids.pairing`).
Unit: bids per active day (days with at least one message that was heard).
Cannot see: a look, a touch, a sigh, a joke across the table; a bid in a voice message.
Where one person is alone: their own bids on their own days.
Source: article, "partners often stop making them"; Driver and Gottman (2004) for what a bid is.
"""

from __future__ import annotations

import polars as pl

from turntoward.rhythms.about import About, series
from turntoward.rhythms.each import rates
from turntoward.rhythms.material import LIKELY, Material, bids, heard
from turntoward.rhythms.reasons import words_not_understood
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="bids_made",
    title="Bids made",
    words="partners often stop making them",
    unit="bids per day with messages",
    noun="days with messages",
    family=Family.RATE,
    softer_is="up",
    cannot_see="A look, a touch, a sigh, a joke across the table.",
    perhaps="You may simply have been together more and reached for each other there.",
)


def measure(material: Material) -> Measured:
    """Bids per day with messages; one's own where only one said yes."""
    unheard = words_not_understood(material)
    if unheard is not None:
        return unheard
    active = rates(ABOUT.name, each(material)).drop("count")
    made = bids(material).group_by("day").agg(count=pl.len())
    days = active.join(made, on="day", how="left").with_columns(pl.col("count").fill_null(0))
    return series(ABOUT.seen_by(material), days, material)


def each(material: Material) -> pl.DataFrame:
    """Every message that was heard, and whether it reaches out; a turn of them is one bid."""
    return heard(material).select("row", "day", there=pl.col("p_none") < LIKELY)
