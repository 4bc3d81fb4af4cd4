"""Is 04/05/2024 in April or in May? Decided over the whole file, never guessed.

A messenger writes dates in the order of the phone's language and does not say which. The order is
taken from the evidence, in this order: a year that comes first; a part above 12, which can only be
a day; the dates in the names of attachments; dots between the parts (no language writes
month.day.year); time that runs forward under one order and jumps back under the other. Where none
of these decides, the person is asked.
A year of two digits that comes first is found by what can be no year: no chat is from before 2009.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import polars as pl

from turntoward.errors import AmbiguousDates
from turntoward.exports.calendars import (
    FIRST_PERSIAN,
    LAST_ISLAMIC,
    days_since_1970,
    is_other_calendar,
)
from turntoward.exports.format import DateOrder

Order = Literal["day-first", "month-first", "year-first"]

#: Messages may arrive late and out of order; a step back counts only beyond this.
_STEP_BACK_S = 24 * 3600
#: Where both orders step back, one of them must do so this many times more often to be ruled out.
_CLEARLY_MORE = 4
#: No messenger of today wrote before this year.
_FIRST_YEAR = 9
#: Two digits from here on are years of the Buddhist calendar, 2552 (2009) to 2599.
_BUDDHIST = 52
#: A part that changes this often, while the other hardly does, is the day and the other the year.
_OFTEN_CHANGED = 3
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The dates of a file as written.

    `table` has the three parts `a`, `b`, `c` in their order in the line (Int16), `clock` (seconds
    since midnight, Int32) and `line` (from 1). All dates of one file are written alike;
    `dotted` says that dots separate their parts, or another form (digits of other scripts) in
    which no language puts the month first; `year_leads` that their language puts the year first.
    `of_files` counts the messages with a file whose name holds the same date day first, and month
    first.
    """

    table: pl.DataFrame
    dotted: bool
    title: str
    year_leads: bool = False
    of_files: tuple[int, int] = (0, 0)


def translate_digits(text: pl.Expr) -> pl.Expr:
    """The decimal digits of every script as 0 to 9, sign for sign."""
    return text.str.replace_many(_digits())


@cache
def _digits() -> dict[str, str]:
    signs = (chr(code) for code in range(0x80, sys.maxunicode))
    values = ((sign, unicodedata.decimal(sign, None)) for sign in signs)
    return {sign: str(value) for sign, value in values if value is not None}


def decide_order(written: Written, asked: DateOrder | None) -> tuple[Order, bool]:
    """The order of the dates and whether it rests on the person's word alone.

    Raises `AmbiguousDates` where nothing decides and nobody was asked, or where the answer
    contradicts the file.
    """
    table = written.table
    if table.height == 0 or table["a"][0] > 31 or _year_leads(written, asked):
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


def _year_leads(written: Written, asked: DateOrder | None) -> bool:
    """True where years of two digits come first, as in Korea: 24. 6. 13."""
    table = written.table
    if table["a"][0] > 31 or table["c"][0] >= 100:
        return False
    a, b, c = pl.col("a"), pl.col("b"), pl.col("c")
    against_first, against_last, a_changes, c_changes = table.select(
        first=((a < _FIRST_YEAR) | (b > 12) | (c > 31) | (c < 1)).sum(),
        last=((c < _FIRST_YEAR) | (a > 31) | (a < 1)).sum(),
        a=(a.diff() != 0).sum(),
        c=(c.diff() != 0).sum(),
    ).row(0)
    if against_first != against_last:
        return bool(against_first < against_last)
    if asked is not None:
        return False
    often = c_changes >= _OFTEN_CHANGED and c_changes > _OFTEN_CHANGED * a_changes
    return written.year_leads or often


def _from_parts(written: Written, only_day: int, only_month: int) -> DateOrder | None:
    if only_day != only_month:
        return "day-first" if only_day > only_month else "month-first"
    by_day, by_month = written.of_files
    if by_day > _CLEARLY_MORE * by_month:
        return "day-first"
    if by_month > _CLEARLY_MORE * by_day:
        return "month-first"
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

    A year of two digits is of this century. Thai phones count years from 543 BC; for Persian and
    Islamic years see `turntoward.exports.calendars`.
    """
    # Many messages are of one day, one below the other: each day is worked out once.
    a, b, c = (pl.col(part).cast(pl.Int64) for part in ("a", "b", "c"))
    day = table.select(((a * 100_000 + b) * 100_000 + c).rle_id()).to_series()
    begins = (day != day.shift(1)).fill_null(True)
    date = _dates(table.filter(begins), order).gather(day)
    return table.with_columns(
        ts_local=date.cast(pl.Datetime("us")) + pl.duration(seconds=pl.col("clock"))
    )


def _dates(table: pl.DataFrame, order: Order) -> pl.Series:
    year, month, day = {
        "day-first": ("c", "b", "a"),
        "month-first": ("c", "a", "b"),
        "year-first": ("a", "b", "c"),
    }[order]
    years = _full_year(pl.col(year).cast(pl.Int32))
    leap = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))
    long = (pl.col(month) + pl.col(month) // 8) % 2
    days = pl.when(pl.col(month) == 2).then(28 + leap.cast(pl.Int16)).otherwise(30 + long)
    valid = (
        pl.col(month).is_between(1, 12)
        & pl.col(day).is_between(1, days)
        & years.is_between(1990, 2150)
    )
    at = pl.date(
        pl.when(valid).then(years), pl.when(valid).then(pl.col(month)),
        pl.when(valid).then(pl.col(day)),
    )  # fmt: skip
    if table.select(is_other_calendar(pl.col(year)).any()).item():
        days = days_since_1970(years, *(pl.col(part).cast(pl.Int32) for part in (month, day)))
        other = days.cast(pl.Int32).cast(pl.Date)
        at = pl.when(is_other_calendar(pl.col(year))).then(other).otherwise(at)
    return table.select(at).to_series()


def _full_year(year: pl.Expr) -> pl.Expr:
    return (
        pl.when(year < _BUDDHIST).then(year + 2000)
        .when(year < 100).then(year + 2500 - 543)
        .when(year > 2400).then(year - 543)
        .otherwise(year)
    )  # fmt: skip


def _with_two_readings(table: pl.DataFrame) -> pl.DataFrame:
    months = pl.col("a").is_between(1, 12) & pl.col("b").is_between(1, 12)
    return table.filter(months & (pl.col("a") != pl.col("b")))


def _ambiguous(written: Written) -> AmbiguousDates:
    open_rows = _with_two_readings(written.table)
    first, last = open_rows.row(0, named=True), open_rows.row(-1, named=True)
    _, by_day, by_month = _both_ways(first)
    return AmbiguousDates(
        f"Line {first['line']} of {written.title} may be {by_day} or {by_month}. "
        "Choose with `--dates day-first` or `--dates month-first`.",
        [_both_ways(row) for row in ([first] if first == last else [first, last])],
    )


def _both_ways(row: Mapping[str, int]) -> tuple[str, str, str]:
    """A date as it stands in the file, read day-first, and read month-first."""
    a, b, year = row["a"], row["b"], row["c"]
    shown = f"{a}/{b}/{year}"
    if year < 100:
        year += 2000 if year < _BUDDHIST else 2500 - 543
    if FIRST_PERSIAN <= year <= LAST_ISLAMIC:
        return shown, f"day {a} of month {b} in {year}", f"day {b} of month {a} in {year}"
    return shown, f"{a} {_MONTHS[b - 1]} {year}", f"{b} {_MONTHS[a - 1]} {year}"
