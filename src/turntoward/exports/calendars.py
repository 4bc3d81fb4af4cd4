"""Dates of the Persian and the Islamic calendar as days.

Phones set to one of them count years in the 1400s. Both counts cannot be told apart by their form,
but by their years: WhatsApp began in 2009, which is 1388 in the Persian calendar and 1430 in the
Islamic one, and the Persian year 1430 begins in 2051. So until then 1388 to 1429 are Persian and
1430 to 1500 are Islamic, whatever the day on which a file is read.
"""

from __future__ import annotations

import polars as pl

FIRST_PERSIAN = 1388
FIRST_ISLAMIC = 1430
LAST_ISLAMIC = 1500

#: Days from 1 January 1970 back to the day before the first of the Persian calendar.
_PERSIAN_BEGAN = -492_269
#: The first day of the Islamic year 1430: 29 December 2008.
_ISLAMIC_1430 = 14_242
#: The Umm al-Qura calendar, which phones follow, is set by observation and has no formula. One
#: group of twelve bits is one year from 1430: a bit is a month, 1 where it has 30 days, else 29.
_UMM_AL_QURA = (
    "655 6a9 754 b6a 56c aad 555 b29 b92 ba9 5d4 ada 55a aab 595 749 764 baa 5b5 2b6 a56 d2a "
    "e95 72a 755 35a 95d 49b a4d d26 d53 5aa aad 4b6 a57 527 a95 b4a b55 36c 9ae 4b6 a96 b4a "
    "da5 5d2 5d9 2dc 96d 4ad 655 6d2 b69 374 9b6 4d7 2ab 54b 6a5 752 b69 56b 2ad 94d c95 d4a "
    "ea5 6ca ad5 556 c97"
)


def is_other_calendar(year: pl.Expr) -> pl.Expr:
    """True for years that only the Persian or the Islamic calendar explains."""
    return year.is_between(FIRST_PERSIAN, LAST_ISLAMIC)


def days_since_1970(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Days from 1 January 1970 to a Persian or Islamic date; null where there is no such date."""
    month_exists = month.is_between(1, 12) & is_other_calendar(year)
    year, month, day = (pl.when(month_exists).then(part) for part in (year, month, day))
    return pl.when(year < FIRST_ISLAMIC).then(_persian(year, month, day)).otherwise(
        _islamic(year, month, day)
    )  # fmt: skip


def _persian(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Eight leap years in 33, which is exact for the years 1206 to 1498."""
    leap_days = (8 * year + 21) // 33
    is_leap = (8 * (year + 1) + 21) // 33 - leap_days
    longest = pl.when(month <= 6).then(31).when(month <= 11).then(30).otherwise(29 + is_leap)
    before = pl.when(month <= 7).then(31 * (month - 1)).otherwise(30 * (month - 1) + 6)
    days = 365 * (year - 1) + leap_days + before + day + _PERSIAN_BEGAN
    return pl.when(day.is_between(1, longest)).then(days)


def _islamic(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    bits = "".join(f"{int(months, 16):012b}" for months in _UMM_AL_QURA.split())
    starts = [_ISLAMIC_1430]
    for bit in bits:
        starts.append(starts[-1] + 29 + int(bit))
    which = (year - FIRST_ISLAMIC) * 12 + month - 1
    which = pl.when(which >= 0).then(which).cast(pl.UInt32)
    begins = pl.Series(starts)
    first = pl.lit(begins).gather(which)
    longest = pl.lit(begins).gather(which + 1) - first
    return pl.when(day.is_between(1, longest)).then(first + day - 1)
