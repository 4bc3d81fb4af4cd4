"""The heads of a WhatsApp export, found in the style in which most of them are written.

The general pattern tries every language on every line. But one export is written in one style, and
a million lines hold a few thousand dates and times. So lines are cut where this style has its fixed
signs, and each different date and each different time is understood once, by the general pattern.
Every line that does not fit goes through the general pattern as a whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from turntoward.exports.whatsapp.lines import Lines
from turntoward.exports.whatsapp.stamps import TIME_FIRST, heads_of, numbered

#: Styles are taken from the first lines. Where AM and PM stand before the time there are several.
_SAMPLE, _MOST_STYLES = 500, 4
#: Longer dates and times are left to the general pattern.
_LONGEST_PIECE = 40
#: Who says what in the lines that are made up to understand a date or a time.
_SENDER, _BODY = "x", "y"
#: Fewer lines than this are not worth the look for a style.
_FEW = 5000
_CHUNK = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The signs between date and time and those behind both, with one date and one time.

    `even` says that dates are all as long as this one, and times too.
    """

    between: str
    end: str
    date: str
    time: str
    even: bool


def find_heads(lines: Lines, progress: Callable[[float], None]) -> pl.DataFrame:
    """The lines that look like heads, as `heads_of` finds them, but for `between` and `close`."""
    text, line = lines.text, numbered(lines.text)
    parts: list[pl.DataFrame] = []
    while len(text) > _FEW and len(parts) < _MOST_STYLES:
        style = _style_of(text.head(_SAMPLE))
        if style is None:
            break
        found, fits = _in_style(text, line, style)
        if found.is_empty():
            break
        parts.append(found)
        text, line = text.filter(~fits), line.filter(~fits)
    progress(0.5)
    for at in range(0, len(text), _CHUNK):
        found = heads_of(text.slice(at, _CHUNK), line.slice(at, _CHUNK))
        if not (found.is_empty() and parts):
            parts.append(found.drop("between", "close"))
        progress(0.5 + 0.5 * min(1.0, (at + _CHUNK) / len(text)))
    if not parts:
        return heads_of(text, line).drop("between", "close")
    if len(parts) == 1:
        return parts[0]
    names = parts[0].columns
    return pl.concat([part.select(names) for part in parts]).sort("line", maintain_order=True)


def _style_of(sample: pl.Series) -> Style | None:
    """The style of most of the heads among some lines."""
    heads = heads_of(sample, numbered(sample))
    if heads.is_empty():
        return None
    counts = heads.group_by("between", "close", maintain_order=True).agg(pl.len(), "line")
    most = counts.sort("len", descending=True, maintain_order=True).row(0, named=True)
    between, end = most["between"], f"{most['close']} "
    stamps = [text.partition(end)[0].partition(between) for text in sample.gather(most["line"])]
    date, _, time = stamps[0]
    even = all((len(one[0]), len(one[2])) == (len(date), len(time)) for one in stamps)
    return Style(between=between, end=end, date=date, time=time, even=even)


def _in_style(text: pl.Series, line: pl.Series, style: Style) -> tuple[pl.DataFrame, pl.Series]:
    """The heads in this style, and for every line whether it is one of them."""
    date, time, rest = (_by_place if style.even else _by_signs)(text, style)
    dates = _understood(date, "", f"{style.between}{style.time}{style.end}", style)
    usual = dates.filter(pl.col("date") == style.date)
    if usual.is_empty() or usual["shape"][0] >= TIME_FIRST:
        return dates.clear(), pl.repeat(False, len(text), eager=True)
    before, behind = ("", "") if style.even else (style.between, style.end)
    times = _understood(time, f"{style.date}{before}", behind, style)
    # What a date says must not change what is read of the time, nor the other way round.
    shared = usual.row(0, named=True)
    dates = dates.filter(*_equal(shared, "shape", "clock"))
    times = times.filter(*_equal(shared, "shape", "a", "b", "c", "year_leads"))
    on_day = _of_each(date, dates.select("date", "a", "b", "c", "year_leads"))
    at_time = time.to_frame().join(
        times.select("time", "clock", known=pl.lit(True)), on="time", how="left",
        maintain_order="left",
    )  # fmt: skip
    fits = (
        on_day["a"].is_not_null()
        & at_time["known"].is_not_null()
        & (rest != "")
        # Begins with a colon: all such texts, and only they, lie between these two signs.
        & ~((rest >= ":") & (rest < ";"))
    ).fill_null(False)
    heads = on_day.drop("date").with_columns(line, at_time["clock"])
    if not fits.all():
        heads, rest = heads.filter(fits), rest.filter(fits)
    return heads.with_columns(
        pl.lit(shared["shape"], pl.UInt16).alias("shape"),
        *(pl.lit(shared[name]).alias(name) for name in ("day_first", "bracket", "seconds")),
        *_who_and_what(rest).get_columns(),
    ), fits


def _of_each(pieces: pl.Series, known: pl.DataFrame) -> pl.DataFrame:
    """What is known of each piece, where many of one kind stand one below the other."""
    run = pieces.rle_id()
    each = pieces.filter((run != run.shift(1)).fill_null(True)).to_frame()
    return each.join(known, on=pieces.name, how="left", maintain_order="left")[run]


def _by_signs(text: pl.Series, style: Style) -> tuple[pl.Series, pl.Series, pl.Series]:
    """`date`, `time` and `rest` of each line."""
    stamp, rest = _cut(text, style.end)
    date, time = _cut(stamp, style.between)
    return date.alias("date"), time.alias("time"), rest.alias("rest")


def _by_place(text: pl.Series, style: Style) -> tuple[pl.Series, pl.Series, pl.Series]:
    """The same where all are as long, with the signs left around the time: three times as fast."""
    wide = len(style.date)
    whole = len(style.between) + len(style.time) + len(style.end)
    return (
        text.str.head(wide).alias("date"),
        text.str.slice(wide, whole).alias("time"),
        text.str.slice(wide + whole).alias("rest"),
    )


def _cut(text: pl.Series, sign: str) -> tuple[pl.Series, pl.Series]:
    """What stands before and behind the first occurrence of a sign; null where it is not."""
    whole = pl.col("text")
    # `find` counts bytes. Of the ways to cut, only these leave the words in place instead of
    # copying them.
    before = whole.cast(pl.Binary).bin.head(whole.str.find(sign, literal=True)).cast(pl.String)
    cut = text.to_frame("text").with_columns(before=before)
    behind = cut.select(whole.str.slice(pl.col("before").str.len_chars() + len(sign)))
    return cut["before"], behind.to_series()


def _understood(pieces: pl.Series, before: str, behind: str, style: Style) -> pl.DataFrame:
    """What the general pattern makes of each different piece, in a line that is made around it."""
    name = pieces.name
    each = pieces.unique().drop_nulls()
    each = each.filter(each.str.len_chars() <= _LONGEST_PIECE)
    made = pl.lit(before) + pl.col(name) + pl.lit(f"{behind}{_SENDER}: {_BODY}")
    heads = heads_of(each.to_frame().select(made).to_series(), numbered(each))
    whole = heads.filter(
        pl.col("sender") == _SENDER,
        pl.col("body") == _BODY,
        pl.col("between") == style.between,
        pl.col("close") + " " == style.end,
    ).unique("line", keep="none")
    return whole.with_columns(each.gather(whole["line"]))


def _equal(shared: dict[str, object], *names: str) -> list[pl.Expr]:
    return [pl.col(name).eq_missing(pl.lit(shared[name])) for name in names]


def _who_and_what(rest: pl.Series) -> pl.DataFrame:
    """`sender` and `body`, or `notice`: a name ends at the first colon that a space follows."""
    sender, body = _cut(rest, ": ")
    said = pl.DataFrame([sender.alias("sender"), body.alias("body"), rest.alias("rest")])
    if not body.null_count():
        return said.select("sender", "body", notice=pl.lit(None, pl.String))
    whole = pl.col("rest")
    # A name may end the line: `Ana:` and nothing behind it.
    alone = pl.col("body").is_null() & whole.str.ends_with(":")
    return said.select(
        sender=pl.when(alone).then(whole.str.head(-1)).otherwise("sender"),
        body="body",
        notice=pl.when(pl.col("body").is_null() & ~alone).then(whole),
    )
