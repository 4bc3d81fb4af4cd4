"""The couple's own noise, learned week by week: of the single week, of moods, and slow wander.

For each rhythm a grid of small Kalman filters runs along, one for every trio of sizes. Each sees
how well it foretold the weeks; together they give a posterior over the sizes. All three are
learned at once, else moods and wander become drift. What the rhythms share is a factor of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

import numpy as np

from turntoward.drift.arrays import Floats

#: Standard deviations on the link scale that are tried.
WHITE = (0.03, 0.09, 0.16, 0.28, 0.5)
MOOD = (0.02, 0.12, 0.25, 0.5)
WANDER = (0.03, 0.08, 0.15, 0.3)
GRID: Floats = np.array(list(product(WHITE, MOOD, WANDER)))
#: Before any data, in logs: middle and spread of each.
PRIOR = ((np.log(0.12), 0.7), (np.log(0.10), 0.7), (np.log(0.06), 0.5))
#: How far the rhythms of one couple differ in each, as logs.
ALIKE = np.array([0.5, 0.4, 0.4])
#: How much is left after a week: of a mood, and of the two halves of the wander.
KEPT: Floats = np.exp(-1.0 / np.array([1.7, 8.0, 30.0]))
LEVEL_SPREAD = 2.0
#: Weeks whose surprises are not learned from yet, so that a drift is not learned as noise.
LAG = 13
#: Weeks after which enough is known.
ENOUGH = 208
#: Beyond this many standard deviations a surprise counts in proportion, not by its square.
HUBER = 2.5
#: Moods are shared at least this much (a correlation), however few weeks have been seen.
LEAST_SHARED = 0.05
#: Correlations count as if this many more weeks had shown `USUALLY_SHARED`.
FIRST_PAIRS, USUALLY_SHARED = 10.0, 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """Variances per rhythm on the link scale, and each rhythm's share in the common mood."""

    white: Floats
    mood: Floats
    wander: Floats
    loading: Floats  # correlation with the mood of the week, 0 to 1
    apart: float = 1.0  # for how many rhythms of its own each stands, 0 to 1


def log_prior() -> Floats:
    """Of each point of the grid."""
    middle, spread = np.array(PRIOR).T
    return np.asarray(-0.5 * (((np.log(GRID) - middle) / spread) ** 2).sum(axis=1))


@lru_cache(maxsize=1)
def around() -> Floats:
    """How likely the grid is for a rhythm, by the level of the couple (one of the grid, too)."""
    logs = np.log(GRID)
    apart = (logs[:, None, :] - logs[None, :, :]) / ALIKE
    chance = np.exp(-0.5 * (apart**2).sum(axis=2))
    return np.asarray(chance / chance.sum(axis=1, keepdims=True))


@dataclass(slots=True, kw_only=True)
class Learner:
    """What was learned of the noise so far. It changes with every week that it is given."""

    rhythms: int
    log_chance: Floats = field(init=False)  # rhythms by grid
    products: Floats = field(init=False)  # rhythms by rhythms: sums of products of surprises
    pairs: Floats = field(init=False)
    weeks: int = 0
    _mean: Floats = field(init=False)
    _spread: Floats = field(init=False)
    _late: list[tuple[Floats, Floats, Floats]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.log_chance = np.zeros((self.rhythms, len(GRID)))
        self.products = np.zeros((self.rhythms, self.rhythms))
        self.pairs = np.zeros((self.rhythms, self.rhythms))
        self.begin()

    def begin(self) -> None:
        """Forget the level, keep the noise: something has changed for good."""
        start = np.zeros((len(GRID), 4))
        start[:, 0] = LEVEL_SPREAD**2
        start[:, 1] = GRID[:, 1] ** 2
        start[:, 2] = start[:, 3] = GRID[:, 2] ** 2 / 2.0
        self._mean = np.zeros((self.rhythms, len(GRID), 4))
        self._spread = np.tile(start[:, :, None] * np.eye(4), (self.rhythms, 1, 1, 1))
        self._late = []

    def add(self, value: Floats, variance: Floats, there: Floats, surprise: Floats) -> None:
        """One more week: residuals with their sampling variance, and the filter's surprises.

        `there` is 1 where a rhythm was measured and 0 where it was not.
        """
        gained = self._foretell(value, variance) * there[:, None]
        self._late.append((gained, np.clip(surprise, -HUBER, HUBER) * there, there))
        if len(self._late) <= LAG:
            return
        gained, surprise, there = self._late.pop(0)
        self.log_chance += gained
        self.products += np.outer(surprise, surprise)
        self.pairs += np.outer(there, there)
        self.weeks += 1

    def _foretell(self, value: Floats, variance: Floats) -> Floats:
        """Log density of the week under each point of the grid; the filters take it in."""
        mean, spread = self._mean, self._spread
        mean[:, :, 1:] *= KEPT
        kept = np.concatenate([[1.0], KEPT])
        spread *= np.outer(kept, kept)
        spread[:, :, 1, 1] += GRID[:, 1] ** 2 * (1.0 - KEPT[0] ** 2)
        spread[:, :, 2, 2] += GRID[:, 2] ** 2 / 2.0 * (1.0 - KEPT[1] ** 2)
        spread[:, :, 3, 3] += GRID[:, 2] ** 2 / 2.0 * (1.0 - KEPT[2] ** 2)
        seen = spread.sum(axis=3)
        total = seen.sum(axis=2) + variance[:, None] + GRID[:, 0] ** 2
        error = value[:, None] - mean.sum(axis=2)
        gain = seen / total[:, :, None]
        mean += gain * error[:, :, None]
        spread -= gain[:, :, :, None] * seen[:, :, None, :]
        far = np.abs(error) / np.sqrt(total)
        near = np.minimum(far, HUBER)
        return np.asarray(-near * (far - 0.5 * near) - 0.5 * np.log(total))

    def noise(self) -> Noise:
        """Posterior means of the variances, and the loadings of one common factor."""
        white, mood, wander = (self._chance() @ GRID**2).T
        both = self._correlations()
        loading = _loadings(both)
        return Noise(
            white=white, mood=mood, wander=wander, loading=loading, apart=self._apart(both, loading)
        )

    def _chance(self) -> Floats:
        """Posterior of the grid, by rhythm.

        A couple is restless or calm in all its rhythms, more or less: what one shows of its noise
        says something of the others (a level of the couple's own, over which is summed).
        """
        likely = self.log_chance - self.log_chance.max(axis=1, keepdims=True)
        inside = np.exp(likely)[:, None, :] * around()  # rhythms by couples by grid
        of_couple = inside.sum(axis=2)
        logs = np.log(of_couple).sum(axis=0) + log_prior()
        couple = np.exp(logs - logs.max())
        inside *= (couple / couple.sum() / of_couple)[:, :, None]
        return np.asarray(inside.sum(axis=1))

    def _correlations(self) -> Floats:
        """Of the surprises, as if `FIRST_PAIRS` more weeks had shown `USUALLY_SHARED`."""
        weeks = np.maximum(np.diag(self.pairs), 1.0)
        size = np.sqrt(np.maximum(np.diag(self.products) / weeks, 1e-9))
        shown = self.products / np.outer(size, size) + FIRST_PAIRS * USUALLY_SHARED
        return np.asarray(shown / (self.pairs + FIRST_PAIRS))

    def _apart(self, both: Floats, loading: Floats) -> float:
        """What is left of the number of rhythms where some move together beyond the mood.

        Bids met and softness rest on the same answers: twice the same evidence is no more of it.
        The number of independent values with such correlations is n^2 over their sum of squares.
        """
        rest = np.maximum(both - np.outer(loading, loading), 0.0)
        chance = 1.0 / (self.pairs + FIRST_PAIRS)  # what as many weeks show of nothing
        more = np.where(rest**2 > 4.0 * chance, rest**2, 0.0)
        np.fill_diagonal(more, 0.0)
        return float(self.rhythms / (self.rhythms + more.sum()))


def _loadings(correlations: Floats) -> Floats:
    """One factor, by repeated fitting of the correlations."""
    both = correlations.copy()
    if len(both) == 1:
        return np.zeros(1)
    loading = np.full(len(both), 0.4)
    for _ in range(20):
        np.fill_diagonal(both, loading**2)
        new = both @ loading / (loading @ loading)
        loading = 0.5 * loading + 0.5 * np.clip(new, LEAST_SHARED**0.5, 0.9)
    return loading
