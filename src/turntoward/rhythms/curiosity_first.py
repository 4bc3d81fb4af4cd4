"""Curiosity first: "Responding with curiosity instead of problem solving."

Definition: of the shares and disclosures that were answered in words, the share whose answer holds
an open or caring question, or reflects what was told, before any advice. Where one message holds
both, it counts as curious. The answer is the other's next messages until the turn goes back.
Unit: share of answers to something told.
Cannot see: a look that asks; an answer by voice; curiosity that waits for the evening.
Errs: a third of the curious answers is missed, and four in ten that are counted only acknowledge
or ask for a fact, so that the count is about right.
Source: article, "Responding with curiosity instead of problem solving".
"""

from __future__ import annotations

import polars as pl

from turntoward.rhythms.about import About, series
from turntoward.rhythms.each import likely, shares
from turntoward.rhythms.material import Material
from turntoward.rhythms.reasons import one_side_only, words_not_understood
from turntoward.rhythms.replies import first_at, replies
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="curiosity_first",
    title="Curiosity first",
    words="Responding with curiosity instead of problem solving",
    unit="share of answers to something told",
    noun="answers to something told",
    family=Family.SHARE,
    softer_is="up",
    cannot_see="A look that asks, a question out loud, and one that waits for the evening.",
    perhaps="You may simply have talked it over face to face.",
)


def measure(material: Material) -> Measured:
    """The share of answers to something told in which curiosity comes before advice."""
    unheard = one_side_only(material) or words_not_understood(material)
    if unheard is not None:
        return unheard
    return series(ABOUT, shares(ABOUT.name, each(material)), material)


def each(material: Material) -> pl.DataFrame:
    """Every answer in words to something told, and whether curiosity comes first in it."""
    answers = (
        replies(material)
        .group_by("row", maintain_order=True)
        .agg(
            day=pl.col("day").first(),
            curious=first_at(likely("curiosity")),
            advises=first_at(likely("advice")),
        )
    )
    first = pl.col("curious").is_not_null() & (
        pl.col("advises").is_null() | (pl.col("curious") <= pl.col("advises"))
    )
    return answers.select("row", "day", there=first)
