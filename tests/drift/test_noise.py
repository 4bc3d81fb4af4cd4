"""The couple's own noise, learned from its weeks."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from turntoward.drift.arrays import Floats
from turntoward.drift.noise import GRID, KEPT, LAG, LEVEL_SPREAD, Learner

SAMPLING = 0.05**2


def _covariance(weeks: int, white: float, mood: float, wander: float) -> Floats:
    apart = np.abs(np.subtract.outer(np.arange(weeks), np.arange(weeks)))
    slow = wander**2 / 2.0 * (KEPT[1] ** apart + KEPT[2] ** apart)
    return np.asarray(mood**2 * KEPT[0] ** apart + slow + (white**2 + SAMPLING) * np.eye(weeks))


def _learned(values: Floats, there: Floats | None = None) -> Learner:
    rhythms, weeks = values.shape
    learner = Learner(rhythms=rhythms)
    held = np.ones((rhythms, weeks)) if there is None else there
    for week in range(weeks):
        value = values[:, week]
        learner.add(value, np.full(rhythms, SAMPLING), held[:, week], value / 0.15)
    return learner


@pytest.mark.parametrize(
    ("white", "mood", "wander"),
    [(0.3, 0.05, 0.05), (0.05, 0.3, 0.05), (0.05, 0.05, 0.3), (0.15, 0.15, 0.15)],
)
def test_the_sizes_of_the_noise_are_learned(white: float, mood: float, wander: float) -> None:
    weeks, rhythms = 500, 6
    root = np.linalg.cholesky(_covariance(weeks, white, mood, wander))
    values = (root @ np.random.default_rng(3).normal(size=(weeks, rhythms))).T + 0.4
    noise = _learned(values).noise()
    for found, true in ((noise.white, white), (noise.mood, mood), (noise.wander, wander)):
        assert np.sqrt(np.median(found)) == pytest.approx(true, rel=0.35, abs=0.08)


def test_each_point_of_the_grid_has_the_likelihood_of_the_whole_matrix() -> None:
    weeks = 40
    values = 0.1 * np.random.default_rng(4).normal(size=(1, weeks + LAG))
    learner = _learned(values)
    slow = [
        multivariate_normal(cov=_covariance(weeks, *point) + LEVEL_SPREAD**2).logpdf(
            values[0, :weeks]
        )
        for point in GRID
    ]
    # Wherever no week is so far out that it counts for less.
    calm = GRID[:, 0] > 0.1
    found = learner.log_chance[0, calm]
    assert np.allclose(found - found[0], np.array(slow)[calm] - np.array(slow)[calm][0], atol=1e-6)


def _common(weeks: int, loading: Floats) -> Floats:
    random = np.random.default_rng(5)
    shared, own = random.normal(size=weeks), random.normal(size=(len(loading), weeks))
    return np.asarray(loading[:, None] * shared + np.sqrt(1 - loading**2)[:, None] * own)


def test_how_far_the_rhythms_share_a_mood_is_learned() -> None:
    loading = np.array([0.8, 0.8, 0.6, 0.6, 0.3, 0.3])
    weeks = 500
    learner = Learner(rhythms=6)
    for surprise in _common(weeks, loading).T:
        learner.add(0.1 * surprise, np.full(6, SAMPLING), np.ones(6), surprise)
    assert np.allclose(learner.noise().loading, loading, atol=0.15)


def test_one_rhythm_shares_its_mood_with_nobody() -> None:
    assert np.array_equal(_learned(_common(60, np.array([0.5]))).noise().loading, [0.0])


def test_the_last_weeks_do_not_enter_yet() -> None:
    random = np.random.default_rng(6)
    calm = 0.1 * random.normal(size=(3, 100))
    wild = calm.copy()
    wild[:, -LAG:] += random.normal(size=(3, LAG))
    one, other = _learned(calm).noise(), _learned(wild).noise()
    for part in ("white", "mood", "wander", "loading"):
        assert np.array_equal(getattr(one, part), getattr(other, part))
    wild[:, -LAG - 3 :] += 1.0
    assert not np.array_equal(_learned(wild).noise().white, one.white)


def test_a_rhythm_with_few_weeks_is_taken_to_be_like_the_others() -> None:
    random = np.random.default_rng(8)

    def white_of_the_last(others: float) -> tuple[float, float]:
        values = others * random.normal(size=(5, 250))
        values[4] = 0.16 * random.normal(size=250)
        found = []
        for weeks in (6, 237):  # of which one and the same rhythm is measured
            there = np.ones((5, 250))
            there[4, weeks:] = 0.0
            found.append(float(np.sqrt(_learned(values, there).noise().white[4])))
        return found[0], found[1]

    (few_calm, many_calm), (few_wild, many_wild) = white_of_the_last(0.04), white_of_the_last(0.5)
    assert few_wild > 1.5 * few_calm
    assert many_wild == pytest.approx(many_calm, rel=0.25)


def test_after_a_change_the_noise_is_kept_and_the_level_is_forgotten() -> None:
    random = np.random.default_rng(9)
    values = 0.1 * random.normal(size=(2, 120))
    learner = _learned(values)
    before = learner.noise()
    learner.begin()
    assert np.array_equal(learner.noise().white, before.white)
    for week in range(60):  # far from the old level, as calm as before
        value = values[:, week] - 1.5
        learner.add(value, np.full(2, SAMPLING), np.ones(2), values[:, week] / 0.1)
    assert np.sqrt(learner.noise().wander.max()) < 0.15
