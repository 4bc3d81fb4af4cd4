"""The words beside a time, and the hour that they make of it."""

from __future__ import annotations

import polars as pl
import pytest

from turntoward.exports.clock_words import (
    AFTERNOON,
    MORNING,
    NIGHT,
    NOON,
    NOTHING,
    half_of,
    hour_of_day,
    plain,
)


@pytest.mark.parametrize(
    ("texts", "half"),
    [
        ((", ", ""), NOTHING),
        ((", ", "\u202fPM"), AFTERNOON),
        ((", ", " a.\u00a0m."), MORNING),
        ((" klo ", ""), NOTHING),
        (("\u202fг., ", " ч."), NOTHING),
        ((" 下午", ""), AFTERNOON),
        ((" 凌晨", ""), MORNING),
        ((" 中午", ""), NOON),
        ((" AP, ", " PM"), AFTERNOON),
        (("، ", " ب.ظ."), AFTERNOON),
        ((", ", " ip."), AFTERNOON),
        ((", ", " ap."), MORNING),
        ((", ", " in the afternoon"), AFTERNOON),
        ((" BE, ", " at night"), NIGHT),
        ((" we met at ", ""), None),
        ((" AM, ", " PM"), None),
        ((", ", " sharp"), None),
    ],
)
def test_words_say_the_half_of_the_day(texts: tuple[str, str], half: int | None) -> None:
    assert half_of(*texts) == half


@pytest.mark.parametrize(
    ("half", "hours"),
    [
        (NOTHING, [0, 1, 9, 11, 12, 13, 23, 0, 25]),
        (MORNING, [0, 1, 9, 11, 0, 13, 23, 0, 25]),
        (AFTERNOON, [12, 13, 21, 23, 12, 13, 23, 0, 25]),
        (NOON, [12, 13, 21, 11, 12, 13, 23, 0, 25]),
        (NIGHT, [0, 1, 21, 23, 0, 13, 23, 0, 25]),
    ],
)
def test_hours_of_the_day(half: int, hours: list[int]) -> None:
    table = pl.DataFrame({"h": [0, 1, 9, 11, 12, 13, 23, 24, 25]})
    assert table.select(hour_of_day(pl.col("h"), pl.lit(half))).to_series().to_list() == hours


def test_words_are_compared_without_stops_spaces_and_marks() -> None:
    assert plain("\u200fP.\u202fM. ") == "pm"
