"""Numbers and dates as a person says them."""

from __future__ import annotations

from datetime import date

import pytest

from reading.made_readings import reading
from turntoward.bids.exchange import Perhaps
from turntoward.language.labels import BidKind, Stance
from turntoward.reading.saying import (
    KINDS,
    PERHAPS,
    STANCES,
    amount,
    between,
    bounds,
    joined,
    minutes,
    number,
    part_of_month,
    title_of,
)
from turntoward.rhythms import RHYTHMS, rhythm
from turntoward.rhythms.companion import COMPANION, from_companion

MADE = {series.name: series for series in reading().series}


def said(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.0, "0.00"),
        (0.042, "0.04"),
        (0.42, "0.42"),
        (4.23, "4.2"),
        (9.97, "10"),
        (1234.5, "1,234"),
    ],
)
def test_numbers_are_short(value: float, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.5, "30 s"), (12.4, "12 min"), (89.6, "1 h 30 min"), (120.0, "2 h"), (700.0, "12 h")],
)
def test_lengths_of_time(value: float, words: str) -> None:
    assert said(minutes(value)) == words


def test_amounts_and_ranges_carry_their_unit() -> None:
    assert said(amount(0.584, MADE["bids_met"])) == "58 %"
    assert said(bounds(0.51, 0.652, MADE["bids_met"])) == "51 to 65 %"
    assert said(bounds(0.6512, 0.6541, MADE["bids_met"])) == "65.1 to 65.4 %"
    assert said(amount(3.14, MADE["affection"])) == "3.1"
    assert bounds(3.12, 3.14, MADE["affection"]) == "3.12 to 3.14"
    assert said(bounds(4.0, 11.0, MADE["pace"])) == "4 to 11 min"
    assert said(bounds(4.0, 100.0, MADE["pace"])) == "4 min to 1 h 40 min"


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        (date(2023, 3, 6), date(2023, 3, 6), "in the week of 6 March 2023"),
        (date(2023, 3, 6), date(2023, 4, 3), "between 6 March and 3 April 2023"),
        (date(2022, 12, 26), date(2023, 1, 9), "between 26 December 2022 and 9 January 2023"),
        (date(2022, 9, 5), date(2023, 1, 9), "between September 2022 and January 2023"),
    ],
)
def test_ranges_of_weeks(earliest: date, latest: date, words: str) -> None:
    assert between(earliest, latest) == words


def test_parts_of_a_month() -> None:
    days = [date(2023, 5, day) for day in (1, 10, 11, 20, 21, 31)]
    assert [part_of_month(day).split("May")[0] for day in days] == [
        "early ", "early ", "mid-", "mid-", "late ", "late ",
    ]  # fmt: skip


def test_every_kind_stance_and_reason_has_words() -> None:
    assert set(KINDS) == {kind.value for kind in BidKind}
    assert set(STANCES) == {stance.value for stance in Stance} | {""}
    assert set(PERHAPS) == {perhaps.value for perhaps in Perhaps}


def test_lists_are_joined_as_spoken() -> None:
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert joined(["a", "b"], last="or") == "a or b"


def test_a_rhythm_that_cannot_be_told_goes_by_the_title_of_its_file() -> None:
    for name in RHYTHMS:
        assert title_of(name) == rhythm(name).ABOUT.title
    for name in COMPANION:
        assert title_of(name) == from_companion(name).ABOUT.title
