"""What else explains such weeks: something that passes, or moving in together.

Both compete with drift for the same weeks. Illness, visitors and deadlines touch many rhythms for
days to weeks and pass. After moving in the two write less for good, and whatever is counted per
day falls along (turntoward.drift.link); how bids are met, and how soon, does not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from turntoward.drift.arrays import Bools, Floats, log_sum
from turntoward.drift.evidence import LOG_MOODS, MOODS, log_unmoved
from turntoward.drift.tracker import Tracker

#: Weeks that something passing lasts, and how often a year something of that length begins.
PASSING_OFTEN = {1: 1.2, 2: 0.8, 3: 0.5, 4: 0.35, 6: 0.3, 8: 0.2, 11: 0.08}
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


def log_passing(tracker: Tracker, loading: Floats, starts: NDArray[np.int_]) -> Floats:
    """Log likelihood ratio of life with something passing against without, by start of a drift.

    `starts` are weeks in a row. For a start only what begins around it or later competes: what
    passed before explains none of the weeks in which the drift would show.
    """
    since = max(int(starts[0]) - EARLIER, tracker.oldest)
    logs = []
    for length, yearly in PASSING_OFTEN.items():
        size, grip = tracker.passing(since, length)
        chance = np.log(yearly / 52.0 / len(PASSING_SIZES))
        none = _log_density(size, grip, loading, 0.0, 0.0)
        logs += [_log_density(size, grip, loading, *both) - none + chance for both in PASSING_SIZES]
    each = log_sum(np.stack(logs), axis=0)
    later = np.logaddexp.accumulate(each[::-1])[::-1]
    expected = sum(PASSING_OFTEN.values()) / 52.0 * np.arange(len(each), 0, -1)
    gain = np.logaddexp(0.0, later) - np.log1p(expected)
    return np.asarray(gain[np.maximum(starts - EARLIER - since, 0)])


def log_fewer(size: Floats, grip: Floats, loading: Floats, rates: Bools, volume: int) -> Floats:
    """Log likelihood ratio of just writing less: the volume falls, and nothing else does.

    What is counted per day goes along with the volume as it always did, up to a little that is
    not known. `size` and `grip` are hypotheses by rhythms; `rates` those counted per day.
    """
    own = (1.0 - loading**2)[..., None]
    rest = size[..., None] - loading[..., None] * MOODS  # hypotheses, rhythms, moods
    unmoved = rest**2 / (2.0 * own)
    spread = np.where(np.arange(len(rates)) == volume, FEWER_SPREAD, FEWER_OWN)
    wide = own + ((spread * grip) ** 2)[..., None]
    ratio = unmoved - rest**2 / (2.0 * wide) + 0.5 * np.log(own / wide)
    half = np.logaddexp(ratio, 0.0) - np.log(2.0)
    half[..., volume, :] = ratio[..., volume, :]
    total = half[..., rates, :].sum(axis=-2) + LOG_MOODS - unmoved.sum(axis=-2)
    return np.asarray(log_sum(total, axis=-1) - log_unmoved(size, loading))
