"""The numbers inside the detector, against the slow and obvious way to get them."""

from __future__ import annotations

import numpy as np
import pytest
from made_series import made
from scipy.stats import multivariate_normal

from turntoward.drift.baseline import learn, noise_of, nothing_learned, whiten
from turntoward.drift.everyday import _log_density, log_fewer
from turntoward.drift.evidence import log_ratios, log_unmoved, taking_part
from turntoward.drift.factor import inverse_factor
from turntoward.drift.link import residuals
from turntoward.drift.logs import log_sum
from turntoward.drift.record import align
from turntoward.drift.shapes import fits, passing
from turntoward.rhythms.series import Family


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.mark.parametrize("size", [1, 47, 48, 49, 131])
def test_the_factor_in_blocks_is_the_factor(random: np.random.Generator, size: int) -> None:
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size)))
    covariance = np.exp(-apart / 20.0) + np.eye(size) * random.uniform(0.3, 2.0, size=(3, 1, 1))
    inverse = inverse_factor(covariance)
    assert np.allclose(inverse @ covariance @ inverse.swapaxes(1, 2), np.eye(size))
    assert np.array_equal(inverse, np.tril(inverse))


def test_sums_of_logs(random: np.random.Generator) -> None:
    logs = random.normal(size=(4, 5))
    assert np.allclose(log_sum(logs, axis=1), np.log(np.exp(logs).sum(axis=1)))
    assert np.isclose(log_sum(logs + 2000.0), np.log(np.exp(logs).sum()) + 2000.0)
    assert log_sum(np.full(3, -np.inf)) == -np.inf


def test_densities_in_closed_form(random: np.random.Generator) -> None:
    size, grip = random.normal(size=(6, 9)) * 2, random.uniform(1, 5, size=(6, 9))
    loading = random.uniform(0.3, 0.7, size=9)
    for row in range(6):
        none = np.diag(1 - loading**2) + np.outer(loading, loading)
        shared = none + 0.9**2 * np.outer(grip[row], grip[row]) + np.diag((0.3 * grip[row]) ** 2)
        told = [multivariate_normal(cov=one).logpdf(size[row]) for one in (none, shared)]
        found = [_log_density(size, grip, loading, *both)[row] for both in ((0, 0), (0.9, 0.3))]
        assert np.isclose(found[1] - found[0], told[1] - told[0])
        scaled = log_unmoved(size, loading)[row] - 0.5 * np.log(1 - loading**2).sum()
        assert np.isclose(scaled, found[0])


def test_evidence_points_the_right_way() -> None:
    grip, loading, warm = np.full((3, 4), 4.0), np.full((3, 4), 0.4), np.array([True] * 3 + [False])
    size = np.array([[4.0, 4, 4, 0], [0, 0, 0, 6], [-4, -4, -4, 0]])
    several, volume, other_way = log_ratios(size, grip, loading, warm)
    assert several > 5
    assert other_way < 0
    rates = np.array([True, False, False, True])
    fewer = log_fewer(size, grip, loading, rates, volume=3)
    assert fewer[0] < 0
    assert fewer[1] > volume
    part = taking_part(size[:1], grip[:1], loading[:1])[0]
    assert part[:3].min() > 0.8 > 0.5 > part[3]


def test_whitened_weeks_are_independent_and_steps_show_in_them(random: np.random.Generator) -> None:
    weeks = 120
    met = random.binomial(20, 0.6, size=(3, weeks)).astype(float)
    series = [
        made(f"r{n}", Family.SHARE, row.tolist(), [20.0] * weeks) for n, row in enumerate(met)
    ]
    record = align(series)
    assert record is not None
    data = residuals(record, 0, weeks, weeks)
    noise = noise_of(learn(nothing_learned(3, 0), data, weeks))
    assert noise.white.max() < 0.2**2
    assert noise.wander.max() < 0.12**2
    white = whiten(data, noise)
    assert 0.75 < white.weeks.std() < 1.1
    # A step of 1 in the data moves the whitened weeks by exactly the column of that step.
    moved = data.value.copy()
    moved[:, 70:] += 0.01
    shifted = whiten(type(data)(value=moved, variance=data.variance, level=data.level), noise)
    free = np.abs(white.weeks) < 2.4
    assert np.allclose(
        (shifted.weeks - white.weeks)[free], (0.01 * white.steps[:, :, 70])[free], atol=1e-9
    )


def test_a_step_and_a_passing_thing_are_measured_as_planted(random: np.random.Generator) -> None:
    weeks = 140
    share = np.full(weeks, 0.7)
    share[100:104] = 0.4
    met = random.binomial(200, share).astype(float)
    record = align([made("one", Family.SHARE, met.tolist(), [200.0] * weeks)])
    assert record is not None
    data = residuals(record, 0, 90, weeks)
    noise = noise_of(learn(nothing_learned(1, 0), residuals(record, 0, 90, 90), 90))
    white = whiten(data, noise, clip=100.0)
    size, grip = passing(white, 139, slice(100, 101), 4)
    assert size[0, 0] / grip[0, 0] == pytest.approx(-0.3 / 0.21, rel=0.15)
    found = fits(white, 90, slice(100, 101))
    assert abs(found.size[0, -1, 0, 0]) < abs(size[0, 0])
    assert found.size.shape == found.grip.shape == (4, 50, 1, 1)
    assert 0.0 < found.brief.min() <= found.brief.max() <= 1.0
