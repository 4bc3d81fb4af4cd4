"""Couples to whom nothing happened that lasts: most of what a detector sees."""

from __future__ import annotations

import pytest
from made_series import made, only_weeks, series_of, without_record

from turntoward.drift.detect import find
from turntoward.drift.planted import Plan, plant
from turntoward.drift.shift import Toward, Verdict
from turntoward.drift.stream import LEARN
from turntoward.rhythms.series import Family

WEEKS = 160


def test_steady_couples_hear_of_a_drift_less_than_once_in_twenty_years() -> None:
    couples, weeks = 60, 208
    told = sum(
        drift.toward is Toward.QUIETER
        for seed in range(couples)
        for drift in find(series_of(plant(seed, Plan.STEADY, weeks=weeks))).drifts
    )
    years = couples * (weeks - LEARN) / 52
    assert told <= years / 20


def test_moving_in_together_is_not_drift() -> None:
    couples = [plant(seed, Plan.MOVED_IN, weeks=WEEKS) for seed in range(30)]
    called = sum(bool(find(series_of(couple)).drifts) for couple in couples)
    assert called <= 4


@pytest.mark.parametrize("family", [Family.SHARE, Family.RATE])
def test_fewer_messages_alone_are_never_drift(family: Family) -> None:
    messages = [210] * 80 + [20] * 80
    # A share stays; what is counted per day goes along.
    other = [12] * WEEKS if family is Family.SHARE else [42] * 80 + [4] * 80
    finding = find(
        [
            made("messages", Family.RATE, messages, [7] * WEEKS),
            made("other", family, other, [20] * WEEKS),
        ]
    )
    assert finding.verdict is Verdict.NOTHING


def test_only_the_number_of_messages_is_too_little() -> None:
    finding = find([made("messages", Family.RATE, [210] * 80 + [20] * 80, [7] * WEEKS)])
    assert finding.verdict is Verdict.CANNOT_TELL
    assert "number of your messages" in finding.why


@pytest.mark.parametrize("family", list(Family))
def test_a_constant_series_shows_nothing(family: Family) -> None:
    finding = find([made("one", family, [14] * WEEKS, [20] * WEEKS)])
    assert finding.verdict is Verdict.NOTHING
    assert finding.weeks == WEEKS


@pytest.mark.parametrize("count", [0, 20])
def test_a_share_at_its_end_shows_nothing(count: int) -> None:
    finding = find([made("one", Family.SHARE, [count] * WEEKS, [20] * WEEKS)])
    assert finding.verdict is Verdict.NOTHING


def test_no_series_and_no_exposure_cannot_tell() -> None:
    empty = made("bids_met", Family.SHARE, [0] * WEEKS, [0] * WEEKS)
    for series in ([], [empty]):
        finding = find(series)
        assert finding.verdict is Verdict.CANNOT_TELL
        assert finding.weeks == 0
        assert "no weeks" in finding.why


def test_a_single_week_cannot_tell() -> None:
    finding = find([made("one", Family.SHARE, [3], [7])])
    assert finding.verdict is Verdict.CANNOT_TELL
    assert "There is only one week of your rhythms" in finding.why


def test_a_short_record_cannot_tell_and_says_how_many_weeks_it_has() -> None:
    series = [made(name, Family.SHARE, [12] * WEEKS, [20] * WEEKS) for name in ("one", "two")]
    hollow = without_record(series, 20, 50)
    for short, weeks in ((only_weeks(series, 0, 51), 51), (only_weeks(hollow, 0, 81), 51)):
        finding = find(short)
        assert finding.verdict is Verdict.CANNOT_TELL
        assert finding.weeks == weeks == LEARN - 1
        assert f"only {weeks} weeks" in finding.why
        assert f"about {LEARN}" in finding.why
    for enough in (only_weeks(series, 0, 52), only_weeks(hollow, 0, 82)):
        assert find(enough).verdict is Verdict.NOTHING
        assert find(enough).weeks == LEARN


def test_rhythms_that_are_never_there_for_long_cannot_tell() -> None:
    shown = {
        "one": range(0, 10),
        "two": range(10, 20),
        "three": range(20, 30),
        "four": range(30, 40),
    }
    shown |= {"five": range(40, 50), "six": range(50, 56)}
    finding = find(
        [
            made(name, Family.SHARE, [3] * 56, [7.0 * (week in weeks) for week in range(56)])
            for name, weeks in shown.items()
        ]
    )
    assert finding.weeks == 56
    assert finding.verdict is Verdict.CANNOT_TELL
    assert "too few weeks" in finding.why


def test_holes_in_the_record_are_not_drift() -> None:
    told = 0
    for seed in range(12):
        series = without_record(series_of(plant(seed, Plan.STEADY, weeks=WEEKS)), 60, 84)
        series = without_record(series, 110, 123)
        finding = find(series)
        assert finding.weeks <= WEEKS - 24 - 13
        told += sum(drift.toward is Toward.QUIETER for drift in finding.drifts)
    assert told <= 1


def test_three_bad_weeks_are_not_drift() -> None:
    met = [12] * 80 + [3] * 3 + [12] * (WEEKS - 83)
    greeted = [5] * 80 + [1] * 3 + [5] * (WEEKS - 83)
    finding = find(
        [
            made("bids_met", Family.SHARE, met, [20] * WEEKS),
            made("greetings", Family.SHARE, greeted, [7] * WEEKS),
        ]
    )
    assert finding.verdict is Verdict.NOTHING


def test_more_of_everything_without_a_drift_before_is_not_told() -> None:
    met = [9] * 80 + [17] * 80
    assert find([made("bids_met", Family.SHARE, met, [20] * WEEKS)]).verdict is Verdict.NOTHING
    fewer = find([made("bids_met", Family.SHARE, met[::-1], [20] * WEEKS)])
    assert [drift.toward for drift in fewer.drifts] == [Toward.QUIETER]
