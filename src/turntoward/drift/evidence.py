"""How much better drift explains the weeks than no change: a likelihood ratio, mixed over rhythms.

Nobody knows beforehand which rhythms change. Two pictures are mixed in equal parts: a few rhythms
strongly, or most of them a little. In each, every rhythm takes part with some chance and then
moves by an unknown amount. Part of the error is shared between rhythms (the common mood); given
that part they are independent, so it is averaged over on a few nodes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import roots_hermitenorm

from turntoward.drift.logs import log_sum
from turntoward.drift.record import Bools, Floats


@dataclass(frozen=True, slots=True)
class Picture:
    """`chance` that a rhythm takes part; by how much on the link scale: `mean`, `spread`."""

    chance: float
    mean: float
    spread: float


PICTURES = (
    Picture(0.2, 0.8, 0.35),  # few, strongly
    Picture(0.7, 0.35, 0.2),  # most, a little
)

_NODES, _WEIGHTS = roots_hermitenorm(7)
MOODS: Floats = np.asarray(_NODES)
LOG_MOODS: Floats = np.log(_WEIGHTS / _WEIGHTS.sum())


def log_unmoved(size: Floats, loading: Floats) -> Floats:
    """Log likelihood of no change, averaged over the common mood in closed form.

    The nodes lie too close around 0 for a mood that is very far out. Where it is, no change has
    to have its full chance, or every bad month of all rhythms would look like drift.
    """
    own = 1.0 - loading**2
    pull = (size * loading / own).sum(axis=-1)
    room = 1.0 + (loading**2 / own).sum(axis=-1)
    fit = (size**2 / own).sum(axis=-1) - pull**2 / room
    return np.asarray(-0.5 * (fit + np.log(room)))


def _by_mood(size: Floats, loading: Floats) -> tuple[Floats, Floats, Floats]:
    """What is left of each size under each mood; its misfit if nothing moved; the moods' logs."""
    rest = size[..., None] - loading[..., None] * MOODS
    unmoved = rest**2 / (2.0 * (1.0 - loading**2))[..., None]
    return rest, unmoved, LOG_MOODS - unmoved.sum(axis=-2)


def _log_ratio(
    rest: Floats, unmoved: Floats, grip: Floats, loading: Floats, picture: Picture
) -> Floats:
    """Log ratio if a rhythm takes part against not: by hypothesis, rhythm and mood."""
    own = 1.0 - loading**2
    wide = own + (picture.spread * grip) ** 2
    moved = (rest - (picture.mean * grip)[..., None]) ** 2 / (2.0 * wide)[..., None]
    return np.asarray(unmoved - moved + 0.5 * np.log(own / wide)[..., None])


def _mixed(log_ratio: Floats, chance: float) -> Floats:
    # A rhythm beyond 600 log units would overflow; far less settles everything.
    return np.log((1.0 - chance) + chance * np.exp(np.minimum(log_ratio, 600.0)))


def log_ratios(size: Floats, grip: Floats, loading: Floats, warm: Bools) -> Floats:
    """Log likelihood ratio of each hypothesis against no change.

    `size`, `grip`, `loading` are hypotheses by rhythms, `size` turned so that positive agrees. At
    least one of the `warm` rhythms takes part; a fall of the volume has a rival of its own.
    """
    rest, unmoved, moods = _by_mood(size, loading)
    parts = []
    for picture in PICTURES:
        mixed = _mixed(_log_ratio(rest, unmoved, grip, loading, picture), picture.chance)
        together = mixed[..., warm, :].sum(axis=-2)
        # Take away the case in which no warm rhythm takes part at all.
        nobody = warm.sum() * np.log1p(-picture.chance)
        gap = np.minimum(nobody - together, -1e-12)
        together = together + np.log(-np.expm1(gap)) + mixed[..., ~warm, :].sum(axis=-2)
        parts.append(log_sum(together + moods, axis=-1))
    mean = np.logaddexp(*parts) - np.log(len(PICTURES))
    return np.asarray(mean - log_unmoved(size, loading))


def taking_part(size: Floats, grip: Floats, loading: Floats) -> Floats:
    """Chance that each rhythm takes part, given that the hypothesis holds; as `log_ratios`."""
    rest, unmoved, moods = _by_mood(size, loading)
    shares, weights = [], []
    for picture in PICTURES:
        log_ratio = _log_ratio(rest, unmoved, grip, loading, picture)
        mixed = _mixed(log_ratio, picture.chance)
        total = mixed.sum(axis=-2) + moods
        whole = log_sum(total, axis=-1)
        share = np.exp(np.log(picture.chance) + log_ratio - mixed)
        shares.append((share * np.exp(total - whole[..., None])[..., None, :]).sum(axis=-1))
        weights.append(whole)
    first = 1.0 / (1.0 + np.exp(np.clip(weights[1] - weights[0], -500, 500)))
    return np.asarray(first[..., None] * shares[0] + (1.0 - first[..., None]) * shares[1])
