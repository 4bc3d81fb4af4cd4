"""Day or month first, decided over the whole file or asked."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import polars as pl
import pytest

from turntoward.errors import AmbiguousDates
from turntoward.exports.dates import Order, Written, decide_order, translate_digits, with_time


def written(*parts: tuple[int, int, int], dotted: bool = False, clocks: int = 0) -> Written:
    table = pl.DataFrame(
        [(a, b, c, clocks, n + 1) for n, (a, b, c) in enumerate(parts)],
        schema={"a": pl.Int16, "b": pl.Int16, "c": pl.Int16, "clock": pl.Int32, "line": pl.UInt32},
        orient="row",
    )
    return Written(table=table, dotted=dotted, title="chat.txt")


def run(first: date, days: int, order: Order) -> Written:
    dates = [first + timedelta(days=n) for n in range(days)]
    if order == "day-first":
        return written(*[(d.day, d.month, d.year) for d in dates])
    return written(*[(d.month, d.day, d.year) for d in dates])


@pytest.mark.parametrize(
    ("chat", "order"),
    [
        (written((2024, 4, 5)), "year-first"),
        (written((4, 5, 24), (13, 5, 24)), "day-first"),
        (written((4, 5, 24), (5, 13, 24)), "month-first"),
        (written((4, 5, 24), dotted=True), "day-first"),
        (written((4, 4, 24), (5, 5, 24)), "day-first"),
        (written((1, 2, 24), (2, 2, 24), (1, 3, 24)), "day-first"),
        (written((2, 1, 24), (2, 2, 24), (3, 1, 24)), "month-first"),
        (written((11, 12, 23), (1, 1, 24), (2, 1, 24), (1, 2, 24)), "day-first"),
    ],
)
def test_the_order_is_found(chat: Written, order: Order) -> None:
    assert decide_order(chat, None) == (order, False)


@pytest.mark.parametrize("order", ["day-first", "month-first"])
@pytest.mark.parametrize("month", range(1, 13))
def test_two_weeks_are_always_enough(month: int, order: Order) -> None:
    assert decide_order(run(date(2023, month, 1), 14, order), None) == (order, False)


def test_a_few_days_within_a_month_are_asked_about() -> None:
    with pytest.raises(AmbiguousDates) as asked:
        decide_order(run(date(2024, 5, 3), 6, "day-first"), None)
    assert str(asked.value) == (
        "Line 1 of chat.txt may be 3 May 2024 or 5 March 2024. "
        "Choose with `--dates day-first` or `--dates month-first`."
    )


def test_the_line_that_is_named_has_two_readings() -> None:
    with pytest.raises(AmbiguousDates, match="Line 3 of"):
        decide_order(written((4, 4, 24), (5, 5, 24), (6, 7, 24)), None)


def test_an_answer_decides_what_nothing_else_does() -> None:
    chat = run(date(2024, 5, 3), 6, "day-first")
    assert decide_order(chat, "month-first") == ("month-first", True)
    assert decide_order(run(date(2024, 5, 3), 20, "day-first"), "day-first") == (
        "day-first", False,
    )  # fmt: skip


def test_an_answer_against_the_file_is_refused_with_the_line() -> None:
    with pytest.raises(AmbiguousDates, match=r"Line 2 of chat\.txt can only be month-first"):
        decide_order(written((4, 5, 24), (5, 13, 24)), "day-first")


def test_a_message_may_arrive_a_day_late_but_not_a_month() -> None:
    late = written((3, 5, 24), (4, 5, 24), (3, 5, 24), (4, 5, 24))
    assert decide_order(late, None) == ("day-first", False)


def test_a_message_that_is_late_in_both_readings_decides_nothing() -> None:
    with pytest.raises(AmbiguousDates):
        decide_order(written((2, 11, 19), (10, 11, 19), (2, 11, 19)), None)


def test_every_day_of_every_month_is_read_and_no_other() -> None:
    parts = [(d, m, y) for y in (23, 24, 2100) for m in range(14) for d in range(33)]
    read = with_time(written(*parts, clocks=60).table, "day-first")["ts_local"].to_list()

    def exists(day: int, month: int, year: int) -> datetime | None:
        try:
            at = datetime(year + 2000 if year < 100 else year, month, day, 0, 1)
        except ValueError:
            return None
        return at

    assert read == [exists(*part) for part in parts]


def test_digits_of_other_scripts_are_read() -> None:
    digits = pl.DataFrame({"d": ["١٢٣٤٥٦٧٨٩٠", "۱۲۳۴۵۶۷۸۹۰", "१२३४५६७८९०", "1234567890"]})
    assert digits.select(translate_digits(pl.col("d")))["d"].to_list() == ["1234567890"] * 4
