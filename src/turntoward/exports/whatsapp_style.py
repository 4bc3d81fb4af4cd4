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

from turntoward.exports.whatsapp_lines import Lines
from turntoward.exports.whatsapp_stamps import TIME_FIRST, heads_of, numbered

#: Styles are taken from the first lines. Where AM and PM stand before the time there are several.
_SAMPLE, _MOST_STYLES = 500, 4
#: Longer dates and times are left to the general pattern.
_LONGEST_PIECE = 40
#: Who says what in the lines that are made up to understand a date or a time.
_SENDER, _BODY = "x", "y"
_CHUNK = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The signs between date and time and those behind both, with one date and one time."""

    between: str
    end: str
    date: str
    time: str


def find_heads(lines: Lines, progress: Callable[[float], None]) -> pl.DataFrame:
    """The lines that look like heads, as `heads_of` finds them, but for `between` and `close`."""
    text, line = lines.text, numbered(lines.text)
    parts = []
    for style in _styles_of(text.head(_SAMPLE)):
        found, fits = _in_style(text, line, style)
        if not found.is_empty():
            parts.append(found)
            text, line = text.filter(~fits), line.filter(~fits)
    progress(0.5)
    for at in range(0, len(text), _CHUNK):
        found = heads_of(text.slice(at, _CHUNK), line.slice(at, _CHUNK))
        if not (found.is_empty() and parts):
            parts.append(found.drop("between", "close"))
        progress(0.5 + 0.5 * min(1.0, (at + _CHUNK) / len(text)))
    if len(parts) == 1:
        return parts[0]
    names = parts[0].columns
    return pl.concat([part.select(names) for part in parts]).sort("line", maintain_order=True)


def _styles_of(sample: pl.Series) -> list[Style]:
    """The styles of the first lines, the commonest first."""
    heads = heads_of(sample, numbered(sample))
    counts = heads.group_by("between", "close", maintain_order=True).agg(
        pl.len(), pl.col("line").first()
    )
    counts = counts.sort("len", descending=True, maintain_order=True).head(_MOST_STYLES)
    styles = []
    for between, close, line in counts.select("between", "close", "line").iter_rows():
        end = f"{close} "
        date, _, time = sample[line].partition(end)[0].partition(between)
        styles.append(Style(between=between, end=end, date=date, time=time))
    return styles


def _in_style(text: pl.Series, line: pl.Series, style: Style) -> tuple[pl.DataFrame, pl.Series]:
    """The heads in this style, and for every line whether it is one of them."""
    stamp, rest = _cut(text, style.end)
    rest = rest.alias("rest")
    date, time = (
        part.alias(name)
        for part, name in zip(_cut(stamp, style.between), ("date", "time"), strict=True)
    )
    dates = _understood(date, "", f"{style.between}{style.time}{style.end}", style)
    usual = dates.filter(pl.col("date") == style.date)
    if usual.is_empty() or usual["shape"][0] >= TIME_FIRST:
        return dates.clear(), pl.repeat(False, len(text), eager=True)
    times = _understood(time, f"{style.date}{style.between}", style.end, style)
    # What a date says must not change what is read of the time, nor the other way round.
    shared = usual.row(0, named=True)
    dates = dates.filter(*_equal(shared, "shape", "clock"))
    times = times.filter(*_equal(shared, "shape", "a", "b", "c", "year_leads"))
    heads = pl.DataFrame([line, date, time, rest])
    for known in (
        dates.select("date", "a", "b", "c", "year_leads"),
        times.select("time", "clock", known=pl.lit(True)),
    ):
        heads = heads.join(known, on=known.columns[0], how="left", maintain_order="left")
    fits = (
        heads["a"].is_not_null()
        & heads["known"].is_not_null()
        & (heads["rest"] != "")
        & ~heads["rest"].str.starts_with(":")
    ).fill_null(False)
    if not fits.all():
        heads = heads.filter(fits)
    constant = ("shape", "day_first", "bracket", "seconds")
    return heads.with_columns(
        *(pl.lit(shared[name], usual[name].dtype).alias(name) for name in constant),
        *_who_and_what(heads["rest"]).get_columns(),
    ).drop("date", "time", "rest", "known"), fits


def _cut(text: pl.Series, sign: str) -> tuple[pl.Series, pl.Series]:
    """What stands before and behind the first occurrence of a sign; null behind where it is not."""
    parts = text.to_frame("text").select(pl.col("text").str.splitn(sign, 2)).to_series()
    before, behind = parts.struct.unnest().get_columns()
    return before, behind


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
    said = pl.DataFrame([sender.alias("sender"), body.alias("body")])
    if not body.null_count():
        return said.with_columns(notice=pl.lit(None, pl.String))
    # A name may end the line: `Ana:` and nothing behind it.
    whole = pl.lit(rest)
    alone = pl.col("body").is_null() & whole.str.ends_with(":")
    return said.with_columns(
        sender=pl.when(alone)
        .then(whole.str.head(-1))
        .when(pl.col("body").is_not_null())
        .then("sender"),
        notice=pl.when(pl.col("body").is_null() & ~alone).then(whole),
    )
