"""Which phrase of WhatsApp a body is, and where in the body it stands.

Phrases are data (phrases.toml). They count as a whole body, inside angle brackets, above a caption
or, on iPhones, behind one; a short body that no list knows is guessed from how often it occurs.
"""

from __future__ import annotations

import re

import polars as pl

from turntoward.exports.whatsapp.calls import CALLS
from turntoward.exports.whatsapp.edited import OFTEN
from turntoward.exports.whatsapp.phrases import (
    DELETED_BY,
    ENCRYPTED,
    MARKS,
    STOPS,
    SURE_WITHOUT_MARK,
    comparable,
    first_sentences,
    meanings,
    phrases_of,
)

_MARK = "\u200e"
#: A body of its own up to this length that occurs often stands for something that was sent.
_SHORT = 60
#: A name that ends a phrase is no longer than this.
_LONGEST_NAME = 40
#: Phrases that stand for something that was sent; on iPhones a caption may stand before them.
SENT = ("media", "image", "video", "video_note", "audio", "sticker", "gif", "contact", "document",
        "view_once")  # fmt: skip


def phrase_of(iphone: bool) -> dict[str, pl.Expr]:
    """The phrase of each body, where in it the phrase stands, and what a call says of itself."""
    known = meanings()
    whole = pl.col("whole").replace_strict(known, default=None, return_dtype=pl.String)
    whole = pl.when(_deleted_by()).then(pl.lit("deleted")).otherwise(whole)
    naked = pl.col("whole").str.strip_chars("<>").str.strip_chars_end(STOPS)
    inside = naked.replace_strict(known, default=None, return_dtype=pl.String)
    first = pl.col("line").replace_strict(known, default=None, return_dtype=pl.String)
    ended = pl.col("tail").replace_strict(known, default=None, return_dtype=pl.String)
    call = pl.col("whole").str.extract_groups(r"^(?P<name>[^,.]+)(?:[,.] (?P<rest>.*))?$")
    name = call.struct.field("name").replace_strict(known, default=None, return_dtype=pl.String)
    own = pl.col("marked") | pl.col("sender").is_null()
    # Only Android has one phrase for all media: on an iPhone, unmarked, somebody typed it.
    typed = pl.lit(iphone) & ~own
    whole = pl.when((whole != "media") | ~typed).then(whole)
    free = whole.is_in([*SURE_WITHOUT_MARK, "media"]) | own | pl.col("unmarked")
    begins = [comparable(words) for words in first_sentences(ENCRYPTED)]
    encrypted = pl.col("unmarked") & pl.col("whole").is_in(begins)
    whole = pl.when(encrypted).then(pl.lit(ENCRYPTED)).otherwise(whole)
    place = (
        pl.when(whole.is_not_null() & free).then(pl.lit("whole"))
        .when(pl.col("bracketed") & inside.is_not_null()).then(pl.lit("inside"))
        .when(own & name.is_in(CALLS)).then(pl.lit("call"))
        .when((first == "media") & ~typed).then(pl.lit("first"))
        .when(ended.is_in(SENT)).then(pl.lit("tail"))
    )  # fmt: skip
    phrase = (
        pl.when(place == "whole").then(whole).when(place == "inside").then(inside)
        .when(place == "call").then(name).when(place == "first").then(first)
        .when(place == "tail").then(ended)
    )  # fmt: skip
    return {"phrase": phrase, "place": place, "outcome": call.struct.field("rest")}


def _deleted_by() -> pl.Expr:
    """Bodies that end in the name of the one who deleted them."""
    phrases = "|".join(re.escape(comparable(words)) for words in phrases_of(DELETED_BY))
    return pl.col("whole").str.contains(rf"^(?:{phrases}) [^\n]{{1,{_LONGEST_NAME}}}$")


def guessed(rows: pl.DataFrame, iphone: bool) -> pl.Expr:
    """Short bodies that stand for something sent, in a language without a phrase.

    On iPhones they begin with U+200E, on Android they stand in angle brackets and hold a space
    (people type <grin>, too). They must occur often, in Android files from both people and only
    where no known phrase occurs: one export is written in one language.
    """
    short = (pl.col("whole").str.len_chars() <= _SHORT) & ~pl.col("body").str.contains("\n")
    alone = pl.col("phrase").is_null() & pl.col("file").is_null() & pl.col("sender").is_not_null()
    often = pl.col("n").sum().over("whole") >= OFTEN
    if iphone:
        return is_own(pl.col("body")) & short & alone & often
    if rows.select((pl.col("phrase") == "media").any()).item():
        return pl.lit(False)
    brackets = pl.col("whole").str.contains("^<[^<>]+ [^<>]+>$")
    return brackets & short & alone & often & (pl.col("sender").n_unique().over("whole") > 1)


def is_own(body: pl.Expr) -> pl.Expr:
    """WhatsApp's own words, known or not. Arabic and Hebrew keyboards type U+200F, none U+200E."""
    return body.str.starts_with(_MARK)


def comparable_column(body: pl.Expr) -> pl.Expr:
    """`phrases.comparable` for a column."""
    plain = (
        body.str.normalize("NFC")
        .str.replace_all(f"[{MARKS}]", "")
        .str.replace_all("[\u00a0\u202f]", " ")
    )
    return plain.str.strip_chars().str.strip_chars_end(STOPS).str.to_lowercase()
