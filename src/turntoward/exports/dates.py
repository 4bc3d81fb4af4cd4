"""Is 04/05/2024 in April or in May? Decided over the whole file, never guessed.

A messenger writes dates in the order of the phone's language and does not say which. The order is
taken from the evidence, in this order: a year that comes first; dots between the parts (no
language writes month.day.year); a part above 12, which can only be a day; time that runs forward
under one order and jumps back under the other. Where none of these decides, the person is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from turntoward.errors import AmbiguousDates, UnreadableExport
from turntoward.exports.format import DateOrder

Order = Literal["day-first", "month-first", "year-first"]

#: Messages may arrive late and out of order; a step back counts only beyond this.
_STEP_BACK_S = 24 * 3600
#: Where both orders step back, one of them must do so this many times more often to be ruled out.
_CLEARLY_MORE = 4
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The dates of a file as written.

    `table` has the three parts `a`, `b`, `c` in their order in the line (Int16), `clock` (seconds
    since midnight, Int32) and `line` (from 1). All dates of one file are written alike;
    `dotted` says that dots separate their parts.
    """

    table: pl.DataFrame
    dotted: bool
    title: str


def translate_digits(text: pl.Expr) -> pl.Expr:
    """Arabic, Persian and Devanagari digits as 0 to 9."""
    zeros = (0x0660, 0x06F0, 0x0966)
    pairs = {chr(zero + n): str(n) for zero in zeros for n in range(10)}
    return text.str.replace_many(pairs)


def decide_order(written: Written, asked: DateOrder | None) -> tuple[Order, bool]:
    """The order of the dates and whether it rests on the person's word alone.

    Raises `AmbiguousDates` where nothing decides and nobody was asked, or where the answer
    contradicts the file.
    """
    table = written.table
    if table.height == 0 or table["a"][0] > 31:
        return "year-first", False
    only_day = table.filter((pl.col("a") > 12) & (pl.col("b") <= 12))
    only_month = table.filter((pl.col("b") > 12) & (pl.col("a") <= 12))
    evidence = _from_parts(written, only_day.height, only_month.height)
    if evidence is None:
        evidence = _from_the_run_of_time(table)
    if asked is None:
        if evidence is None:
            raise _ambiguous(written)
        return evidence, False
    against = only_month if asked == "day-first" else only_day
    if evidence not in (None, asked) and against.height:
        raise AmbiguousDates(
            f"Line {against['line'][0]} of {written.title} can only be {evidence}. "
            f"Choose `--dates {evidence}`, or leave it out."
        )
    return asked, evidence != asked


def _from_parts(written: Written, only_day: int, only_month: int) -> DateOrder | None:
    if only_day != only_month:
        return "day-first" if only_day > only_month else "month-first"
    return "day-first" if written.dotted else None


def _from_the_run_of_time(table: pl.DataFrame) -> DateOrder | None:
    if _with_two_readings(table).is_empty():
        return "day-first"  # 4/4, 5/5: both orders say the same
    day, month = (_steps_back(table, order) for order in ("day-first", "month-first"))
    if day * _CLEARLY_MORE < month:
        return "day-first"
    if month * _CLEARLY_MORE < day:
        return "month-first"
    return None


def _steps_back(table: pl.DataFrame, order: DateOrder) -> int:
    times = with_time(table, order)["ts_local"].drop_nulls()
    steps = times.dt.epoch("s").diff()
    return int((steps < -_STEP_BACK_S).sum())


def with_time(table: pl.DataFrame, order: Order) -> pl.DataFrame:
    """Add `ts_local`: null where the parts are no date under this order.

    A year of two digits is of this century. Thai phones count years from 543 BC.
    """
    year, month, day = {
        "day-first": ("c", "b", "a"),
        "month-first": ("c", "a", "b"),
        "year-first": ("a", "b", "c"),
    }[order]
    wide = pl.col(year).cast(pl.Int32)
    years = pl.when(wide < 100).then(wide + 2000).when(wide > 2400).then(wide - 543).otherwise(wide)
    leap = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))
    long = (pl.col(month) + pl.col(month) // 8) % 2
    days = pl.when(pl.col(month) == 2).then(28 + leap.cast(pl.Int16)).otherwise(30 + long)
    valid = (
        pl.col(month).is_between(1, 12)
        & pl.col(day).is_between(1, days)
        & years.is_between(1990, 2150)
        & pl.col("clock").is_not_null()
    )
    at = pl.date(
        pl.when(valid).then(years), pl.when(valid).then(pl.col(month)),
        pl.when(valid).then(pl.col(day)),
    )  # fmt: skip
    return table.with_columns(
        ts_local=at.cast(pl.Datetime("us")) + pl.duration(seconds=pl.col("clock"))
    )


def refuse_other_calendars(table: pl.DataFrame, title: str) -> None:
    """Persian and Arabic calendars have years that no other reading explains."""
    if table.height and 1300 <= int(table["a"][0]) <= 1500:
        raise UnreadableExport(
            f"{title} counts years by another calendar, which Turntoward does not read yet. "
            "Set the phone's calendar to Gregorian and export the chat again."
        )


def _with_two_readings(table: pl.DataFrame) -> pl.DataFrame:
    months = pl.col("a").is_between(1, 12) & pl.col("b").is_between(1, 12)
    return table.filter(months & (pl.col("a") != pl.col("b")))


def _ambiguous(written: Written) -> AmbiguousDates:
    first = _with_two_readings(written.table).row(0, named=True)
    year = first["c"] + 2000 if first["c"] < 100 else first["c"]
    by_day = f"{first['a']} {_MONTHS[first['b'] - 1]}"
    by_month = f"{first['b']} {_MONTHS[first['a'] - 1]}"
    return AmbiguousDates(
        f"Line {first['line']} of {written.title} may be {by_day} {year} or {by_month} {year}. "
        "Choose with `--dates day-first` or `--dates month-first`."
    )
