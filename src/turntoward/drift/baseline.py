"""The couple's own noise: what varies from week to week, what wanders, what is shared.

A Gaussian process per rhythm on the link scale: an unknown level, a slow wander that comes back
(half of it within about 6 weeks, half within about 30), a yearly swing of unknown phase, noise of
the week beyond sampling, and sampling noise of known size. Wander and noise are learned together,
else wander becomes drift. The rhythms share part of their noise: moods and busy weeks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from turntoward.drift.factor import inverse_factor
from turntoward.drift.link import ABSENT, Residuals
from turntoward.drift.record import Floats

YEAR = 52.18
#: Standard deviations on the link scale tried for noise of the week and for wander.
WHITE = np.array([0.02, 0.07, 0.13, 0.2, 0.3, 0.45, 0.8])
WANDER = np.array([0.03, 0.07, 0.12, 0.2, 0.32])
#: Before any data: noise around 0.15, wander around 0.10, both within a factor of two or so.
WHITE_PRIOR, WANDER_PRIOR = (np.log(0.15), 0.8), (np.log(0.10), 0.5)
LEVEL_SPREAD, SEASON_SPREAD, HALF_YEAR_SPREAD = 2.0, 0.08, 0.04
#: A single week never counts for more than this many standard deviations.
CLIP = 2.5
#: Moods are shared at least this much (a correlation), however few weeks have been seen.
LEAST_SHARED = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What was learned of the noise so far; weeks from `until` on have not been looked at."""

    log_chance: Floats  # rhythms by WHITE by WANDER
    products: Floats  # rhythms by rhythms: sums of products of whitened weeks
    pairs: Floats  # how many weeks each product sums
    until: int
    looks: int = 0  # windows that were added


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """Variances per rhythm on the link scale, and each rhythm's share in the common mood."""

    white: Floats
    wander: Floats
    loading: Floats  # correlation with the mood of the week, 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Whitened:
    """Independent standard normal weeks if nothing changed (rhythms by weeks), clipped.

    `steps[:, t, start]` is how a step of size 1 from week `start` on shows in week `t`. `plain` is
    how firmly each week holds its value if nothing wandered: 1 over its variance.
    """

    weeks: Floats
    steps: Floats
    plain: Floats


def nothing_learned(rhythms: int, first: int) -> Learned:
    """Only the priors."""
    shape = (rhythms, len(WHITE), len(WANDER))
    white = -0.5 * ((np.log(WHITE) - WHITE_PRIOR[0]) / WHITE_PRIOR[1]) ** 2
    wander = -0.5 * ((np.log(WANDER) - WANDER_PRIOR[0]) / WANDER_PRIOR[1]) ** 2
    return Learned(
        log_chance=np.broadcast_to(white[:, None] + wander, shape).copy(),
        products=np.zeros((rhythms, rhythms)),
        pairs=np.zeros((rhythms, rhythms)),
        until=first,
    )


@lru_cache(maxsize=8)
def _kernels(weeks: int) -> tuple[Floats, Floats]:
    """Covariance over weeks: level with season, and a wander of variance 1."""
    apart = np.abs(np.subtract.outer(np.arange(weeks), np.arange(weeks))).astype(float)
    season = SEASON_SPREAD**2 * np.cos(2 * np.pi * apart / YEAR)
    half_year = HALF_YEAR_SPREAD**2 * np.cos(4 * np.pi * apart / YEAR)
    wander = 0.5 * np.exp(-apart / 6.0) + 0.5 * np.exp(-apart / 30.0)
    return LEVEL_SPREAD**2 + season + half_year, wander


def _tamed(data: Residuals) -> Floats:
    """Weeks further than 3.5 robust standard deviations from the middle, pulled back to there."""
    value = data.value.copy()
    for row in range(len(value)):
        there = data.variance[row] < ABSENT
        if there.any():
            middle = np.median(value[row, there])
            spread = 1.4826 * np.median(np.abs(value[row, there] - middle)) + 1e-9
            value[row, there] = np.clip(
                value[row, there], middle - 3.5 * spread, middle + 3.5 * spread
            )
    return value


def _log_normal(covariance: Floats, value: Floats) -> Floats:
    """Log density of `value` under each covariance, up to a constant.

    The value rides along as a last row of the matrix, so that one factorisation does it all.
    """
    size = len(value)
    bordered = np.zeros((*covariance.shape[:-2], size + 1, size + 1))
    bordered[..., :size, :size] = covariance
    bordered[..., size, :size] = value
    bordered[..., size, size] = 1e12
    root = np.linalg.cholesky(bordered)
    spread = np.log(np.diagonal(root, axis1=-2, axis2=-1)[..., :size]).sum(axis=-1)
    return np.asarray(-0.5 * (root[..., size, :size] ** 2).sum(axis=-1) - spread)


def learn(learned: Learned, data: Residuals, until: int) -> Learned:
    """Add a window of weeks in which nothing is thought to have changed."""
    level, wander = _kernels(data.value.shape[1])
    value = _tamed(data)
    log_chance = learned.log_chance.copy()
    for row in range(len(value)):
        there = data.variance[row] < ABSENT
        if there.sum() < 8:
            continue
        pick = np.ix_(there, there)
        white = data.variance[row, there] + WHITE[:, None] ** 2
        noise = white[:, None, :, None] * np.eye(int(there.sum()))
        covariance = level[pick] + WANDER[:, None, None] ** 2 * wander[pick] + noise
        log_chance[row] += _log_normal(covariance, value[row, there])
    grown = replace(learned, log_chance=log_chance, until=until, looks=learned.looks + 1)
    weeks = whiten(replace(data, value=value), noise_of(grown)).weeks
    there = (data.variance < ABSENT).astype(float)
    return replace(
        grown,
        products=learned.products + (weeks * there) @ (weeks * there).T,
        pairs=learned.pairs + there @ there.T,
    )


def noise_of(learned: Learned) -> Noise:
    """Posterior means of the variances, and the loadings of one common factor."""
    chance = np.exp(learned.log_chance - learned.log_chance.max(axis=(1, 2), keepdims=True))
    chance /= chance.sum(axis=(1, 2), keepdims=True)
    return Noise(
        white=(chance.sum(axis=2) * WHITE**2).sum(axis=1),
        wander=(chance.sum(axis=1) * WANDER**2).sum(axis=1),
        loading=_loadings(learned),
    )


def _loadings(learned: Learned) -> Floats:
    """One factor by repeated fitting; correlations count as if 10 more weeks had shown 0.15."""
    rhythms = len(learned.products)
    if rhythms == 1:
        return np.zeros(1)
    sizes = np.sqrt(
        np.maximum(np.diag(learned.products) / np.maximum(np.diag(learned.pairs), 1), 1e-9)
    )
    shared = (learned.products / np.outer(sizes, sizes) + 10 * 0.15) / (learned.pairs + 10)
    loading = np.full(rhythms, 0.4)
    for _ in range(30):
        np.fill_diagonal(shared, loading**2)
        new = shared @ loading / (loading @ loading)
        loading = 0.5 * loading + 0.5 * np.clip(new, np.sqrt(LEAST_SHARED), 0.9)
    return loading


def whiten(data: Residuals, noise: Noise, clip: float = CLIP) -> Whitened:
    """Each week's surprise given the weeks before it, and the same for every possible step."""
    weeks = data.value.shape[1]
    level, wander = _kernels(weeks)
    single = data.variance + noise.white[:, None]
    diagonal = single[:, :, None] * np.eye(weeks)
    undo = inverse_factor(level + noise.wander[:, None, None] * wander + diagonal)
    surprise = np.clip((undo @ data.value[:, :, None])[:, :, 0], -clip, clip)
    steps = np.cumsum(undo[:, :, ::-1], axis=2)[:, :, ::-1]
    return Whitened(weeks=surprise, steps=steps, plain=1.0 / single)
