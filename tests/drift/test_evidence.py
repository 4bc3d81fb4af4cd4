"""The numbers inside the detector, against the slow and obvious way to get them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from turntoward.drift.arrays import log_sum
from turntoward.drift.everyday import _log_density, log_fewer
from turntoward.drift.evidence import log_ratios, log_unmoved, taking_part


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(7)


def test_sums_of_logs(random: np.random.Generator) -> None:
    logs = random.normal(size=(4, 5))
    assert np.allclose(log_sum(logs, axis=1), np.log(np.exp(logs).sum(axis=1)))
    assert np.allclose(log_sum(logs, axis=(0, 1)), np.log(np.exp(logs).sum()))
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


GRIP, LOADING = np.full((3, 4), 4.0), np.full((3, 4), 0.4)
WARM = np.array([True] * 3 + [False])
#: Three warm rhythms agree; the volume alone; three against.
SIZE = np.array([[4.0, 4, 4, 0], [0, 0, 0, 6], [-4, -4, -4, 0]])


def test_evidence_points_the_right_way() -> None:
    several, volume, other_way = log_ratios(SIZE, GRIP, LOADING, WARM)
    assert several > 5
    assert volume < several
    assert other_way < 0
    part = taking_part(SIZE[:1], GRIP[:1], LOADING[:1]).chance[0]
    assert part[:3].min() > 0.8 > 0.5 > part[3]


def test_without_a_shared_mood_one_rhythm_is_a_mixture_of_two_normals(
    random: np.random.Generator,
) -> None:
    size, grip, none = random.normal(size=(5, 1)) * 3, np.full((5, 1), 4.0), np.zeros((5, 1))
    unmoved = np.exp(-0.5 * size[:, 0] ** 2)
    ratio = np.zeros(5)
    for mean, spread in ((0.8, 0.35), (0.35, 0.2)):
        wide = 1.0 + (spread * 4.0) ** 2
        moved = np.exp(-0.5 * (size[:, 0] - mean * 4.0) ** 2 / wide) / np.sqrt(wide)
        chance = 0.2 if mean == 0.8 else 0.7
        ratio += 0.5 * chance * moved / unmoved  # it is the only one, so it has to take part
    assert np.allclose(log_ratios(size, grip, none, np.array([True])), np.log(ratio))


def test_just_writing_less_is_the_volume_alone() -> None:
    rates = np.array([True, False, False, True])
    several, volume, _ = log_ratios(SIZE, GRIP, LOADING, WARM)
    fewer = log_fewer(SIZE, GRIP, LOADING, rates, volume=3)
    assert fewer[1] > 5
    assert fewer[1] > volume
    # Where other rhythms change as well, just writing less does not explain them.
    assert fewer[0] < several - 5
    both = log_fewer(SIZE[:1] + SIZE[1:2], GRIP[:1], LOADING[:1], rates, volume=3)[0]
    assert both < log_ratios(SIZE[:1] + SIZE[1:2], GRIP[:1], LOADING[:1], WARM)[0]
    # What is counted per day may be off by a little, a share may not.
    slightly = np.array([[2.0, 0, 0, 6], [0, 2.0, 0, 6]])
    rate, share = log_fewer(slightly, GRIP[:2], LOADING[:2], rates, volume=3)
    assert rate > share


def test_effects_are_drawn_toward_what_is_known_of_changes() -> None:
    loading = np.full((1, 4), 0.3)
    firm = taking_part(np.full((1, 4), 60.0), np.full((1, 4), 100.0), loading)
    assert firm.effect[0] == pytest.approx(0.6, abs=0.01)
    assert np.sqrt(firm.variance[0]).max() < 0.015
    # Twice as large as any change is, and hardly held: mostly chance.
    loose = taking_part(np.full((1, 4), 3.0), np.full((1, 4), 1.5), loading)
    assert (loose.effect[0] < 1.6).all()
    assert (loose.effect[0] > 0.3).all()
    assert (np.sqrt(loose.variance[0]) < 1 / 1.5).all()
