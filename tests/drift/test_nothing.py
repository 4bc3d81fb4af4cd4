"""Couples to whom nothing happened that lasts: most of what a detector sees."""

from __future__ import annotations

import pytest
from made_series import made, only_weeks, without_record

from turntoward.drift.detect import find
from turntoward.drift.planted import Plan, plant
from turntoward.drift.shift import Toward, Verdict
from turntoward.rhythms.series import Family

WEEKS = 160


def test_steady_couples_hear_of_a_drift_less_than_once_in_twenty_years() -> None:
    couples, weeks = 36, 208
    told = sum(
        drift.toward is Toward.QUIETER
        for seed in range(couples)
        for drift in find(plant(seed, Plan.STEADY, weeks=weeks).series).drifts
    )
    years = couples * (weeks - 40) / 52
    assert told <= years / 20


def test_moving_in_together_is_not_drift() -> None:
    couples = [plant(seed, Plan.MOVED_IN, weeks=WEEKS) for seed in range(20)]
    called = sum(bool(find(couple.series).drifts) for couple in couples)
    assert called <= 2


def test_fewer_messages_alone_are_never_drift() -> None:
    days = [7] * WEEKS
    messages = [210] * 80 + [20] * 80
    met = [12] * WEEKS
    finding = find(
        [
            made("messages", Family.RATE, messages, days),
            made("bids_met", Family.SHARE, met, [20] * WEEKS),
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


def test_a_short_record_cannot_tell_and_says_how_many_weeks_it_has() -> None:
    couple = plant(1, Plan.STEADY)
    hollow = without_record(couple.series, 20, 50)
    for series, weeks in ((only_weeks(couple.series, 0, 33), 33), (only_weeks(hollow, 0, 69), 39)):
        finding = find(series)
        assert finding.verdict is Verdict.CANNOT_TELL
        assert finding.weeks <= weeks < 40
        assert f"{finding.weeks} weeks" in finding.why


def test_holes_in_the_record_are_not_drift() -> None:
    told = 0
    for seed in range(10):
        series = without_record(plant(seed, Plan.STEADY, weeks=WEEKS).series, 60, 84)
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
