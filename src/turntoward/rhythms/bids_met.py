"""Bids met: "When bids are missed repeatedly"; "Turning toward these moments, even briefly".

Definition: of the bids, the share that was met with any turning toward within the reply window: a
word, an emoji, a reaction. Two sorts of bids are left out of the count: those without an
answer that were sent late (met, perhaps, face to face in the morning) or at the end of the record,
and those whose answer was not heard (in another language, or deleted) or does not tell how it
turned (a voice message, a photo, words that may be either). Late bids that did get an
answer stay in, which is kind by a little.
Unit: share of bids.
Cannot see: an answer in person. An unanswered bid with a reason to think so (a call followed, the
export carries no reactions, the two live together) stays in the count as not met in text, but only
half of it is taken as sure, so the interval is wider.
Source: article, "It simply requires acknowledgment. Turning toward these moments, even briefly,
reinforces emotional safety."; Driver and Gottman (2004), turning toward, away and against.
"""

from __future__ import annotations

import polars as pl

from turntoward.bids.exchange import Perhaps
from turntoward.rhythms.about import About, series
from turntoward.rhythms.each import shares
from turntoward.rhythms.material import LIKELY, Material, bids, clear
from turntoward.rhythms.reasons import one_side_only, words_not_understood
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="bids_met",
    title="Bids met",
    words="When bids are missed repeatedly",
    unit="share of bids",
    noun="bids",
    family=Family.SHARE,
    softer_is="up",
    cannot_see="An answer given in person: a laugh from the next room, an arm around you.",
    perhaps="You may simply have answered each other face to face.",
)

#: Without an answer these say nothing about being met: the record could not have shown it.
_LEFT_OUT = [Perhaps.OVERNIGHT.value, Perhaps.END_OF_RECORD.value]

#: How much of an unanswered bid is sure, where it may have been met out of sight.
_SURE = 0.5


def measure(material: Material) -> Measured:
    """The share of bids met with any turning toward within the reply window."""
    unheard = one_side_only(material) or words_not_understood(material)
    if unheard is not None:
        return unheard
    return series(ABOUT, shares(ABOUT.name, each(material)), material)


def each(material: Material) -> pl.DataFrame:
    """Every bid that says something about being met, and whether it was."""
    return met(counted(bids(material)))


def met(known: pl.DataFrame) -> pl.DataFrame:
    """What was `counted`, with `there` where it was met; an answer in words may be misheard."""
    return known.select(
        "row",
        "day",
        there=(pl.col("p_toward") >= LIKELY).fill_null(False),
        worded=worded(),
        sure=pl.when(~pl.col("answered") & pl.col("out_of_sight")).then(_SURE).otherwise(1.0),
    )


def worded() -> pl.Expr:
    """True where the answer is one in words: a photo and a reaction are heard by rule."""
    return (pl.col("answer_words") > 0).fill_null(False) & ~pl.col("by_reaction")


def counted(exchanges: pl.DataFrame) -> pl.DataFrame:
    """The exchanges that say something about being met, with `answered` and `out_of_sight`."""
    told = exchanges.with_columns(
        answered=pl.col("answer_row").is_not_null() | pl.col("by_reaction"),
        out_of_sight=pl.col("perhaps").list.len() > 0,
        left_out=pl.col("perhaps").list.set_intersection(_LEFT_OUT).list.len() > 0,
    )
    return told.filter(
        pl.when("answered").then(clear().fill_null(False)).otherwise(~pl.col("left_out"))
    )
