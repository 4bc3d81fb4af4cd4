"""Intervals of small counts: published values, and how often they hold the truth."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from scipy.stats import theilslopes

from turntoward.care.intervals import more, share, slope


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(12, 12, 0.880, 1.0), (0, 10, 0.0, 0.141), (6, 12, 0.327, 0.673)],
)
def test_a_share_has_wilsons_interval(count: int, of: int, low: float, high: float) -> None:
    found = share(count, of)
    assert found.value == count / of
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))


def test_it_holds_the_truth_in_about_eight_of_ten() -> None:
    held = []
    for truth in np.linspace(0.1, 0.9, 33):
        chance = [comb(14, k) * truth**k * (1 - truth) ** (14 - k) for k in range(15)]
        held.append(
            sum(p for k, p in enumerate(chance) if share(k, 14).low <= truth <= share(k, 14).high)
        )
    assert 0.76 < np.mean(held) < 0.86


@pytest.mark.parametrize(("count", "of"), [(3, 2), (-1, 2), (0, 0)])
def test_what_is_no_share_is_refused(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        share(count, of)


def test_a_difference_of_shares_lies_around_it_and_widens_with_fewer() -> None:
    many, few = more(share(60, 400), share(20, 800)), more(share(6, 40), share(2, 80))
    for found in (many, few):
        assert found.value == pytest.approx(0.125)
        assert found.low < 0.125 < found.high
    assert few.high - few.low > many.high - many.low
    assert more(share(5, 10), share(5, 10)).low < 0 < more(share(5, 10), share(5, 10)).high


def test_a_slope_is_robust_and_agrees_with_a_known_one() -> None:
    what = [4.0, 4.5, 3.5, 3.0, 3.5, 2.0, 2.5, 1.0]
    found = slope(list(enumerate(what)))
    known = theilslopes(what, np.arange(8), alpha=0.8)
    assert found.value == pytest.approx(known.slope)
    assert found.low == pytest.approx(known.low_slope, abs=0.06)
    assert found.high == pytest.approx(known.high_slope, abs=0.06)
    odd = [(n, 3.0) for n in range(8)]
    odd[5] = (5, 1.0)
    assert slope(odd).value == 0


def test_a_slope_takes_three_times() -> None:
    for points in ([(0, 1.0), (1, 2.0)], [(0, 1.0), (0, 2.0), (1, 2.0)]):
        with pytest.raises(ValueError, match="three points"):
            slope(points)
