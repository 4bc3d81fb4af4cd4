"""Which lines of a WhatsApp export begin a message, and when it was written."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from turntoward.errors import UnreadableExport
from turntoward.exports.dates import (
    Order,
    Written,
    decide_order,
    with_time,
)
from turntoward.exports.format import DateOrder
from turntoward.exports.whatsapp_lines import Lines

FORGED = "forged-header-suspect"

#: A second style of heads is a quotation while it is rare, another export glued on when it is not.
_OTHER_STYLE_LINES = 10
_OTHER_STYLE_PART = 0.1
#: In an iPhone file that mixes line ends, heads after a bare LF are quotations up to this many or
#: this part; more of them mean that an editor changed the line ends.
_BARE_LINES = 3
_BARE_PART = 0.1


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
    kept = _after_line_ends(lines, in_style) if bracket else in_style
    written = Written(
        table=kept.select("a", "b", "c", "clock", line=pl.col("line") + 1),
        dotted=bool(kept["day_first"][0]),
        title=title,
        year_leads=bool(kept["year_leads"][0]),
    )
    order, order_asked = decide_order(written, asked)
    timed = with_time(kept, order).drop("a", "b", "c", "clock")
    timed = _only(timed, timed["ts_local"].is_not_null())
    _refuse_a_mixture(heads.height - in_style.height + kept.height - timed.height, timed, title)
    return Heads(
        table=timed.select("line", "ts_local", "sender", "body", "notice"),
        quoted=_others(heads["line"], timed["line"]),
        bracket=bracket,
        seconds=bool(timed["seconds"][0]),
        order=order,
        order_asked=order_asked,
    )


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
