"""The Persian and the Islamic calendar: known days, and no day missing or twice."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest

from turntoward.exports.calendars import FIRST_ISLAMIC, FIRST_PERSIAN, days_since_1970


def days(*dates: tuple[int, int, int]) -> list[date | None]:
    table = pl.DataFrame(dates, schema={"y": pl.Int32, "m": pl.Int32, "d": pl.Int32}, orient="row")
    read = table.select(days_since_1970(pl.col("y"), pl.col("m"), pl.col("d"))).to_series()
    return [None if n is None else date(1970, 1, 1) + timedelta(days=n) for n in read]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ((1388, 1, 1), date(2009, 3, 21)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1403, 1, 1), date(2024, 3, 20)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1404, 1, 1), date(2025, 3, 21)),
        ((1404, 12, 30), None),
        ((1405, 7, 31), None),
        ((1430, 1, 1), date(2008, 12, 29)),
        ((1445, 9, 1), date(2024, 3, 11)),
        ((1446, 1, 1), date(2024, 7, 7)),
        ((1445, 13, 1), None),
        ((1387, 1, 1), None),
        ((1501, 1, 1), None),
        ((1403, 0, 1), None),
    ],
)
def test_known_days(written: tuple[int, int, int], day: date | None) -> None:
    assert days(written) == [day]


@pytest.mark.parametrize(
    ("first", "last"), [(FIRST_PERSIAN, FIRST_ISLAMIC - 1), (FIRST_ISLAMIC, 1500)]
)
def test_each_day_follows_the_one_before(first: int, last: int) -> None:
    every = [(y, m, d) for y in range(first, last + 1) for m in range(1, 13) for d in range(33)]
    read = [day for day in days(*every) if day is not None]
    assert all(b - a == timedelta(days=1) for a, b in pairwise(read))
    year = 365.2422 if first == FIRST_PERSIAN else 354.367
    assert abs(len(read) - year * (last - first + 1)) < 1.5
