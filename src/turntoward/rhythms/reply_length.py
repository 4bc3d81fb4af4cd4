"""Reply length: "Responses become shorter."

Definition: words in the answer to a bid (the whole answering block), as a mean on the log scale
(the geometric mean), so that one long letter does not hide ten short answers.
Unit: words. An emoji counts as one; answers by a photo, a voice message or a reaction have no
words and are left out.
Cannot see: what was said in a voice message, and that a short answer may be a warm one.
Source: article, "Responses become shorter. Neutral moments feel distant."
"""

from __future__ import annotations

import polars as pl

from turntoward.rhythms.about import About, series
from turntoward.rhythms.by_day import by_day
from turntoward.rhythms.material import Material, bids
from turntoward.rhythms.reasons import one_side_only, words_not_understood
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="reply_length",
    title="Reply length",
    words="Responses become shorter",
    unit="words",
    noun="answers with words",
    family=Family.LEVEL,
    softer_is="up",
    cannot_see="What was said in voice messages, and that a short answer can be a warm one.",
    perhaps="You may simply have said more in voice messages or in person.",
)


def measure(material: Material) -> Measured:
    """Words per answer to a bid."""
    unheard = one_side_only(material) or words_not_understood(material)
    if unheard is not None:
        return unheard
    words = pl.col("answer_words").cast(pl.Float64).log()
    answers = bids(material).filter(pl.col("answer_words") > 0)
    return series(ABOUT, by_day(answers, count=words, squares=words**2), material)
