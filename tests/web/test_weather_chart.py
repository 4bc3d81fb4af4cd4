"""The weather as a chart, a table and words: pure functions of days and skies."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from turntoward.reading.reading import Season as ReadSeason
from turntoward.web.climate.lately import lately, middle
from turntoward.web.climate.weather_chart import View, chart, label, table
from turntoward.web.weather.seen import Tapped

TODAY = date(2026, 3, 11)  # a Wednesday
DAY_S = 86400


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def skies(*warmths: int, first: int = 10) -> tuple[Tapped, ...]:
    return tuple(Tapped(day=ago(first - n), warmth=warmth) for n, warmth in enumerate(warmths))


@pytest.mark.parametrize(
    ("warmths", "said"),
    [
        ((3, 3, 3), "In the last three weeks it felt mild between you."),
        ((4, 4, 4, 2), "it felt mostly bright between you, at times foggy."),
        ((1, 1, 5), "it felt mostly stormy between you, at times warm."),
        ((1, 3, 3, 5), "it felt mostly mild between you, at times stormy and at times warm."),
        ((3, 3), "After a few more days"),
    ],
)
def test_the_last_weeks_are_one_sentence(warmths: tuple[int, ...], said: str) -> None:
    assert said in lately(skies(*warmths), TODAY)


def test_days_long_past_and_days_to_come_say_nothing_of_lately() -> None:
    old = skies(1, 1, 1, first=40)
    ahead = skies(1, 1, 1, first=-1)
    assert "mild" in lately((*old, *skies(3, 3, 3), *ahead), TODAY)
    assert "stormy" not in lately((*old, *skies(3, 3, 3), *ahead), TODAY)


def test_the_middle_was_tapped_and_of_two_it_is_the_later() -> None:
    assert middle([5, 1, 3]) == 3
    assert middle([2, 4]) == 4
    assert middle([4, 2]) == 2
    assert middle([4, 1, 3, 5]) == 3
    assert middle([2, 2, 2, 5]) == 2


def test_from_far_a_point_is_the_middle_of_a_week_and_of_a_month() -> None:
    view = View(side=1, name="Ben", skies=skies(1, 5, 5, 2, 2, first=12))
    made = chart([view], [], TODAY)["views"][0]
    assert made["alone"]
    assert len(made["days"]) == 5
    assert [sky for _, sky in made["weeks"]] == [5, 2]
    assert [sky for _, sky in made["months"]] == [5, 2]
    week = datetime.fromtimestamp(made["weeks"][1][0], ZoneInfo("UTC"))
    assert (week.weekday(), week.hour) == (3, 12)
    rows = table([view], [])
    assert [row.views[0][0] for row in rows] == ["Foggy", "Warm"]


def test_the_chart_is_described_by_its_days_and_skies() -> None:
    views = [
        View(side=0, name="You", skies=skies(1, 5)),
        View(side=1, name="Ben", skies=skies(3, 3, 3)),
    ]
    assert label(views) == (
        "How it felt between you on 3 days, from 1 Mar 2026 to 3 Mar 2026. "
        "You: from Stormy to Warm. Ben: Mild on every day."
    )
    assert label([]) == "There is no weather yet."


def test_only_known_days_of_a_season_are_shaded() -> None:
    years = ReadSeason(name="x", start=ago(30), ongoing=True)
    ahead = ReadSeason(name="y", start=TODAY + timedelta(days=60))
    told = chart([], [years, ahead], TODAY)["told"]
    assert [(span["to"] - span["from"]) // DAY_S for span in told] == [26 * 7]
