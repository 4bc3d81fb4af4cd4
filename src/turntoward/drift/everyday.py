"""What else explains such weeks: something that passes, or moving in together.

Both compete with drift for the same weeks. Illness, visitors and deadlines touch many rhythms for
days to weeks and pass. After moving in the two write less for good, and whatever is counted per
day falls along; how bids are met, and how soon, does not.
"""

from __future__ import annotations

import numpy as np

from turntoward.drift.baseline import Whitened
from turntoward.drift.evidence import LOG_MOODS, MOODS, log_unmoved
from turntoward.drift.logs import log_sum
from turntoward.drift.record import Bools, Floats
from turntoward.drift.shapes import passing

#: Weeks that something passing lasts, and how often a year something of that length begins.
PASSING = {1: 1.2, 2: 0.8, 3: 0.5, 4: 0.35, 6: 0.3, 8: 0.2, 11: 0.08}
#: On the link scale: spread of what all rhythms share in such weeks, and of each beyond it: small
#: things and large ones, equally likely.
PASSING_SIZES = ((0.35, 0.12), (0.9, 0.3))
#: A week of passing things may begin this long before the drift that it competes with.
EARLIER = 3
#: How often, for one drift, two people just write less for good; and by how much.
FEWER_OFTEN, FEWER_SPREAD, FEWER_OWN = 0.5, 0.7, 0.15


def _log_density(size: Floats, grip: Floats, loading: Floats, shared: float, own: float) -> Floats:
    """Log density of sizes: unit noise with a common mood, a shared effect, an own effect each.

    The covariance is diagonal but for two directions, so its inverse and determinant are those of
    a two by two matrix (Woodbury).
    """
    single = 1.0 - loading**2 + (own * grip) ** 2
    effect = shared * grip
    mood = 1.0 + (loading**2 / single).sum(axis=-1)
    both = (loading * effect / single).sum(axis=-1)
    force = 1.0 + (effect**2 / single).sum(axis=-1)
    inside = mood * force - both**2
    pull, push = (loading * size / single).sum(axis=-1), (effect * size / single).sum(axis=-1)
    explained = (force * pull**2 - 2.0 * both * pull * push + mood * push**2) / inside
    fit = (size**2 / single).sum(axis=-1) - explained
    return np.asarray(-0.5 * (fit + np.log(single).sum(axis=-1) + np.log(inside)))


def log_passing(whitened: Whitened, loading: Floats, week: int, starts: slice) -> Floats:
    """Log likelihood ratio of life with something passing against without, by start of a drift.

    For a start only what begins around it or later competes: what passed before explains none of
    the weeks in which the drift would show. Of the first `EARLIER` starts less is known.
    """
    known = slice(starts.start, min(starts.stop, week + 1))
    logs = []
    for length, yearly in PASSING.items():
        size, grip = passing(whitened, week, known, length)
        chance = np.log(yearly / 52.0 / len(PASSING_SIZES))
        none = _log_density(size, grip, loading, 0.0, 0.0)
        logs += [_log_density(size, grip, loading, *both) - none + chance for both in PASSING_SIZES]
    each = log_sum(np.stack(logs), axis=0)
    later = np.logaddexp.accumulate(each[::-1])[::-1]
    expected = sum(PASSING.values()) / 52.0 * np.arange(len(each), 0, -1)
    gain = np.logaddexp(0.0, later) - np.log1p(expected)
    unknown = np.zeros(starts.stop - known.stop)
    return np.concatenate([np.full(EARLIER, gain[0]), gain, unknown])[: starts.stop - starts.start]


def log_fewer(size: Floats, grip: Floats, loading: Floats, rates: Bools, volume: int) -> Floats:
    """Log likelihood ratio of just writing less, so that what is counted per day falls along.

    `size` and `grip` are hypotheses by rhythms; `rates` are the rhythms counted per day.
    """
    nodes = np.linspace(-2.5, 2.5, 15)
    weight = -0.5 * nodes**2
    weight = weight - log_sum(weight)
    own = 1.0 - loading**2
    rest = size[..., None] - loading[..., None] * MOODS  # hypotheses, rhythms, moods
    unmoved = rest**2 / (2.0 * own[..., None])
    moods = LOG_MOODS - unmoved.sum(axis=-2)
    change = FEWER_SPREAD * nodes
    log_ratio = np.zeros((*size.shape[:-1], len(MOODS), len(nodes)))
    for row in np.flatnonzero(rates):
        held, left = grip[..., row, None, None], rest[..., row, :, None]
        still = unmoved[..., row, :, None]
        spread = 0.0 if row == volume else FEWER_OWN
        mine = own[..., row, None, None]
        wide = mine + (spread * held) ** 2
        along = still - (left - change * held) ** 2 / (2 * wide) + 0.5 * np.log(mine / wide)
        log_ratio += along if row == volume else np.logaddexp(along, 0.0) - np.log(2.0)
    total = log_sum(log_ratio + weight, axis=-1) + moods
    ratio = log_sum(total, axis=-1) - log_unmoved(size, loading)
    return np.asarray(ratio)
