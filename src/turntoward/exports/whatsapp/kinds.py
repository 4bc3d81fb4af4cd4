"""What each WhatsApp record is: words, a picture, a call, a notice.

Decided by structure: a record without a name is a notice; a body that iPhones begin with U+200E is
WhatsApp's own; a file name in its brackets is an attachment. The phrases of phrases.toml count
only where they are the whole body, so "I left my photo omitted" stays words.
"""

from __future__ import annotations

import polars as pl

from turntoward.exports.whatsapp.calls import CALLS, duration, outcome_of_call
from turntoward.exports.whatsapp.edited import take_edited
from turntoward.exports.whatsapp.files import attachment, kind_of_file
from turntoward.exports.whatsapp.phrases import (
    DELETED_BY,
    ENCRYPTED,
    KIND_OF,
    MARKS,
    SURE_WITHOUT_MARK,
    first_sentences,
    phrases_of,
    written,
)
from turntoward.exports.whatsapp.placeholders import (
    SENT,
    comparable_column,
    guessed,
    is_own,
    phrase_of,
)
from turntoward.messages.message import MEDIA_KINDS, Kind

SUSPECT = "placeholder-suspect"
GUESSED = "placeholder-guessed"

_ANY_MARK = f"[{MARKS}]"
_MAP = r"^[\u200e\u200f]?[^\n:：]{1,40}[:：][ \u200e]*https://maps\.google\.com/\?q=-?[0-9.]+,-?[0-9.]+$"
#: iPhones write a place with its name and address before the link.
_PLACE = r"^\u200e[^\n]{1,300}https://(?:maps\.google\.com/\?q=|foursquare\.com/v/)[^\s]+$"
_POLL = r"^[\u200e\u200f]\p{Lu}[\p{Lu} ]{2,20}:\n.+\n"
#: Android writes polls without a mark: `POLL:`, the question, and options that end in their votes.
_OPTION = r"\n[\u200e\u200f]?[^\n:：]{2,30}[:：] [^\n]+ \([^\n()]*[0-9][^\n()]*\)"
_ANDROID_POLL = rf"^[\u200e\u200f]?[^\n:：]{{2,30}}[:：]\n[^\n]+(?:{_OPTION}){{2,}}\s*$"
#: What plain words are; all other columns are null for them.
_PLAIN = {"kind": Kind.TEXT.value, "edited": False, "suspect": False, "guessed": False}
#: A body of WhatsApp's own that no phrase explains is read as a notice up to this length.
_LONGEST_NOTICE = 300
#: What plain words do not hold. One pattern of mere alternatives: to look for one after another
#: takes four times as long.
_SIGN_OF_MORE = r"[\u200e\u200f]| \(|:\n|>\n|https://maps\.google\.com/"


def classify(rows: pl.DataFrame, *, iphone: bool, beside: frozenset[str] | None) -> pl.DataFrame:
    """Add `kind`, `text`, `raw_kind`, `media_ref`, `media_state`, `duration_s`, `call_outcome`,
    `edited`, `suspect` and `guessed` to rows with `sender` and `body`.
    """
    rows = rows.with_row_index("row")
    body = pl.col("body")
    # Some tools save iPhone files without any mark; then whole-body phrases count without one.
    unmarked = iphone and not rows.select(body.str.contains(_ANY_MARK).any()).item()
    phrases = written((*SURE_WITHOUT_MARK, *(SENT if unmarked else ())))
    # Most bodies are plain words; only those with a sign of more are looked at closely.
    closely = (
        pl.col("sender").is_null()
        | body.str.contains(_SIGN_OF_MORE)
        | ((body >= "<") & (body < "="))  # begins with <, in a quarter of the time
        | body.str.ends_with(">")
        | pl.any_horizontal(body.str.starts_with(words) for words in phrases_of(DELETED_BY))
        | body.is_in(["", "null", *phrases])
    )
    if unmarked:
        closely |= body.str.contains_any(list(first_sentences(ENCRYPTED)))
    rows = rows.with_columns(closely=closely.fill_null(True))
    # Placeholders are the same few bodies again and again: each is looked at once.
    alike = rows.filter("closely").group_by(
        "sender", "body", timed=pl.col("ts_local").is_not_null()
    )
    seen = alike.agg("row", n=pl.len()).with_columns(unmarked=pl.lit(unmarked))
    special = _look_closely(seen, iphone=iphone, beside=beside).explode("row")
    return _with_special(rows.drop("row", "closely"), special)


def _with_special(rows: pl.DataFrame, special: pl.DataFrame) -> pl.DataFrame:
    """The rows as plain words, but for those that `row` names: these are as `special` says."""
    where, special = special["row"], special.drop("row")
    constant = {
        name: pl.lit(_PLAIN.get(name), dtype)
        for name, dtype in special.schema.items() if name not in ("sender", "text")
    }  # fmt: skip
    rows = rows.with_columns(text="body", **constant)
    # A million rows are copied only where something in them is special.
    differs = [pl.col(name).ne_missing(value).any() for name, value in constant.items()]
    named = rows["sender"].gather(where)
    some = special.select(*differs, pl.col("sender").ne_missing(named).any()).row(0, named=True)
    return rows.with_columns(
        # `scatter` writes into its series, so it gets one of its own.
        rows[name].clone().scatter(where, special[name])
        for name in special.columns if some.get(name, True)
    )  # fmt: skip


def _look_closely(
    rows: pl.DataFrame, *, iphone: bool, beside: frozenset[str] | None
) -> pl.DataFrame:
    """What each of some bodies is; `n` says how often the same person sent it."""
    rows = take_edited(rows, iphone)
    body = pl.col("body")
    last_mark = body.str.extract(r"(?s)^.*[\u200e\u200f]([^\u200e\u200f]*)$")
    rows = rows.with_columns(
        whole=comparable_column(body),
        line=comparable_column(body.str.extract("^([^\n]*)")),
        tail=comparable_column(last_mark),
        marked=body.str.contains(r"^<?[\u200e\u200f]"),
        bracketed=body.str.contains(rf"^{_ANY_MARK}*<"),
        **attachment(body, phrases_of("attached"), beside),
    )
    rows = rows.with_columns(**phrase_of(iphone))
    rows = rows.with_columns(guessed=guessed(rows, iphone))
    called = pl.col("phrase").is_in(CALLS)
    notice = pl.col("sender").is_null() | (pl.lit(iphone) & is_own(body) & _short_notice())
    kind = (
        pl.when(body.is_null() | ~pl.col("timed")).then(pl.lit(Kind.UNKNOWN.value))
        .when(pl.col("file").is_not_null()).then(kind_of_file(pl.col("file")))
        .when(pl.col("phrase").is_not_null()).then(_kinds(pl.col("phrase")))
        .when(body.str.contains(rf"{_MAP}|{_PLACE}")).then(pl.lit(Kind.LOCATION.value))
        .when(body.str.contains(rf"{_POLL}|{_ANDROID_POLL}")).then(pl.lit(Kind.POLL.value))
        .when("guessed").then(pl.lit(Kind.MEDIA.value))
        .when(notice).then(pl.lit(Kind.SYSTEM.value))
        .otherwise(pl.lit(Kind.TEXT.value))
    )  # fmt: skip
    rows = rows.with_columns(kind=kind)
    return rows.select(
        "row", "kind", "edited", "guessed",
        sender=pl.when(pl.col("kind") != Kind.SYSTEM.value).then("sender"),
        text=_own_words(),
        raw_kind=pl.when(pl.col("kind") != Kind.TEXT.value).then(
            pl.coalesce(pl.when(pl.col("file").is_null()).then("phrase"), "kind")
        ),
        media_ref=pl.coalesce("file", _omitted_document()),
        media_state=_media_state(beside),
        duration_s=pl.when(called).then(duration(pl.col("outcome"))),
        call_outcome=pl.when(called).then(outcome_of_call()),
        suspect=(pl.col("kind") == Kind.TEXT.value) & body.is_in(["", "null"]),
    )  # fmt: skip


def _short_notice() -> pl.Expr:
    body = pl.col("body")
    return (body.str.len_chars() <= _LONGEST_NOTICE) & ~body.str.contains("\n")


def _own_words() -> pl.Expr:
    """Own words and captions; a poll's question and options are words too."""
    body = pl.col("body")
    below = body.str.extract("(?s)^[^\n]*\n(.*)$")
    above = body.str.extract(r"(?s)^(.*?)\s*[\u200e\u200f][^\u200e\u200f]*$")
    document = pl.col("phrase") == "document"
    caption = pl.when(document).then(None).otherwise(above.str.strip_chars(MARKS + " "))
    words = (
        pl.when(pl.col("kind") == Kind.TEXT.value).then(body)
        .when(pl.col("file").is_not_null()).then("caption")
        .when(pl.col("kind") == Kind.POLL.value).then(below.str.replace_all(_ANY_MARK, ""))
        .when(pl.col("place") == "first").then(below)
        .when(pl.col("place") == "tail").then(caption)
    )  # fmt: skip
    return pl.when((words != "") | (pl.col("kind") == Kind.TEXT.value)).then(words)


def _omitted_document() -> pl.Expr:
    """`plan.pdf • 2 pages document omitted` names its file."""
    name = pl.col("body").str.extract(r"^[\u200e\u200f]?([^\n•]+\.[A-Za-z0-9]{2,5})\b")
    return pl.when((pl.col("phrase") == "document") & (pl.col("place") == "tail")).then(name)


def _media_state(beside: frozenset[str] | None) -> pl.Expr:
    there = pl.col("file").is_in(list(beside)) if beside else pl.lit(False)
    omitted = pl.col("phrase").is_not_null() | pl.col("guessed")
    media = [kind.value for kind in MEDIA_KINDS]
    return pl.when(pl.col("kind").is_in(media)).then(
        pl.when(pl.col("file").is_not_null())
        .then(pl.when(there).then(pl.lit("included")).otherwise(pl.lit("missing")))
        .when(omitted & (pl.col("phrase") != "live_location").fill_null(True))
        .then(pl.lit("omitted"))
    )


def _kinds(phrase: pl.Expr) -> pl.Expr:
    names = {key: kind.value for key, kind in KIND_OF.items()}
    return phrase.replace_strict(names, default=None, return_dtype=pl.String)
