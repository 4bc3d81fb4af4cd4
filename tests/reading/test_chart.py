"""What a chart shows is what the series holds, and nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

from reading.made_readings import CHANGED, DRIFTED, NOTHING, SEASONS, reading
from turntoward.reading.a_week import BY_OF, a_week
from turntoward.reading.chart import caption, chart_data, label, marks
from turntoward.reading.periods import pooled, table
from turntoward.reading.reading import Season
from turntoward.rhythms import RHYTHMS, rhythm
from turntoward.rhythms.about import with_weeks
from turntoward.rhythms.companion import COMPANION, from_companion
from turntoward.rhythms.series import Family, Series, Week

MADE = {series.name: series for series in reading().series}


def test_every_column_is_as_long_as_the_weeks() -> None:
    drawn = chart_data(MADE["bids_met"], CHANGED, SEASONS)
    for column in ("weeks", "value", "smooth", "low", "high"):
        assert len(drawn[column]) == len(MADE["bids_met"].weeks)
    assert drawn["weeks"][1] - drawn["weeks"][0] == 7 * 86400
    assert None in drawn["value"]
    json.dumps(drawn, allow_nan=False)


def test_numbers_have_five_figures_however_large_or_small() -> None:
    values = [0.0, None, 1 / 3, -2 / 3, 123456.789, 9.99996e-7, 0.1, 99999.7]
    weeks = [replace(MADE["affection"].weeks[0], value=value) for value in values]
    drawn = chart_data(replace(MADE["affection"], weeks=tuple(weeks)), NOTHING, ())
    assert drawn["value"] == [None if v is None else float(f"{v:.5g}") for v in values]


def test_the_band_holds_the_line_and_fits_the_scale() -> None:
    drawn = chart_data(MADE["affection"], CHANGED, ())
    for low, middle, high in zip(drawn["low"], drawn["smooth"], drawn["high"], strict=True):
        if middle is not None:
            assert low <= middle <= high <= drawn["top"]


def test_a_drift_is_drawn_only_where_the_rhythm_changed() -> None:
    assert len(chart_data(MADE["bids_met"], CHANGED, ())["drifts"]) == 1
    assert chart_data(MADE["pace"], CHANGED, ())["drifts"] == []
    assert chart_data(MADE["bids_met"], NOTHING, ())["drifts"] == []


def test_a_mark_lasts_as_long_as_its_season() -> None:
    day = 86400
    moment = Season(name="Moved", start=date(2022, 5, 2))
    flu = replace(moment, end=date(2022, 5, 4))
    grief = replace(moment, ongoing=True)
    made = marks([moment, flu, grief, Season(name="Far", start=date.max)])
    assert [mark["number"] for mark in made] == [1, 2, 3, 4]
    assert [made[n]["to"] - made[n]["at"] for n in (0, 1)] == [28 * day, 3 * day]
    assert made[2]["to"] > made[0]["at"] + 100 * 365 * day
    json.dumps(made)


def test_a_single_week_is_said_with_its_own_numbers() -> None:
    series = MADE["bids_met"]
    drawn = chart_data(series, CHANGED, ())
    for at, week in enumerate(series.weeks):
        held = week.exposure > 0
        assert drawn["of"][at] == (round(week.exposure) if held else None)
        assert drawn["count"][at] == (round(week.count) if held else None)
    words = drawn["a_week"]
    assert words["one"] == "In the week of {day}: {count} of {of} bid met."
    assert words["other"] == "In the week of {day}: {count} of {of} bids met."
    assert words["by"] == "of"


def test_every_rhythm_has_words_for_a_week_with_places_for_its_numbers() -> None:
    files = [*(rhythm(name) for name in RHYTHMS), *(from_companion(name) for name in COMPANION)]
    for about in (each.ABOUT for each in files):
        words = a_week(with_weeks(about, ()))
        for said in (words["one"], words["other"]):
            assert "{day}" in said
            assert "{count}" in said or "{value}" in said
            assert about.family is not Family.LEVEL or "{count}" not in said
        assert "{day}" in words["none"]
        assert "{of}" in words["one"] or about.name not in BY_OF
        assert "{" not in re.sub(r"{(day|count|of|value)}", "", "".join(words.values()))


def test_the_count_of_a_rhythm_in_logs_is_not_handed_out() -> None:
    assert chart_data(MADE["pace"], CHANGED, ())["count"] is None


def test_words_for_who_cannot_see_it() -> None:
    said = label(MADE["bids_met"], CHANGED)
    assert said.startswith("Bids met, by week from March 2021 to December 2024: around ")
    assert "A change begins around mid-September 2023, between " in said
    assert caption(MADE["pace"], CHANGED) == []


def test_a_long_record_has_a_row_a_year_a_short_one_a_row_a_quarter() -> None:
    years = table(MADE["bids_met"])
    assert [period.name for period in years] == ["2021", "2022", "2023", "2024"]
    short = replace(MADE["bids_met"], weeks=MADE["bids_met"].weeks[:40])
    assert [period.name for period in table(short)] == ["January 2021", "April 2021", "July 2021",
                                                        "October 2021"]  # fmt: skip
    assert sum(period.weeks for period in years) == len(MADE["bids_met"].weeks)


def test_pooled_weeks_give_the_share_of_all_their_bids() -> None:
    series = MADE["bids_met"]
    group = [int(week.start >= DRIFTED) for week in series.weeks]
    before, after = pooled(series, group, 2)
    weeks = [week for week in series.weeks if week.start < DRIFTED]
    share = sum(week.count for week in weeks) / sum(week.exposure for week in weeks)
    assert before is not None
    assert after is not None
    assert abs(before.value - share) < 1e-12
    assert before.low < before.value < before.high
    bids = sum(week.exposure for week in weeks)
    chance = 2 * 1.2816 * (share * (1 - share) / bids) ** 0.5
    assert chance * 0.99 < before.high - before.low < chance * 1.3
    assert after.high < before.low


def test_weeks_that_differ_much_widen_the_period() -> None:
    """Equal counts, but one couple swings from week to week: its year is less sure."""

    def couple(counts: tuple[int, int]) -> Series:
        weeks = tuple(
            Week(start=week.start, count=counts[n % 2], exposure=20.0)
            for n, week in enumerate(MADE["bids_met"].weeks)
        )
        return replace(MADE["bids_met"], weeks=weeks, family=Family.SHARE)

    calm, swinging = (table(couple(counts))[1].value for counts in ((10, 10), (2, 18)))
    assert calm is not None
    assert swinging is not None
    assert swinging.high - swinging.low > 2 * (calm.high - calm.low)


def test_a_period_without_a_record_says_so() -> None:
    weeks = tuple(
        replace(week, count=0.0, exposure=0.0) if week.start.year == 2022 else week
        for week in MADE["bids_met"].weeks
    )
    assert table(replace(MADE["bids_met"], weeks=weeks))[1].value is None
