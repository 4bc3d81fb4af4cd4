"""The filter, against the slow and obvious way: generalised least squares with the whole matrix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from turntoward.drift.arrays import Floats
from turntoward.drift.known import Told
from turntoward.drift.link import ABSENT
from turntoward.drift.noise import KEPT, LEVEL_SPREAD, Noise
from turntoward.drift.tracker import (
    HALF_YEARLY,
    LENGTHS,
    PASSING,
    TOLD_OWN,
    TOLD_SPREAD,
    YEAR,
    YEARLY,
    Tracker,
)

RHYTHMS, FIRST = 3, 5
#: Small enough that no week is ever clipped, so that everything is linear.
SMALL = 0.3
NOISE = Noise(
    white=np.array([0.1, 0.2, 0.05]) ** 2,
    mood=np.array([0.15, 0.02, 0.3]) ** 2,
    wander=np.array([0.08, 0.2, 0.04]) ** 2,
    loading=np.full(RHYTHMS, 0.4),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks:
    """Rhythms by weeks, drawn from the model: with holes, and with weeks that were told of."""

    value: Floats
    variance: Floats
    told: Floats  # weeks by `Told`

    def covariance(self, row: int) -> Floats:
        """Of all weeks of one rhythm, as the tracker says it believes."""
        at = np.arange(FIRST, FIRST + len(self.told))
        apart = np.abs(np.subtract.outer(at, at))
        turn = 2.0 * np.pi * np.subtract.outer(at, at) / YEAR
        whole = np.full(apart.shape, LEVEL_SPREAD**2)
        whole += YEARLY**2 * np.cos(turn) + HALF_YEARLY**2 * np.cos(2.0 * turn)
        whole += TOLD_SPREAD**2 * self.told @ self.told.T
        whole += NOISE.mood[row] * KEPT[0] ** apart
        whole += NOISE.wander[row] / 2.0 * (KEPT[1] ** apart + KEPT[2] ** apart)
        single = self.variance[row] + NOISE.white[row]
        return np.asarray(whole + np.diag(single + (TOLD_OWN * self.told.max(axis=1)) ** 2))


def _weeks(count: int, scale: float = SMALL) -> Weeks:
    random = np.random.default_rng(count)
    told = np.zeros((count, len(Told)))
    for week in random.choice(count, size=count // 6, replace=False):
        told[week, random.integers(len(Told))] = random.integers(1, 8) / 7.0
    variance = random.uniform(0.01, 0.2, size=(RHYTHMS, count)) ** 2
    variance[:, 20:29] = ABSENT  # nothing was recorded
    variance[1, 40:55] = ABSENT  # one rhythm was not measured
    weeks = Weeks(value=np.zeros((RHYTHMS, count)), variance=variance, told=told)
    for row in range(RHYTHMS):
        root = np.linalg.cholesky(weeks.covariance(row))
        weeks.value[row] = scale * root @ random.normal(size=count)
    weeks.value[variance == ABSENT] = 0.0
    return weeks


def _tracked(weeks: Weeks) -> tuple[Tracker, Floats]:
    tracker = Tracker(rhythms=RHYTHMS, first=FIRST)
    surprises = [
        tracker.add(weeks.value[:, n], weeks.variance[:, n], NOISE, weeks.told[n], season=FIRST + n)
        for n in range(len(weeks.told))
    ]
    return tracker, np.stack(surprises, axis=1)


def _slowly(weeks: Weeks, row: int, shapes: Floats) -> tuple[Floats, Floats]:
    """Size and grip of changes (shapes by weeks) by generalised least squares."""
    root = np.linalg.cholesky(weeks.covariance(row))
    white = np.linalg.solve(root, np.column_stack([weeks.value[row], shapes.T]))
    grip = np.sqrt((white[:, 1:] ** 2).sum(axis=0))
    return white[:, 0] @ white[:, 1:] / grip, grip


def _shape(count: int, start: int, length: int) -> Floats:
    after = np.arange(count) + FIRST - start + 1.0
    return np.clip(after / max(length, 1), 0.0, 1.0)


# 156 weeks have a slot each; after that the oldest starts are let go, for a second time after 208.
@pytest.mark.parametrize("count", [60, 156, 157, 170, 215])
def test_steps_and_ramps_are_as_generalised_least_squares_says(count: int) -> None:
    weeks = _weeks(count)
    tracker, _ = _tracked(weeks)
    looking = tracker.looking(before=12, after=1)
    assert looking.starts[0] == max(FIRST + 12, FIRST + count - 104)
    assert looking.starts[-1] == FIRST + count - 2
    for number, length in enumerate(LENGTHS):
        shapes = np.stack([_shape(count, start, length) for start in looking.starts])
        for row in range(RHYTHMS):
            size, grip = _slowly(weeks, row, shapes)
            assert np.allclose(looking.size[number, :, row], size, atol=1e-4)
            assert np.allclose(looking.grip[number, :, row], grip, rtol=1e-4, atol=1e-4)
    assert np.allclose(tracker.looking(12, 1, trust=True).size, looking.size)


@pytest.mark.parametrize(("count", "oldest"), [(60, 0), (156, 0), (157, 52), (215, 104)])
@pytest.mark.parametrize("length", PASSING)
def test_what_passes_is_as_generalised_least_squares_says(
    count: int, oldest: int, length: int
) -> None:
    weeks = _weeks(count)
    tracker, _ = _tracked(weeks)
    assert tracker.oldest == FIRST + oldest
    # From the very first week on, what passes is hard to tell from the level: begin a bit later.
    since = tracker.oldest + 2
    size, grip = tracker.passing(since, length)
    assert len(size) == FIRST + count - since
    shapes = np.stack(
        [
            _shape(count, start, 0) - _shape(count, start + length, 0)
            for start in range(since, FIRST + count)
        ]
    )
    for row in range(RHYTHMS):
        slow_size, slow_grip = _slowly(weeks, row, shapes)
        seen = slow_grip > 0.01  # elsewhere lies a hole
        assert seen.mean() > 0.5
        assert np.allclose(grip[seen, row], slow_grip[seen], rtol=1e-4)
        assert np.allclose(size[seen, row], slow_size[seen], atol=1e-4)
        assert (grip[~seen, row] < 0.02).all()


def test_surprises_are_the_weeks_made_independent() -> None:
    weeks = _weeks(300, scale=1.0)
    _, surprises = _tracked(weeks)
    for row in range(RHYTHMS):
        root = np.linalg.cholesky(weeks.covariance(row))
        there = weeks.variance[row] < ABSENT
        assert np.abs(surprises[row, there]).max() < 4.0
        assert np.allclose(surprises[row], np.linalg.solve(root, weeks.value[row]), atol=1e-4)
        shown = surprises[row, there]
        assert abs(shown.mean()) < 0.15
        assert 0.9 < shown.std() < 1.1
        assert abs(np.corrcoef(shown[1:], shown[:-1])[0, 1]) < 0.15


def test_a_week_without_a_record_says_nothing() -> None:
    weeks = _weeks(100)
    other = Weeks(value=weeks.value.copy(), variance=weeks.variance, told=weeks.told)
    other.value[:, 20:29] = 0.7
    one, two = (_tracked(some)[0].looking(12, 1) for some in (weeks, other))
    assert np.allclose(one.size, two.size, atol=1e-3)


def test_a_single_week_never_counts_for_more_than_so_much() -> None:
    far, further = _weeks(90), _weeks(90)
    far.value[:, 80], further.value[:, 80] = -50.0, -5000.0
    one, two = (_tracked(weeks)[0].looking(12, 1) for weeks in (far, further))
    assert np.allclose(one.size, two.size)
    calm = _tracked(_weeks(90))[0].looking(12, 1)
    assert 1.0 < np.abs(one.size - calm.size).max() < 4.0


def test_how_much_of_the_error_is_brief() -> None:
    def brief(white: float, wander: float) -> Floats:
        noise = Noise(
            white=np.array([white]), mood=np.array([1e-4]), wander=np.array([wander]),
            loading=np.zeros(1),
        )  # fmt: skip
        tracker = Tracker(rhythms=1, first=0)
        for week in range(100):
            tracker.add(np.zeros(1), np.zeros(1), noise, np.zeros(len(Told)), week)
        return tracker.looking(12, 3).brief

    assert 0.0 < brief(0.1**2, 0.3**2).max() < 0.3
    assert 0.6 < np.median(brief(0.5**2, 1e-6)) <= 1.0


def test_seasons_and_told_days_are_carried_over() -> None:
    weeks = _weeks(120)
    old, _ = _tracked(weeks)
    new = Tracker(rhythms=RHYTHMS, first=FIRST + 120)
    told = np.eye(len(Told))[0]
    assert np.abs(old.expected(told, season=7)).max() > 0.01
    assert np.array_equal(new.expected(told, season=7), np.zeros(RHYTHMS))
    new.carry(old)
    assert np.array_equal(new.expected(told, season=7), old.expected(told, season=7))
