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

from turntoward.drift.arrays import Bools, Floats, log_sum


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

#: A rhythm beyond so many log units would overflow; far less settles everything.
FAR = 600.0

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
    ratio = unmoved - moved + 0.5 * np.log(own / wide)[..., None]
    return np.minimum(ratio, FAR)


def _mixed(log_ratio: Floats, chance: Floats) -> Floats:
    part = chance[:, None]
    return np.asarray(np.log((1.0 - part) + part * np.exp(log_ratio)))


def _chances(picture: Picture, chances: Floats | None, rhythms: int) -> Floats:
    """How likely each rhythm takes part beforehand."""
    return np.full(rhythms, picture.chance) if chances is None else chances


def log_ratios(
    size: Floats, grip: Floats, loading: Floats, warm: Bools, chances: Floats | None = None
) -> Floats:
    """Log likelihood ratio of each hypothesis against no change.

    `size`, `grip`, `loading` are hypotheses by rhythms, `size` turned so that positive agrees. At
    least one of the `warm` rhythms takes part; a fall of the volume has a rival of its own.
    `chances` say how likely each rhythm takes part, where that is known: on a way back.
    """
    rest, unmoved, moods = _by_mood(size, loading)
    parts = []
    for picture in PICTURES:
        chance = _chances(picture, chances, size.shape[-1])
        mixed = _mixed(_log_ratio(rest, unmoved, grip, loading, picture), chance)
        together = mixed[..., warm, :].sum(axis=-2)
        # Take away the case in which no warm rhythm takes part at all.
        nobody = np.log1p(-chance[warm]).sum()
        gap = np.minimum(nobody - together, -1e-12)
        together = together + np.log(-np.expm1(gap)) + mixed[..., ~warm, :].sum(axis=-2)
        parts.append(log_sum(together + moods, axis=-1))
    mean = log_sum(np.stack(parts), axis=0) - np.log(len(PICTURES))
    return np.asarray(mean - log_unmoved(size, loading))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What each rhythm does in a change, given that there is one; hypotheses by rhythms.

    `chance` that it takes part; if it does, its `effect` (link scale, positive agrees) and the
    `variance` of that. A change is told because it looked large; what is known of changes
    beforehand takes that back (shrinkage; Efron 2011).
    """

    chance: Floats
    effect: Floats
    variance: Floats


def taking_part(size: Floats, grip: Floats, loading: Floats, chances: Floats | None = None) -> Part:
    """The part of each rhythm, given that the hypothesis holds; arguments as in `log_ratios`."""
    rest, unmoved, moods = _by_mood(size, loading)
    shares, weights, effects, variances = [], [], [], []
    for picture in PICTURES:
        log_ratio = _log_ratio(rest, unmoved, grip, loading, picture)
        chance = _chances(picture, chances, size.shape[-1])
        mixed = _mixed(log_ratio, chance)
        total = mixed.sum(axis=-2) + moods
        whole = log_sum(total, axis=-1)
        share = np.exp(np.log(chance)[:, None] + log_ratio - mixed)
        shares.append((share * np.exp(total - whole[..., None])[..., None, :]).sum(axis=-1))
        weights.append(whole)
        firm = grip**2 + picture.spread**-2.0
        effects.append((size * grip + picture.mean * picture.spread**-2.0) / firm)
        variances.append(1.0 / firm)
    logs = np.stack(weights)
    weight = np.exp(logs - log_sum(logs, axis=0))[..., None] * np.stack(shares)
    chance = weight.sum(axis=0)
    weight = weight / np.maximum(chance, 1e-300)
    effect = (weight * np.stack(effects)).sum(axis=0)
    between = (weight * (np.stack(effects) - effect) ** 2).sum(axis=0)
    return Part(
        chance=chance,
        effect=effect,
        variance=(weight * np.stack(variances)).sum(axis=0) + between,
    )
