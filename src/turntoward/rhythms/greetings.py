"""Greetings: "How you greet each other."

Definition: the share of days with messages on which both greet in the day's first exchange. The
first exchange is what the one who begins writes until the other answers, and that answer, until
the turn goes back; a greeting is a hello, a good morning, a good night or a goodbye.
Unit: share of active days (days with at least one message that was heard).
Cannot see: a greeting at the door, by a kiss, in a call or a voice message.
Source: article, "Relationships run on rhythms. How you greet each other."
"""

from __future__ import annotations

import polars as pl

from turntoward.rhythms.about import About, series
from turntoward.rhythms.each import shares
from turntoward.rhythms.material import LIKELY, Material, heard
from turntoward.rhythms.reasons import one_side_only, words_not_understood
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="greetings",
    title="Greetings",
    words="How you greet each other",
    unit="share of days with messages",
    noun="days with messages",
    family=Family.SHARE,
    softer_is="up",
    cannot_see="A hello at the door, a kiss, or a good morning said out loud.",
    perhaps="You may simply have greeted each other in person.",
)


def measure(material: Material) -> Measured:
    """The share of days whose first exchange holds a greeting from each of the two."""
    unheard = one_side_only(material) or words_not_understood(material)
    if unheard is not None:
        return unheard
    return series(ABOUT, shares(ABOUT.name, each(material)), material)


def each(material: Material) -> pl.DataFrame:
    """Every day with messages, and whether both greet in its first exchange."""
    changes = (pl.col("who") != pl.col("who").shift()).fill_null(False)
    greeting = (pl.col("p_greeting") >= LIKELY) & pl.col("heard")
    sides = (
        material.sent.with_columns(stretch=changes.cum_sum().over("day"), greeting=greeting)
        .filter(pl.col("stretch") <= 1)
        .group_by("day", "stretch")
        .agg(greeted=pl.col("greeting").any(), row=pl.col("row").first())
    )
    first = sides.group_by("day").agg(row=pl.col("row").min(), there=pl.col("greeted").sum() == 2)
    return first.join(heard(material), on="day", how="semi")
