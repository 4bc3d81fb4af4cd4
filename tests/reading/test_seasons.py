"""Seasons become known days, and stand beside a drift without explaining it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planted_chats import steady
from reading.made_readings import CHANGED, DRIFT, FIRST, SEASONS, reading
from turntoward.drift.known import Spell, Told, shares
from turntoward.errors import UnclearSetting
from turntoward.reading.page import render_page
from turntoward.reading.pipeline import read_files, read_history
from turntoward.reading.reading import Season
from turntoward.reading.seasons import (
    LONGEST,
    MOMENT,
    NEAR,
    WORDS,
    beside,
    lasting,
    lasts_until,
    marked,
    season,
    spells,
    when_and_what,
)
from turntoward.reading.sections.table import as_table
from turntoward.reading.summary import sentence

DAY = timedelta(days=1)
HISTORY = steady(weeks=10).history()


def test_a_season_with_an_end_is_known_to_its_last_day() -> None:
    flu = Season(name="Flu", start=FIRST, end=FIRST + timedelta(days=9), kind=Told.ILL)
    assert spells([flu]) == (Spell(told=Told.ILL, first=flu.start, last=FIRST + timedelta(days=9)),)
    assert shares(spells([flu]), FIRST, 2)[:, list(Told).index(Told.ILL)].tolist() == [1.0, 3 / 7]


def test_a_season_without_an_end_is_a_moment_of_four_weeks() -> None:
    move = Season(name="Moved", start=FIRST)
    assert spells([move])[0] == Spell(told=Told.LIFE, first=FIRST, last=FIRST + MOMENT - DAY)


def test_what_lasts_for_years_is_known_at_its_beginning_only() -> None:
    years = Season(name="Two cities", start=FIRST, end=FIRST + timedelta(days=900))
    assert spells([years])[0].last == FIRST + LONGEST - DAY


def test_what_goes_on_is_known_for_half_a_year_whatever_the_day_on_which_it_is_read() -> None:
    grief = Season(name="Grief", start=FIRST, ongoing=True)
    assert spells([grief])[0].last == FIRST + LONGEST - DAY
    assert lasts_until(grief) == date.max
    assert when_and_what(grief) == "since March 2021, going on"
    assert (
        when_and_what(replace(grief, kind=Told.BUSY)) == "since March 2021, going on, a busy time"
    )
    assert season(name="x", start=FIRST, end=None, kind="life", ongoing=True).ongoing


def test_what_goes_on_is_said_beside_a_drift_in_it_and_not_before_it_began() -> None:
    grief = Season(name="Grief", start=DRIFT.earliest - timedelta(weeks=30), ongoing=True)
    assert beside(DRIFT, [grief]) == (grief,)
    assert beside(DRIFT, [replace(grief, ongoing=False)]) == ()
    assert beside(DRIFT, [replace(grief, start=DRIFT.latest + NEAR + DAY)]) == ()


def test_every_kind_has_its_words() -> None:
    assert set(WORDS) == set(Told)
    made = [season(name="x", start=FIRST, end=None, kind=told.value) for told in Told]
    assert [one.kind for one in made] == list(Told)
    assert (
        when_and_what(replace(made[2], end=date(2021, 5, 2))) == "March 2021 to May 2021, illness"
    )
    assert when_and_what(SEASONS[0]) == "June 2021"


def test_what_is_named_like_its_kind_is_said_once() -> None:
    flu = Season(name="Illness", start=FIRST, kind=Told.ILL)
    assert when_and_what(flu) == "March 2021"
    assert when_and_what(replace(flu, name="Flu")) == "March 2021, illness"


def test_a_year_mistyped_as_9999_breaks_no_page() -> None:
    far = Season(name="Far", start=date(9999, 12, 31))
    end = Season(name="End", start=date(9999, 12, 1), end=date.max, kind=Told.BUSY)
    assert [spell.last for spell in spells([far, end])] == [date.max, date.max]
    assert beside(DRIFT, [far, end]) == ()
    assert "Far" in render_page(reading(seasons=(*SEASONS, end, far)))


def test_seasons_are_put_in_order_and_one_that_ends_before_it_begins_is_refused() -> None:
    assert read_history(HISTORY, seasons=SEASONS[::-1]).seasons == SEASONS
    wrong = Season(name="Flu", start=date(2021, 3, 9), end=date(2021, 3, 8))
    with pytest.raises(UnclearSetting, match=r"2021-03-09\.\.2021-03-08 ends before it begins\."):
        read_history(HISTORY, seasons=(wrong,))
    with pytest.raises(UnclearSetting):
        read_files("no-such-file.txt", seasons=(wrong,))


def test_two_seasons_alike_have_a_number_each_in_the_table() -> None:
    job = SEASONS[1]
    made = reading(seasons=(SEASONS[0], job, job))
    table = as_table(made.series[2], made)
    assert "<td>2 and 3</td></tr></tbody>" in table


def test_the_days_of_a_week_are_found_by_number() -> None:
    assert marked(SEASONS[0].start - timedelta(days=7), SEASONS) == ()
    assert marked(SEASONS[0].start - timedelta(days=6), SEASONS) == (1,)
    assert marked(SEASONS[1].start, [*SEASONS, SEASONS[1]]) == (2, 3)
    assert marked(date(2021, 1, 1), SEASONS, days=3 * 365) == (1, 2)


def test_a_season_stands_in_every_week_that_it_lasts_into_known_or_not() -> None:
    years = Season(name="Two cities", start=FIRST, end=FIRST + timedelta(days=900))
    grief = replace(years, end=None, ongoing=True)
    far, over = FIRST + timedelta(days=894), FIRST + timedelta(days=901)
    assert marked(far, [years, grief]) == ()
    assert lasting(far, [years, grief]) == (1, 2)
    assert lasting(over, [years, grief]) == (2,)
    assert lasting(FIRST - timedelta(days=7), [years, grief]) == ()


def test_a_season_is_beside_a_drift_where_it_touches_its_begin() -> None:
    job = SEASONS[1]
    assert beside(DRIFT, SEASONS) == (job,)
    early = replace(job, start=FIRST, end=DRIFT.earliest - NEAR)
    late = replace(job, start=DRIFT.latest + NEAR, end=None)
    assert beside(DRIFT, [early, late]) == (early, late)
    assert beside(DRIFT, [replace(early, end=early.end - DAY)]) == ()
    assert beside(DRIFT, [replace(late, start=late.start + DAY)]) == ()


def test_the_sentence_says_what_was_marked_and_keeps_the_drift() -> None:
    alone, told = sentence(reading(seasons=())), sentence(reading())
    assert "you marked" not in alone
    assert "affection (from 3.9 to 3.0 a day). Around that time you marked “New job, late" in told
    assert told.replace(" Around that time you marked “New job, late shifts”.", "") == alone
    assert reading().finding == CHANGED
