"""Validation first: "Saying “that makes sense” before sharing your own perspective".

Definition: of the answers to something told that hold an own view (a thought or a story of one's
own, or advice), the share in which it is said before, or in the same message, that the other's
feeling or view makes sense. The answer is the other's next messages until the turn goes back.
Unit: share of answers with an own view.
Cannot see: a nod; "that makes sense" said out loud; a shared silence.
Errs: validation is rare, said in many ways, and the hardest of all to hear. It is called from a low
probability on; half of it is missed all the same, and six in ten that are counted only agree or
console, so that the count is a little too high. Where no more is heard than mishearing alone would
give, it cannot be told.
Source: article, "Saying “that makes sense” before sharing your own perspective".
"""

from __future__ import annotations

import polars as pl

from turntoward.language.counts import mistakes_of
from turntoward.language.labels import BidKind
from turntoward.rhythms.about import About, series
from turntoward.rhythms.each import likely, shares
from turntoward.rhythms.material import Material
from turntoward.rhythms.reasons import maybe_misheard, one_side_only, words_not_understood
from turntoward.rhythms.replies import first_at, is_kind, replies
from turntoward.rhythms.series import Family, Measured, Series

ABOUT = About(
    name="validation_first",
    title="Validation first",
    words="Saying “that makes sense” before sharing your own perspective",
    unit="share of answers with an own view",
    noun="answers with an own view",
    family=Family.SHARE,
    softer_is="up",
    cannot_see="A nod, a “that makes sense” said out loud, or one in words that were not heard.",
    perhaps="You may simply have understood each other without saying so.",
)


def measure(material: Material) -> Measured:
    """The share of answers with an own view that first say that the other's makes sense."""
    unheard = one_side_only(material) or words_not_understood(material)
    if unheard is not None:
        return unheard
    found = each(material).filter("viewed")
    measured = series(ABOUT, shares(ABOUT.name, found), material)
    heard = int(found["there"].sum())
    if isinstance(measured, Series) and mistakes_of(ABOUT.name).explain(heard, found.height):
        return maybe_misheard(heard, found.height, ABOUT.noun)
    return measured


def each(material: Material) -> pl.DataFrame:
    """Every answer to something told: whether it holds an own view, and validates before it."""
    view = is_kind(BidKind.SHARE) | likely("advice")
    answers = (
        replies(material)
        .group_by("row", maintain_order=True)
        .agg(
            day=pl.col("day").first(),
            validates=first_at(likely("validation")),
            views=first_at(view),
        )
    )
    first = pl.col("validates").is_not_null() & (
        pl.col("views").is_null() | (pl.col("validates") <= pl.col("views"))
    )
    return answers.select("row", "day", there=first, viewed=pl.col("views").is_not_null())
