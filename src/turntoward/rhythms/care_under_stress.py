"""Care under stress: "How you respond when one of you is stressed or preoccupied."

Definition: of the bids that let stress, worry, hurt or exhaustion show (of the kind support, or
with such a feeling in them), the share that was met with any turning toward within the reply
window: "oh no", a question, a heart, an offer of help. What is left out is left out as in bids met:
late ones without an answer, the end of the record, answers that were not heard or do not tell how
they turned.
Unit: share of hard moments told.
Cannot see: an arm around you, a tea brought without a word; a worry that was never written down.
An unanswered one that may have been met out of sight counts as not met in text, and only half of it
is taken as sure.
Errs: a third of such moments is missed, and nearly half of what is taken for one tells something
else: then this follows how other bids are met. A quarter of what was brushed off is heard as care,
which is kind.
Source: article, "How you respond when one of you is stressed or preoccupied"; Driver and Gottman
(2004), turning toward.
"""

from __future__ import annotations

import polars as pl

from turntoward.language.labels import BidKind
from turntoward.rhythms.about import About, series
from turntoward.rhythms.bids_met import counted, met
from turntoward.rhythms.each import likely, shares
from turntoward.rhythms.material import Material, bids
from turntoward.rhythms.reasons import one_side_only, words_not_understood
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="care_under_stress",
    title="Care under stress",
    words="How you respond when one of you is stressed or preoccupied",
    unit="share of hard moments told",
    noun="hard moments told",
    family=Family.SHARE,
    softer_is="up",
    cannot_see="An arm around you, a tea brought without a word, a worry that nobody wrote down.",
    perhaps="You may simply have been there for each other in person.",
)


def measure(material: Material) -> Measured:
    """The share of stress, worry and hurt that was met with any turning toward."""
    unheard = one_side_only(material) or words_not_understood(material)
    if unheard is not None:
        return unheard
    return series(ABOUT, shares(ABOUT.name, each(material)), material)


def each(material: Material) -> pl.DataFrame:
    """Every hard moment that says something about being met, and whether it was."""
    stressed = material.sent.filter(likely("stress")).select(pl.col("row").cast(pl.UInt32))
    felt = pl.col("row").is_in(stressed["row"].implode())
    hard = felt | (pl.col("kind") == BidKind.SUPPORT.value)
    return met(counted(bids(material).filter(hard)))
