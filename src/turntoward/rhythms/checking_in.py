"""Checking in: "How you check in emotionally."

Definition: messages that ask about the other's day, feelings or opinion for their own sake, on each
day with messages: bids of the kind interest, and open or caring questions (curiosity) in answer to
something told. Questions for facts ("what time is it?") are not counted. Each message counts, so
"and how was she?" after "how did it go?" is a second one.
Unit: messages per active day (days with at least one message that was heard).
Cannot see: a question over dinner or on the phone, and whether the answer was listened to.
Errs: a third of such questions is missed, and three in ten that are counted ask for a fact, so that
the count is about right.
Where one person is alone: their own questions on their own days.
Source: article, "How you check in emotionally"; "asking a question that does not strictly need an
answer".
"""

from __future__ import annotations

import polars as pl

from turntoward.language.labels import BidKind
from turntoward.rhythms.about import About, series
from turntoward.rhythms.each import likely, rates
from turntoward.rhythms.material import Material, heard
from turntoward.rhythms.reasons import words_not_understood
from turntoward.rhythms.replies import is_kind
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="checking_in",
    title="Checking in",
    words="How you check in emotionally",
    unit="questions per day with messages",
    noun="days with messages",
    family=Family.RATE,
    softer_is="up",
    cannot_see="A question over dinner or on the phone, and how the answer was listened to.",
    perhaps="You may simply have asked each other in person.",
)


def measure(material: Material) -> Measured:
    """Caring questions per day with messages; one's own where only one said yes."""
    unheard = words_not_understood(material)
    if unheard is not None:
        return unheard
    return series(ABOUT.seen_by(material), rates(ABOUT.name, each(material)), material)


def each(material: Material) -> pl.DataFrame:
    """Every message that was heard, and whether it asks after the other."""
    asks = is_kind(BidKind.INTEREST) | likely("curiosity")
    return heard(material).select("row", "day", there=asks)
