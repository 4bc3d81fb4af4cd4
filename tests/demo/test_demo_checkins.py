"""The past check-ins of the demo couple."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from statistics import fmean
from zoneinfo import ZoneInfo

import pytest

from turntoward.demo import Demo, checkins, write


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return write(tmp_path_factory.mktemp("demo"), seed=7)


def test_they_lie_in_the_last_weeks_in_the_evening_in_order(demo: Demo) -> None:
    held = checkins(demo, weeks=6)
    assert 10 <= len(held) <= 36
    assert [one.at for one in held] == sorted(one.at for one in held)
    for one in held:
        assert one.at.tzinfo == ZoneInfo("Europe/London")
        assert 20 <= one.at.hour <= 21
        assert demo.last - timedelta(weeks=7) <= one.at.date() <= demo.last
        assert one.opener in (0, 1)


def test_what_was_tapped(demo: Demo) -> None:
    held = checkins(demo, weeks=40)
    taps = [tap for one in held for tap in one.warmth]
    given = [tap for tap in taps if tap is not None]
    assert set(given) <= {1, 2, 3, 4, 5}
    assert len(set(given)) >= 4
    assert 0.03 < taps.count(None) / len(taps) < 0.25
    assert {one.opener for one in held} == {0, 1}


def test_a_couple_on_its_way_back_feels_warmer(demo: Demo) -> None:
    held = checkins(demo, weeks=30)
    given = [fmean(tap for tap in one.warmth if tap) for one in held if any(one.warmth)]
    third = len(given) // 3
    assert fmean(given[-third:]) > fmean(given[:third]) + 0.4


def test_the_seed_decides_the_evenings(demo: Demo) -> None:
    assert checkins(demo) == checkins(demo)
    assert checkins(demo) != checkins(replace(demo, seed=8))
