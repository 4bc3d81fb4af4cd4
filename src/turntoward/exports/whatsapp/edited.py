"""The remark that a message was edited, which WhatsApp sets behind its words."""

from __future__ import annotations

import polars as pl

from turntoward.exports.whatsapp.phrases import EDITED, MARKS, phrases_of

#: What no list knows is no accident where it occurs this often.
OFTEN = 3
_ANY_MARK = f"[{MARKS}]"
#: An unknown remark behind words: more than one word, or a word in other letters than <these>.
_REMARK = r" [\u200e\u200f]?(<(?:[^<>\n]* [^<>\n]*|[^<>\n\p{Latin}]{4,40})>)$"


def take_edited(rows: pl.DataFrame, iphone: bool) -> pl.DataFrame:
    """Cut the remark that a message was edited off its end.

    In a language without a phrase iPhones set U+200E before it; on Android one remark that both
    people's messages often end in, while none ends in a known one, is it.
    """
    known = "|".join(pl.Series(phrases_of(EDITED)).str.escape_regex())
    remark = rf"(?:{_ANY_MARK}*(?:{known})|\u200e<[^<>:\n0-9]{{3,60}}>)$"
    words = pl.col("body").str.extract(rf"(?s)^(.+?)[ \u200e]*{remark}")
    rows = rows.with_columns(edited=words.is_not_null(), body=pl.coalesce(words, "body"))
    if iphone or rows["edited"].any():
        return rows
    last = rows.select("sender", "n", remark=pl.col("body").str.extract(_REMARK)).drop_nulls()
    often = last.group_by("remark").agg(
        pl.col("n").sum(), pl.col("sender").n_unique().alias("people")
    )
    often = often.filter((pl.col("n") >= OFTEN) & (pl.col("people") > 1)).sort("n", "remark")
    if often.is_empty():
        return rows
    words = pl.col("body").str.strip_suffix(often["remark"][-1])
    cut = words.str.len_bytes() < pl.col("body").str.len_bytes()
    words = words.str.strip_chars_end(" \u200e\u200f")
    edited = (cut & (words != "")).fill_null(False)
    return rows.with_columns(edited=edited, body=pl.when(edited).then(words).otherwise("body"))
