"""Settings and seasons as typed: understood, or one sentence with what to write."""

from __future__ import annotations

from datetime import date

import pytest

from turntoward.drift.known import Told
from turntoward.errors import UnclearSetting
from turntoward.reading.hours import USUAL, Hours
from turntoward.reading.reading import Season
from turntoward.reading.typed import hours, night_of, night_typed, season


def test_nothing_given_is_as_usual() -> None:
    assert hours() == hours("", " ", "") == USUAL


def test_each_is_understood() -> None:
    assert hours("6", "8,5", "23-7") == Hours(gap=6, window=8.5, night=(23, 0, 1, 2, 3, 4, 5, 6))


@pytest.mark.parametrize(
    ("text", "night"),
    [
        ("1-8", (1, 2, 3, 4, 5, 6, 7)),
        ("22:00 – 06:00", (22, 23, 0, 1, 2, 3, 4, 5)),
        ("24-6", (0, 1, 2, 3, 4, 5)),
        ("20-24", (20, 21, 22, 23)),
        ("None", ()),
        ("", None),
    ],
)
def test_a_night_and_back(text: str, night: tuple[int, ...] | None) -> None:
    assert hours(night=text).night == night
    assert night_of(night_typed(night)) == night


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"gap": "soon"}, "gap"),
        ({"gap": "0"}, "gap"),
        ({"gap": "25"}, "gap"),
        ({"gap": "nan"}, "gap"),
        ({"gap": "-3"}, "gap"),
        ({"window": "inf"}, "window"),
        ({"window": "0.2"}, "window"),
        ({"window": "3h"}, "window"),
        ({"night": "23"}, "night"),
        ({"night": "23:30-7"}, "night"),
        ({"night": "25-7"}, "night"),
        ({"night": "7-7"}, "night"),
        ({"night": "0-24"}, "night"),
        ({"night": "6-23"}, "night"),
    ],
)
def test_what_makes_no_sense_is_said_in_one_sentence(given: dict[str, str], says: str) -> None:
    with pytest.raises(UnclearSetting) as refused:
        hours(**given)
    said = str(refused.value)
    assert says in said
    assert said.count(". ") == 0
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "2021-03-01..2021-05-31 ill A long flu",
            Season(name="A long flu", start=date(2021, 3, 1), end=date(2021, 5, 31), kind=Told.ILL),
        ),
        (
            "2021-03..2021-04 busy  The move of the shop ",
            Season(
                name="The move of the shop",
                start=date(2021, 3, 1),
                end=date(2021, 4, 30),
                kind=Told.BUSY,
            ),
        ),
        ("2021-8-2 holiday", Season(name="Holiday", start=date(2021, 8, 2), kind=Told.HOLIDAY)),
        ("2021-08 Jonas is born", Season(name="Jonas is born", start=date(2021, 8, 1))),
        ("2021-08-02 life Travel plans", Season(name="Travel plans", start=date(2021, 8, 2))),
        ("2021-08-02 Ill at ease", Season(name="Ill at ease", start=date(2021, 8, 2))),
    ],
)
def test_a_season_as_it_is_typed(text: str, read: Season) -> None:
    assert season(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "", "ill", "2021-03-01", "2021-03-01 life", "1 March 2021 ill Flu", "2021-13 ill Flu",
        "2021-02-30 ill Flu", "2021-03-01.. ill Flu", "2021-03-01..soon ill Flu",
        f"2021-03-01 ill {'x' * 61}",
    ],
)  # fmt: skip
def test_a_season_that_is_none_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UnclearSetting, match="ill A long flu"):
        season(text)


def test_a_season_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UnclearSetting, match="ends before it begins"):
        season("2021-03-01..2021-02-01 ill Flu")
