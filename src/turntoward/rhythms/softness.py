"""Softness of hard moments: "Attempts at closeness lead to tension".

Definition: of the bids with an answer that tells how it turned, the share that was met without
tension: without irritation, contempt, blame or a hostile no. Passing over a bid is not tension, and
banter between two who laugh is none: `against` is called only where two signals agree
(language/answers.py). Answers that were not heard or do not tell are left out, as in bids met; so
are bids without an answer.
Unit: share of answered bids.
Cannot see: a tone of voice, a slammed door, and a hug that settles it.
Errs: half of the tense answers is missed, veiled contempt most of all, and half of those that are
called tense are only blunt or teasing, so that the count is about right. Whole quarrels (runs of
harsh messages) are not counted by themselves: once a talk has become one, there are hardly bids in
it.
Source: article, "Attempts at closeness lead to tension or misunderstanding"; Driver and Gottman
(2004), turning against.
"""

from __future__ import annotations

import polars as pl

from turntoward.rhythms.about import About, series
from turntoward.rhythms.bids_met import counted, worded
from turntoward.rhythms.each import shares
from turntoward.rhythms.material import LIKELY, Material, bids
from turntoward.rhythms.reasons import one_side_only, words_not_understood
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="softness",
    title="Softness",
    words="Attempts at closeness lead to tension",
    unit="share of answered bids",
    noun="answered bids",
    family=Family.SHARE,
    softer_is="up",
    cannot_see="A tone of voice, a door that closed too loudly, and the hug that settled it.",
    perhaps="It may simply have been a hard time around the two of you.",
)


def measure(material: Material) -> Measured:
    """The share of answered bids that were met without tension."""
    unheard = one_side_only(material) or words_not_understood(material)
    if unheard is not None:
        return unheard
    return series(ABOUT, shares(ABOUT.name, each(material)), material)


def each(material: Material) -> pl.DataFrame:
    """Every bid with an answer that tells how it turned, and whether it came without tension."""
    return (
        counted(bids(material))
        .filter("answered")
        .select("row", "day", there=pl.col("p_against") < LIKELY, worded=worded())
    )
