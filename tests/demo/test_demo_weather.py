"""The demo's weather: the same every time, warmer on the way back, and the last day left open."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from turntoward.demo import Demo, weather, write

UNTIL = date(2026, 6, 14)


@pytest.fixture(scope="module", params=[False, True], ids=["on its way back", "steady"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder: Path = tmp_path_factory.mktemp("weather")
    return write(folder, steady=request.param, until=UNTIL)


def test_it_is_the_same_every_time(demo: Demo) -> None:
    assert weather(demo) == weather(demo)


def test_every_day_is_there_once_and_the_last_one_is_left_open(demo: Demo) -> None:
    days = [each.day for each in weather(demo)]
    assert days == sorted(set(days))
    assert days[-1] < demo.last
    assert days[0] >= demo.last - timedelta(weeks=10)


def test_each_tapped_on_some_days_and_as_the_page_lets_them(demo: Demo) -> None:
    for side in (0, 1):
        tapped = [each.warmth[side] for each in weather(demo)]
        kept = [warmth for warmth in tapped if warmth is not None]
        assert 30 <= len(kept) < len(tapped)
        assert set(kept) <= {1, 2, 3, 4, 5}
        assert len(set(kept)) >= 3


def test_the_two_see_the_same_days_with_their_own_eyes(demo: Demo) -> None:
    both = [each.warmth for each in weather(demo) if None not in each.warmth]
    assert any(one != two for one, two in both)
    assert sum(abs((one or 0) - (two or 0)) for one, two in both) / len(both) < 1.0


def test_it_gets_warmer_only_on_the_way_back(demo: Demo) -> None:
    def usual(part: list[int]) -> float:
        return sum(part) / len(part)

    kept = [warmth for each in weather(demo) for warmth in each.warmth if warmth is not None]
    half = len(kept) // 2
    change = usual(kept[half:]) - usual(kept[:half])
    assert abs(change) < 0.45 if demo.steady else change > 0.3
