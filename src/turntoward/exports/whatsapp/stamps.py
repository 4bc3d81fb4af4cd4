"""What the head of a message looks like in a WhatsApp export, in any language.

Three shapes exist. iPhones write `[13/06/2024, 21:25:15] Ana: words`, and until 2018 without
brackets, `13/06/14 21:25:15: Ana: words`; Android writes `13/06/2024, 21:25 - Ana: words`. Within
them everything follows the phone's language: order and separators of the date, digits, 12 or 24
hours, words before, between and after date and time (Finnish `klo`), in Vietnam the time before the
date. Polars runs these patterns on Rust's `regex`, which takes linear time whatever a file holds.
"""

from __future__ import annotations

import polars as pl

from turntoward.exports.clock_words import NOTHING, half_of, hour_of_day
from turntoward.exports.dates import translate_digits
from turntoward.exports.whatsapp.lines import as_utf8

_MARK = "[\u200e\u200f]*"
_MARKS = "[\ufeff\u200e\u200f\u202a-\u202e]*"
_SPACE = "[ \u00a0\u2009\u202f]"
_DATE = (
    rf"(?P<a>[0-9]{{4}}|[0-9]{{1,2}}){_MARK}(?P<sep>[./年년-]{_MARK}{_SPACE}?)"
    rf"(?P<b>[0-9]{{1,2}}){_MARK}[./月월-]{_MARK}{_SPACE}?(?P<c>[0-9]{{4}}|[0-9]{{1,2}})"
)
#: 21:25:15, 21.25.15, and in French Canada 21 h 25 min 15 s.
_TIME = (
    rf"(?P<h>[0-9]{{1,2}})(?:[:.]|{_SPACE}?h{_SPACE}?){_MARK}(?P<m>[0-9]{{2}})"
    rf"(?:(?:[:.]|{_SPACE}?min{_SPACE}){_MARK}(?P<s>[0-9]{{2}})(?:{_SPACE}s)?)?"
)
#: Whatever stands between date and time and after both; `clock_words` knows what may stand there.
_BETWEEN, _AFTER = r"(?P<between>[^0-9\[\]]+)", r"(?P<after>[^0-9\[\]:]*?)"
_OLD = ":"
_END = rf"(?P<close>\]|{_SPACE}[-–—]|{_OLD})"
#: A name ends at the first colon that a space or the end of the line follows.
_SAID = rf"(?:{_MARKS}{_SPACE}(?:(?P<sender>.+?):(?: (?P<body>.*))?|(?P<notice>.*)))?$"
_HEAD = rf"^{_MARKS}(?P<open>\[)?{_MARKS}{_DATE}{_BETWEEN}{_TIME}{_AFTER}{_END}{_SAID}"
_TIME_FIRST = rf"^{_MARKS}(?P<open>\[)?{_MARKS}{_TIME}{_BETWEEN}{_DATE}{_AFTER}{_END}{_SAID}"
#: Lines that need a second look: they begin with a digit of another script, or with a time.
_OTHER_DIGIT = rf"^{_MARKS}\[?{_MARKS}[\p{{Nd}}--0-9]"
_TIME_LEADS = rf"^{_MARKS}\[?{_MARKS}[0-9]{{1,2}}[:.h][0-9]{{2}}(?:[:.][0-9]{{2}})?[^0-9.:/-]"
#: More signs than this around a time are a sentence.
_LONGEST_WORDS = 60
#: So many different words around times are looked at, the commonest first; an export has ten.
_MOST_WORDS = 1000
#: Date and time with what stands around them end within so many signs.
_STAMP = 100
#: The part of a shape that says that the time stands before the date.
TIME_FIRST = 256
_OLD_IPHONE = 512


def is_whatsapp(head: bytes) -> bool:
    """True where a line among the first looks like a WhatsApp head.

    Tools for Signal write `[2024-06-13, 21:25] Ana: words`; WhatsApp writes seconds into brackets
    wherever the year comes first, so that shape is not taken for WhatsApp. A line in the shape of
    old iPhones must say who speaks, for other texts begin lines with a time and a colon, too.
    """
    text, _ = as_utf8(head)
    lines = pl.Series("line", text.decode("utf-8", errors="replace").split("\n")[:2000])
    signal = r"^\[[0-9]{4}-[0-9]{2}-[0-9]{2},? [0-9]{2}:[0-9]{2}\]"
    lines = lines.str.strip_chars_end("\r")
    lines = lines.filter(~lines.str.contains(signal))
    heads = heads_of(lines, numbered(lines))
    return not heads.filter((pl.col("close") != _OLD) | pl.col("sender").is_not_null()).is_empty()


def numbered(text: pl.Series) -> pl.Series:
    """The numbers of lines, from 0."""
    return pl.int_range(len(text), dtype=pl.UInt32, eager=True).alias("line")


def heads_of(text: pl.Series, line: pl.Series) -> pl.DataFrame:
    """The lines that look like heads; `line` has their numbers.

    Columns: `line`, `shape` (lines of one export share it), `bracket`, `day_first` (no language
    that puts the month first writes so), `year_leads`, `seconds`, the date's parts `a`, `b`, `c`,
    `clock` (seconds since midnight, null where it is no time), what stands behind: `sender` and
    `body`, or `notice`; and `between` and `close`, the words around the time.
    """
    unusual = text.str.contains(rf"{_OTHER_DIGIT}|{_TIME_LEADS}")
    looks = _split(text, line, _HEAD).with_columns(foreign=pl.lit(False), time_first=pl.lit(False))
    if unusual.any():
        looks = _with_unusual(text.filter(unusual), line.filter(unusual), looks)
    looks = _with_half(looks)
    shape = (
        pl.col("open").is_not_null().cast(pl.UInt16)
        + 2 * (pl.col("a").str.len_bytes() == 4)
        + 4 * (pl.col("c").str.len_bytes() == 4)
        + 8 * pl.col("s").is_not_null()
        + 16 * (pl.col("half") != NOTHING)
        + 32 * (pl.col("sep").str.starts_with("."))
        + 64 * (pl.col("sep").str.starts_with("-"))
        + 128 * pl.col("foreign")
        + TIME_FIRST * pl.col("time_first")
        + _OLD_IPHONE * (pl.col("close") == _OLD)
    )
    hour = hour_of_day(pl.col("h").cast(pl.Int32), pl.col("half"))
    minute, second = pl.col("m").cast(pl.Int32), pl.col("s").cast(pl.Int32).fill_null(0)
    valid = (hour < 24) & (minute < 60) & (second < 60)
    return looks.with_columns(shape=shape).select(
        "line",
        pl.col("shape").cast(pl.UInt16),
        day_first=pl.col("sep").str.starts_with(".") | pl.col("foreign") | pl.col("time_first"),
        year_leads=_year_leads(),
        bracket=pl.col("open").is_not_null(),
        seconds=pl.col("s").is_not_null(),
        a=pl.col("a").cast(pl.Int16),
        b=pl.col("b").cast(pl.Int16),
        c=pl.col("c").cast(pl.Int16),
        clock=pl.when(valid).then(hour * 3600 + minute * 60 + second),
        sender="sender",
        body="body",
        notice="notice",
        between="between",
        close="close",
    )


def _year_leads() -> pl.Expr:
    """Korea puts years of two digits first, and spaces and stops them as no other: `24. 6. 13.`."""
    stops = pl.col("sep").str.ends_with(" ") & pl.col("between").str.starts_with(".")
    return pl.col("between").str.contains("오전|오후") | (stops & (pl.col("c").str.len_bytes() < 3))


def _split(text: pl.Series, line: pl.Series, pattern: str) -> pl.DataFrame:
    """The lines that fit a pattern, with a column for each of its parts."""
    # Polars runs the pattern on all cores only where the frame has no other column.
    parts = text.to_frame("text").select(head=pl.col("text").str.extract_groups(pattern))
    return (
        parts.unnest("head")
        .with_columns(line)
        .filter(pl.col("h").is_not_null())
        # The bracket that opens must be the one that closes.
        .filter(pl.col("open").is_not_null() == (pl.col("close") == "]"))
    )


def _with_unusual(text: pl.Series, line: pl.Series, usual: pl.DataFrame) -> pl.DataFrame:
    """Add the heads in the digits of other scripts, and those whose time stands first.

    Their digits are translated to find the parts, sign for sign, and then names and words are cut
    from the line as it was typed.
    """
    foreign = text.str.contains(_OTHER_DIGIT).alias("foreign")
    typed = pl.DataFrame([line, foreign, text.alias("typed")])
    whole = pl.col("typed").str
    stamp = pl.concat_str(translate_digits(whole.head(_STAMP)), whole.slice(_STAMP))
    latin = typed.select(pl.when("foreign").then(stamp).otherwise("typed")).to_series()
    day_first = _split(latin.filter(foreign), line.filter(foreign), _HEAD)
    time_first = _split(latin, line, _TIME_FIRST).select(day_first.columns)
    more = pl.concat(
        [
            day_first.with_columns(time_first=pl.lit(False)),
            time_first.with_columns(time_first=pl.lit(True)),
        ]
    ).join(typed, on="line", how="left")
    sender, body = pl.col("sender").str.len_chars(), pl.col("body").str.len_chars()
    behind = 1 + pl.when(body.is_not_null()).then(body + 1).otherwise(0)
    more = more.with_columns(
        sender=pl.when(sender.is_not_null()).then(whole.tail(sender + behind).str.head(sender)),
        body=pl.when(body.is_not_null()).then(whole.tail(body)),
        notice=pl.when(pl.col("notice").is_not_null()).then(
            whole.tail(pl.col("notice").str.len_chars())
        ),
    ).select(usual.columns)
    return pl.concat([usual, more]).sort("line")


def _with_half(looks: pl.DataFrame) -> pl.DataFrame:
    """Add `half`, what the words around the time say; lines with other words there are dropped."""
    around = looks.with_columns(words=pl.concat_str("between", pl.lit("\n"), "after"))
    each = around["words"].value_counts()
    if each.height > _MOST_WORDS:  # no export, but what to answer must not take forever
        each = each.sort("count", "words", descending=[True, False]).head(_MOST_WORDS)
    halves = {
        words: half_of(*words.replace("_", " ").split("\n"))
        if len(words) <= _LONGEST_WORDS
        else None
        for words in each["words"]
    }
    if len(halves) == 1 and NOTHING in halves.values():
        return around.with_columns(half=pl.lit(NOTHING, pl.Int32))
    half = pl.col("words").replace_strict(halves, return_dtype=pl.Int32, default=None)
    return around.with_columns(half=half).filter(pl.col("half").is_not_null())
