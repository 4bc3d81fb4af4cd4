"""From counts to the link scale: no bias where nothing changed, and the right uncertainty."""

from __future__ import annotations

import numpy as np
import pytest

from turntoward.drift.arrays import Floats
from turntoward.drift.link import ABSENT, FOLLOWS, Centre, Sort, centre, in_unit, residual, to_link
from turntoward.rhythms.series import Family

WEEKS = 4000
#: A rate of its own beside the number of messages.
PAIR = Sort(families=(Family.RATE, Family.RATE), closer=np.ones(2), volume=1)


def _alone(family: Family, closer: float = 1.0) -> Sort:
    return Sort(families=(family,), closer=np.array([closer]), volume=-1)


def _residuals(
    sort: Sort, around: Centre, counts: Floats, exposures: Floats
) -> tuple[Floats, Floats]:
    """Value and variance, rhythms by weeks."""
    weeks = [residual(sort, around, *week) for week in zip(counts.T, exposures.T, strict=True)]
    return np.stack([w[0] for w in weeks], axis=1), np.stack([w[1] for w in weeks], axis=1)


def _check(sort: Sort, counts: Floats, exposures: Floats, row: int = 0) -> None:
    around = centre(sort, counts, exposures, np.zeros(counts.shape))
    value, variance = _residuals(sort, around, counts, exposures)
    standard = value[row] / np.sqrt(variance[row])
    assert abs(standard.mean()) < 0.06
    assert 0.9 < standard.std() < 1.1


@pytest.mark.parametrize("bids", [2, 5, 25])
def test_a_share_has_no_bias_and_the_variance_it_says(bids: int) -> None:
    met = np.random.default_rng(1).binomial(bids, 0.7, size=(1, WEEKS))
    _check(_alone(Family.SHARE), met.astype(float), np.full((1, WEEKS), float(bids)))


@pytest.mark.parametrize("mean", [0.4, 2.0, 30.0, 700.0])
def test_a_rate_has_no_bias_and_the_variance_it_says(mean: float) -> None:
    random = np.random.default_rng(2)
    days = random.integers(1, 8, size=(1, WEEKS)).astype(float)
    _check(_alone(Family.RATE), random.poisson(mean * days / 4).astype(float), days)


def test_a_level_has_no_bias_and_the_variance_it_says() -> None:
    random = np.random.default_rng(3)
    held = random.integers(1, 30, size=WEEKS)
    weeks = [random.normal(2.0, 0.8, size=many) for many in held]
    counts, squares = (np.array([[(one**n).sum() for one in weeks]]) for n in (1, 2))
    exposures = held[None, :].astype(float)
    around = centre(_alone(Family.LEVEL), counts, exposures, squares)
    assert around.level[0] == pytest.approx(2.0, abs=0.02)
    assert around.spread[0] == pytest.approx(0.8**2, rel=0.03)
    value, variance = _residuals(_alone(Family.LEVEL), around, counts, exposures)
    standard = value / np.sqrt(variance)
    assert abs(standard.mean()) < 0.06
    assert 0.9 < standard.std() < 1.1


@pytest.mark.parametrize("family", list(Family))
def test_less_where_less_is_closer_counts_as_closer(family: Family) -> None:
    counts, exposures = np.full((1, 60), 5.0), np.full((1, 60), 10.0)
    found = {}
    for closer in (1.0, -1.0):
        sort = _alone(family, closer)
        around = centre(sort, counts, exposures, np.full((1, 60), 9.0))
        found[closer] = residual(sort, around, np.array([1.0]), np.array([10.0]))[0][0]
    assert found[1.0] == -found[-1.0] < 0


@pytest.mark.parametrize("family", list(Family))
def test_a_level_goes_to_the_link_scale_and_back(family: Family) -> None:
    assert in_unit(family, to_link(family, 0.3)) == pytest.approx(
        np.exp(0.3) if family is Family.LEVEL else 0.3
    )


def _pair(
    share: float, weeks: int = 200, seed: int = 4, along: bool = True
) -> tuple[Floats, Floats]:
    """Messages that vary a lot, and `share` of them that go along or are of the days."""
    random = np.random.default_rng(seed)
    messages = random.poisson(300 * np.exp(random.normal(0.0, 0.4, size=weeks)))
    warm = random.poisson(share * (messages if along else np.full(weeks, 300)))
    return np.array([warm, messages], dtype=float), np.full((2, weeks), 7.0)


def _followed(counts: Floats, exposures: Floats) -> float:
    return float(centre(PAIR, counts, exposures, np.zeros(counts.shape)).follows[0])


def test_what_goes_along_with_the_messages_is_seen_to() -> None:
    assert _followed(*_pair(0.2)) > 0.95
    assert _followed(*_pair(0.2, along=False)) < 0.15
    # With next to nothing to go by, what is usual for couples counts.
    few = _followed(*_pair(0.005, weeks=6, along=False))
    assert _followed(*_pair(0.2, along=False)) < few < FOLLOWS + 0.15
    assert centre(PAIR, *_pair(0.2), np.zeros((2, 200))).follows[1] == 0.0


@pytest.mark.parametrize("along", [True, False])
def test_fewer_messages_do_not_move_what_goes_along(along: bool) -> None:
    counts, exposures = _pair(0.2, along=along)
    around = centre(PAIR, counts, exposures, np.zeros(counts.shape))
    half = counts.mean(axis=1) / np.array([2.0 if along else 1.0, 2.0])
    (warm, messages), variance, _ = residual(PAIR, around, half, np.full(2, 7.0))
    assert messages < -0.5
    assert abs(warm) < 0.15
    assert variance[0] < 0.2**2


def test_where_the_messages_are_missing_what_goes_along_says_nothing() -> None:
    counts, exposures = _pair(0.2)
    around = centre(PAIR, counts, exposures, np.zeros(counts.shape))
    week = np.array([60.0, 0.0])
    value, variance, there = residual(PAIR, around, week, np.array([7.0, 0.0]))
    assert np.array_equal(there, [0.0, 0.0])
    assert np.array_equal(value, [0.0, 0.0])
    assert (variance == ABSENT).all()
    free = Centre(
        level=np.array([60.0 / 7.0, around.level[1]]), spread=around.spread,
        follows=np.zeros(2), unit=np.ones(2), measured=np.ones(2),
    )  # fmt: skip
    value, variance, there = residual(PAIR, free, week, np.array([7.0, 0.0]))
    assert np.array_equal(there, [1.0, 0.0])
    assert abs(value[0]) < 0.05
    assert variance[0] < 0.2**2


def test_no_record_is_no_week() -> None:
    sort = _alone(Family.SHARE)
    around = centre(sort, np.full((1, 20), 3.0), np.full((1, 20), 7.0), np.zeros((1, 20)))
    value, variance, there = residual(sort, around, np.zeros(1), np.zeros(1))
    assert (value[0], variance[0], there[0]) == (0.0, ABSENT, 0.0)


def test_a_rhythm_that_joins_later_brings_its_own_level() -> None:
    sort = Sort(families=(Family.SHARE, Family.SHARE), closer=np.ones(2), volume=-1)
    exposures = np.full((2, 60), 20.0)
    exposures[1, :30] = 0.0
    counts = np.where(exposures > 0, np.array([[14.0], [5.0]]), 0.0)
    first, later = (
        centre(sort, counts[:, part], exposures[:, part], np.zeros((2, 30)), fewest=13)
        for part in (slice(30), slice(30, 60))
    )
    assert np.array_equal(first.measured, [1.0, 0.0])
    assert residual(sort, first, counts[:, 50], exposures[:, 50])[2][1] == 0.0
    counts[0, 30:] = 2.0
    moved = centre(sort, counts[:, 30:], exposures[:, 30:], np.zeros((2, 30)), fewest=13)
    joined = first.joined(moved)
    assert np.array_equal(joined.measured, [1.0, 1.0])
    assert joined.level[0] == first.level[0] != moved.level[0]
    assert joined.level[1] == later.level[1] == pytest.approx(0.25, abs=0.01)
