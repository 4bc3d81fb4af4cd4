"""Which lines of a WhatsApp export begin a message, and when it was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from turntoward.errors import AmbiguousDates, UnreadableExport
from turntoward.exports.dates import Order, Written, decide_order, with_time
from turntoward.exports.format import DateOrder
from turntoward.exports.whatsapp.lines import Lines

FORGED = "forged-header-suspect"

#: A second style of heads is a quotation while it is rare, another export glued on when it is not.
_OTHER_STYLE_LINES = 10
_OTHER_STYLE_PART = 0.1
#: Where fewer than this part of a few heads share a style, somebody put the lines together by hand.
_ONE_STYLE = 0.7
#: In an iPhone file that mixes line ends, heads after a bare LF are quotations up to this many or
#: this part; more of them mean that an editor changed the line ends.
_BARE_LINES = 3
_BARE_PART = 0.1
#: The date in the name of a file: IMG-20240613-WA0001.jpg, 00000012-PHOTO-2024-06-13-21-25-15.jpg.
_FILE_DATE = (
    r"[A-Z]{3}-([0-9]{4})([0-9]{2})([0-9]{2})-WA[0-9]+\."
    r"|-[A-Z]{3,8}-([0-9]{4})-([0-9]{2})-([0-9]{2})-"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """The heads that begin a message.

    `table` has `line`, `ts_local`, `sender`, `body`, `notice`; `quoted` are lines that look like
    heads but are words of a message. `bracket` is true for iPhones. `order_asked` is true where
    day and month rest on the person's word alone.
    """

    table: pl.DataFrame
    quoted: pl.Series
    bracket: bool
    seconds: bool
    order: Order
    order_asked: bool


class _Style(NamedTuple):
    """Heads of one style with their times; `asked` says that their order is the person's word."""

    table: pl.DataFrame
    order: Order
    asked: bool


def accept(lines: Lines, heads: pl.DataFrame, asked: DateOrder | None, title: str) -> Heads:
    """Choose the heads that begin a message; raises what `decide_order` raises.

    One export is written in one style, so a head in another style is a quotation. iPhones end a
    message with CR LF and write a bare LF inside it: where a file mixes both, a head after a bare
    LF is a quotation too.
    """
    if heads.is_empty():
        raise UnreadableExport(
            f"{title} holds no line that begins with a date, a time and a name. Export the chat "
            "again in WhatsApp and bring in that file."
        )
    in_style = _only(heads, heads["shape"] == _commonest(heads["shape"]))
    bracket = bool(in_style["bracket"][0])
    if _is_patchwork(heads.height, in_style.height):
        parts = heads.partition_by("shape", maintain_order=True)
        styles = [_timed(part, asked, title) for part in parts]
        foreign = 0
    else:
        kept = _after_line_ends(lines, in_style) if bracket else in_style
        styles = [_timed(kept, asked, title)]
        foreign = heads.height - in_style.height + kept.height - styles[0].table.height
        styles += _above(heads, kept, asked or styles[0].order, title)
    timed = styles[0].table
    if len(styles) > 1:
        timed = pl.concat([style.table for style in styles]).sort("line")
    _refuse_a_mixture(foreign, timed, title)
    return Heads(
        table=timed.select("line", "ts_local", "sender", "body", "notice"),
        quoted=_others(heads["line"], timed["line"]),
        bracket=bracket,
        seconds=bool(timed["seconds"].all()),
        order=styles[0].order,
        order_asked=any(style.asked for style in styles),
    )


def _above(heads: pl.DataFrame, kept: pl.DataFrame, order: Order, title: str) -> list[_Style]:
    """Messages in other styles above the first of the file's own: no message there quotes them.

    Where their dates do not say their order, it is the one of the file.
    """
    first = int(kept["line"][0])
    if int(heads["line"][0]) == first:
        return []
    above = heads.filter(pl.col("line") < first, pl.col("sender").is_not_null())
    asked = None if order == "year-first" else order
    found = []
    for part in above.partition_by("shape", maintain_order=True):
        try:
            found.append(_timed(part, None, title))
        except AmbiguousDates:
            found.append(_timed(part, asked, title)._replace(asked=False))
    return found


def _timed(heads: pl.DataFrame, asked: DateOrder | None, title: str) -> _Style:
    """Heads of one style with their times, and how their order was decided."""
    written = Written(
        table=heads.select("a", "b", "c", "clock", line=pl.col("line") + 1),
        dotted=bool(heads["day_first"][0]),
        title=title,
        year_leads=bool(heads["year_leads"][0]),
        of_files=_dates_of_files(heads),
    )
    order, told = decide_order(written, asked)
    timed = with_time(heads, order).drop("a", "b", "c", "clock")
    return _Style(_only(timed, timed["ts_local"].is_not_null()), order, told)


def _is_patchwork(all_heads: int, in_style: int) -> bool:
    """True for a few lines put together by hand: no style has most, so none is quoted."""
    return all_heads - in_style < _OTHER_STYLE_LINES and in_style < _ONE_STYLE * all_heads


def _dates_of_files(heads: pl.DataFrame) -> tuple[int, int]:
    """How many messages hold a file of their own date, day first and month first."""
    dated = heads.filter(
        pl.col("body").str.contains(_FILE_DATE), pl.col("a") != pl.col("b"), pl.col("a") < 32
    )
    if dated.is_empty():
        return 0, 0
    found = pl.col("body").str.extract_groups(_FILE_DATE).struct
    year, month, day = (
        pl.coalesce(found.field(str(n)), found.field(str(n + 3))).cast(pl.Int16) for n in (1, 2, 3)
    )
    ours = (pl.col("c") == year) | (pl.col("c") == year % 100)
    return dated.select(
        day=(ours & (pl.col("a") == day) & (pl.col("b") == month)).sum(),
        month=(ours & (pl.col("a") == month) & (pl.col("b") == day)).sum(),
    ).row(0)


def _commonest(shapes: pl.Series) -> int:
    """The shape of most heads; of two equally common ones the first in the file."""
    counts = shapes.value_counts()
    most = counts.filter(pl.col("count") == pl.col("count").max())["shape"]
    return int(shapes.filter(shapes.is_in(most.to_list()))[0])


def _others(lines: pl.Series, taken: pl.Series) -> pl.Series:
    """The lines that were not taken."""
    if len(lines) == len(taken):
        return lines.clear()
    return lines.filter(~lines.is_in(taken.implode())).unique().sort()


def _after_line_ends(lines: Lines, heads: pl.DataFrame) -> pl.DataFrame:
    if lines.after_crlf is None:
        return heads
    ended = lines.after_crlf.gather(heads["line"])
    bare = len(ended) - int(ended.sum())
    rare = bare <= max(_BARE_LINES, len(ended) * _BARE_PART) and bare * 2 <= len(ended)
    return _only(heads, ended) if rare else heads


def _only(heads: pl.DataFrame, wanted: pl.Series) -> pl.DataFrame:
    """Filter, without a copy of a million rows where all of them are wanted."""
    return heads if wanted.all() else heads.filter(wanted)


def _refuse_a_mixture(foreign: int, timed: pl.DataFrame, title: str) -> None:
    if timed.is_empty():
        raise UnreadableExport(
            f"{title} has lines like those of a chat, but none of their dates exists. Export the "
            "chat again in WhatsApp and bring in that file."
        )
    if foreign >= _OTHER_STYLE_LINES and foreign > (foreign + timed.height) * _OTHER_STYLE_PART:
        raise UnreadableExport(
            f"{title} mixes {foreign:,} lines in another style of dates into its "
            f"{timed.height:,} messages, as if two exports were joined. Bring in each export as "
            "its own file."
        )
