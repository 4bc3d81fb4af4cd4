"""Pace: "how emotionally accessible you are".

Definition: the waking minutes from a bid to its first answer within the reply window, as a mean on
the log scale (the geometric mean, close to the median and steadier). The couple's night hours do
not count. Where words were not read, of both or in this language, it is the time from any turn to
the other's next turn instead, inside the same window: a series of its own kind, never mixed.
Unit: minutes. Waits below half a minute count as half a minute.
Cannot see: an answer in person or in a call; a day without a phone at work.
Source: article, "responsiveness all act as attachment cues"; "how emotionally accessible you are".
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from turntoward.rhythms.about import About, series
from turntoward.rhythms.by_day import by_day
from turntoward.rhythms.material import Material, bids, day_of, log_minutes
from turntoward.rhythms.reasons import one_side_only, words_not_understood
from turntoward.rhythms.series import Family, Measured
from turntoward.words import gettext_noop

ABOUT = About(
    name="pace",
    title="Pace",
    words="how emotionally accessible you are",
    unit="minutes",
    noun="answers",
    family=Family.LEVEL,
    softer_is="down",
    cannot_see="An answer given in person or in a call, and whether the phone was in reach.",
    perhaps="Work may simply have kept one of you away from the phone.",
)

#: The same where only times are known.
_OF_TIMES_ONLY = gettext_noop(
    "Which messages asked for an answer: without words, every turn is counted alike. An answer "
    "given in person or in a call, and whether the phone was in reach."
)


def measure(material: Material) -> Measured:
    """Waking minutes to the answer: to a bid where words were read, else to any turn."""
    if one_side_only(material) or words_not_understood(material):
        about = replace(ABOUT, cannot_see=_OF_TIMES_ONLY)
        return series(about, _days(material, _to_any_turn(material)), material)
    return series(ABOUT, _days(material, _to_bids(material)), material)


def _to_bids(material: Material) -> pl.DataFrame:
    answers = material.sent.select("row", answered="ts_local").cast({"row": pl.UInt32})
    return (
        bids(material)
        .drop_nulls("answer_row")
        .join(answers, left_on="answer_row", right_on="row", maintain_order="left")
        .select("day", "answered", asked="ts_local")
    )


def _to_any_turn(material: Material) -> pl.DataFrame:
    previous = material.sent.with_columns(
        asked=pl.col("ts_local").shift(), other=pl.col("who") != pl.col("who").shift()
    )
    return previous.filter("other").select(
        "asked", day=day_of("asked"), answered="ts_local"
    )  # fmt: skip


def _days(material: Material, waits: pl.DataFrame) -> pl.DataFrame:
    timed = log_minutes(material, waits)
    in_window = timed.filter(pl.col("waited").exp() <= material.exchanges.window_h * 60)
    waited = pl.col("waited")
    return by_day(in_window, count=waited, squares=waited**2)
