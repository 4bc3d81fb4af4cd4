"""Weeks without a record and weeks that were marked are known, drawn and counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from reading.made_readings import CHANGED, DRIFT, FIRST, NOTHING, SEASONS, reading
from turntoward.drift.known import Told
from turntoward.reading.chart import chart_data, label
from turntoward.reading.page import render_page
from turntoward.reading.reading import Season
from turntoward.reading.weeks import holes_counted, told, told_counted, without_record

MADE = next(series for series in reading().series if series.name == "bids_met")
WEEK = timedelta(weeks=1)
HOLES = tuple(week.start for week in MADE.weeks if week.exposure == 0)


def test_weeks_without_a_record_are_gaps_and_no_low_values() -> None:
    assert without_record(MADE) == tuple((day, day + WEEK) for day in HOLES)
    drawn = chart_data(MADE, CHANGED, ())
    assert len(drawn["holes"]) == len(HOLES) == 14
    for hole in drawn["holes"]:
        at = drawn["weeks"].index(hole["from"])
        assert drawn["smooth"][at] is drawn["low"][at] is drawn["value"][at] is None


def test_holes_that_follow_each_other_are_one() -> None:
    silent = tuple(
        replace(week, exposure=0.0) if 40 <= n < 44 else week for n, week in enumerate(MADE.weeks)
    )
    spans = without_record(replace(MADE, weeks=silent))
    assert (FIRST + 40 * WEEK, FIRST + 44 * WEEK) in spans


def test_marked_days_are_joined_and_stay_inside_the_record() -> None:
    seasons = (
        Season(name="Before all", start=FIRST - 9 * WEEK, end=FIRST - WEEK),
        Season(name="Begin", start=FIRST - WEEK, end=FIRST + timedelta(days=6), kind=Told.ILL),
        Season(name="Still", start=FIRST + WEEK, end=FIRST + 2 * WEEK, kind=Told.BUSY),
        Season(name="Later", start=FIRST + 500 * WEEK),
    )
    assert told(MADE, seasons) == ((FIRST, FIRST + 2 * WEEK + timedelta(days=1)),)


def test_both_are_counted_in_words() -> None:
    flu = Season(name="Flu", start=FIRST + 8 * WEEK, end=FIRST + 10 * WEEK, kind=Told.ILL)
    assert holes_counted(MADE) == "In 14 of 200 weeks there is no record of it."
    assert told_counted([MADE, MADE], [flu]) == "3 weeks hold days that you marked (illness)."
    assert holes_counted(replace(MADE, weeks=MADE.weeks[:3])) == ""
    assert told_counted([MADE], []) == told_counted([], [flu]) == ""
    assert "holiday and times of life" in told_counted(
        [MADE], [SEASONS[0], replace(flu, kind=Told.HOLIDAY)]
    )


def test_marked_weeks_are_counted_once_above_the_charts() -> None:
    page = render_page(reading())
    assert page.count("days that you marked (") == 1
    assert page.index("days that you marked (") < page.index("<h3>")
    assert page.count("there is no record of it.") == 4


def test_levels_run_up_to_the_change_and_from_it_on() -> None:
    levels = chart_data(MADE, CHANGED, SEASONS)["levels"]
    assert [level["said"] for level in levels] == ["65\N{NO-BREAK SPACE}%", "50\N{NO-BREAK SPACE}%"]
    drift = chart_data(MADE, CHANGED, SEASONS)["drifts"][0]
    weeks = chart_data(MADE, CHANGED, SEASONS)["weeks"]
    assert (levels[0]["from"], levels[0]["to"]) == (weeks[0], drift["from"])
    assert (levels[1]["from"], levels[1]["to"]) == (drift["to"], weeks[-1] + 7 * 86400)
    assert levels[0]["low"] < levels[0]["value"] < levels[0]["high"]
    assert chart_data(MADE, NOTHING, SEASONS)["levels"] == []


def test_between_two_changes_there_is_one_level() -> None:
    by = timedelta(weeks=30)
    back = replace(
        DRIFT,
        earliest=DRIFT.earliest + by,
        likeliest=DRIFT.likeliest + by,
        latest=DRIFT.latest + by,
    )
    levels = chart_data(MADE, replace(CHANGED, drifts=(DRIFT, back)), ())["levels"]
    assert len(levels) == 3
    assert all(one["to"] <= other["from"] for one, other in pairwise(levels))


def test_the_size_is_in_the_words_of_the_chart_too() -> None:
    assert label(MADE, CHANGED).endswith("from 65\N{NO-BREAK SPACE}% to 50\N{NO-BREAK SPACE}%.")


def test_the_table_holds_all_that_the_chart_shows() -> None:
    page = render_page(reading())
    part = page[page.index("<h3>Bids met") : page.index("<h3>Bids made")]
    table = part[part.index("<table>") :]
    assert "<td>48 of 52</td>" in table
    assert "<td>2</td>" in table
    assert "What changed" in table
    assert "63 to 67" in table
    legend = part[part.index('class="legend"') : part.index("<figcaption>")]
    for key in ("drift", "level", "told", "hole"):
        assert f'class="key-{key}"' in legend
    assert "14 of 200 weeks" in part


def test_a_legend_holds_only_what_is_drawn() -> None:
    page = render_page(reading(finding=NOTHING, seasons=()))
    assert 'class="key-hole"' in page
    for key in ("drift", "level", "told"):
        assert f'class="key-{key}"' not in page
    assert "Your seasons" not in page
