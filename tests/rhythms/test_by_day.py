"""Sums of days: the same in every run, however Polars groups rows."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from turntoward.rhythms.by_day import by_day

FIRST = date(2024, 1, 1)


def rows_of(at: np.ndarray, **columns: object) -> pl.DataFrame:
    return pl.DataFrame({"day": [FIRST + timedelta(days=int(n)) for n in at]} | columns)


def test_days_are_in_order_with_their_sums() -> None:
    rows = rows_of(np.array([2, 0, 2]), there=[True, None, True], waited=[0.5, 1.0, 0.25])
    days = by_day(rows, count=pl.col("there"), squares=pl.col("waited") ** 2)
    assert days.rows() == [
        (FIRST, 1, 0.0, 1.0),
        (FIRST + timedelta(days=2), 2, 2.0, 0.3125),
    ]
    assert days.columns == ["day", "exposure", "count", "squares"]


def test_no_rows_are_no_days() -> None:
    days = by_day(rows_of(np.array([], int), there=[]), count=pl.col("there"))
    assert days.height == 0
    assert days.schema["day"] == pl.Date


def test_the_last_digit_is_always_the_same() -> None:
    """Fifteen hundred rows on three hundred days: there `group_by` wavers between two sums."""
    at = np.sort(np.random.default_rng(1).integers(0, 293, 1500))
    rows = rows_of(at, sure=np.full(1500, 0.40768225))
    runs = {by_day(rows, sure=pl.col("sure"))["sure"].to_numpy().tobytes() for _ in range(100)}
    assert len(runs) == 1
