"""From counts to the link scale: no bias where nothing changed, and the right uncertainty."""

from __future__ import annotations

import numpy as np
import pytest
from made_series import made

from turntoward.drift.link import residuals
from turntoward.drift.record import align
from turntoward.rhythms.series import Family

WEEKS = 4000


@pytest.mark.parametrize("bids", [2, 5, 25])
def test_a_share_has_no_bias_and_the_variance_it_says(bids: int) -> None:
    met = np.random.default_rng(1).binomial(bids, 0.7, size=WEEKS)
    _check(Family.SHARE, met.astype(float), np.full(WEEKS, float(bids)))


@pytest.mark.parametrize("mean", [0.4, 2.0, 30.0, 700.0])
def test_a_rate_has_no_bias_and_the_variance_it_says(mean: float) -> None:
    random = np.random.default_rng(2)
    days = random.integers(1, 8, size=WEEKS).astype(float)
    _check(Family.RATE, random.poisson(mean * days / 4).astype(float), days)


def _check(family: Family, counts: np.ndarray, exposures: np.ndarray) -> None:
    record = align([made("one", family, counts.tolist(), exposures.tolist())])
    assert record is not None
    data = residuals(record, 0, WEEKS, WEEKS)
    standard = data.value[0] / np.sqrt(data.variance[0])
    assert abs(standard.mean()) < 0.06
    assert 0.9 < standard.std() < 1.1


def test_less_where_less_is_closer_counts_as_closer() -> None:
    counts = [5.0] * 60 + [1.0]
    up = align([made("one", Family.SHARE, counts, [10.0] * 61)])
    down = align([made("one", Family.SHARE, counts, [10.0] * 61, softer_is="down")])
    assert up is not None
    assert down is not None
    assert residuals(up, 0, 60, 61).value[0, 60] == -residuals(down, 0, 60, 61).value[0, 60] < 0


def test_weeks_to_come_do_not_enter_the_level() -> None:
    record = align([made("one", Family.SHARE, [5.0] * 60 + [9.0] * 60, [10.0] * 120)])
    assert record is not None
    assert residuals(record, 0, 60, 120).level[0] == residuals(record, 0, 60, 60).level[0]
