"""Every start and shape that a change can have, each with what the weeks say for it.

A change is a step, or a straight ramp over 8, 16 or 26 weeks. For a start and a shape, `size` is
the estimate of the change in units of its own standard error, week by week, and `grip` is 1 over
that standard error: how firmly the weeks so far hold a change of size 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from turntoward.drift.baseline import Whitened
from turntoward.drift.record import Floats

#: Weeks until a change is complete, and how likely each is beforehand.
LENGTHS = np.array([0, 8, 16, 26])
LENGTHS_PRIOR = np.array([0.4, 0.2, 0.2, 0.2])


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """Arrays are lengths by weeks by starts by rhythms; positive `size` is closer.

    `brief` is how much of the error of `size` comes from noise of single weeks, 0 to 1; the rest
    is wander.
    """

    size: Floats
    grip: Floats
    brief: Floats


def _sums(steps: Floats, longest: int) -> Floats:
    """Running sums over starts (the last axis), beginning with nothing.

    Steps after the last week do not show yet: `longest` of them are added.
    """
    starts = steps.shape[-1]
    total = np.zeros((*steps.shape[:-1], starts + 1 + longest))
    np.cumsum(steps, axis=-1, out=total[..., 1 : starts + 1])
    total[..., starts + 1 :] = total[..., starts, None]
    return total


def _ramp(sums: Floats, starts: slice, length: int) -> Floats:
    """A ramp is the mean of `length` steps in a row."""
    ends = slice(starts.start + length, starts.stop + length)
    return np.asarray((sums[..., ends] - sums[..., starts]) / length)


def _running(terms: Floats, first: int) -> Floats:
    """Sums over the weeks so far, at the end of each week from `first` on."""
    before = terms[:, :first].sum(axis=1, keepdims=True)
    return np.asarray(np.cumsum(terms[:, first:], axis=1) + before)


def fits(whitened: Whitened, first: int, starts: slice) -> Fits:
    """All shapes for the given starts, as known at the end of each week from `first` on."""
    rhythms, weeks, _ = whitened.steps.shape
    shape_of_all = (len(LENGTHS), weeks - first, starts.stop - starts.start, rhythms)
    size, grip, brief = np.empty(shape_of_all), np.empty(shape_of_all), np.empty(shape_of_all)
    sums = _sums(whitened.steps, int(LENGTHS.max()))
    for number, length in enumerate(LENGTHS):
        shape = _ramp(sums, starts, max(int(length), 1))
        told = _running(shape * whitened.weeks[:, :, None], first)
        held = np.sqrt(_running(np.square(shape, out=shape), first)) + 1e-9
        size[number] = np.moveaxis(told / held, 0, -1)
        grip[number] = np.moveaxis(held, 0, -1)
        plain = _plain(whitened.plain, first, starts, int(length))
        brief[number] = np.minimum(grip[number] ** 2 / plain, 1.0)
    return Fits(size=size, grip=grip, brief=brief)


def _plain(single: Floats, first: int, starts: slice, length: int) -> Floats:
    """The square of `grip` if nothing wandered: weeks by starts by rhythms."""
    weeks = np.arange(single.shape[1])[:, None] + 1.0
    since = weeks - np.arange(starts.start, starts.stop)
    shape = np.clip(since / max(length, 1), 0.0, 1.0)
    around = np.cumsum(shape**2, axis=0) - np.cumsum(shape, axis=0) ** 2 / weeks
    mean = np.cumsum(single, axis=1).T / weeks
    return np.asarray(around[first:, :, None] * mean[first:, None, :] + 1e-12)


def passing(whitened: Whitened, week: int, starts: slice, length: int) -> tuple[Floats, Floats]:
    """The same at one week for something that came and went: `size`, `grip`, starts by rhythms.

    It is one step and, `length` weeks later, the same step back.
    """
    # Before the first start there is nothing to see of any of them.
    steps = whitened.steps[:, starts.start : week + 1]
    weeks = whitened.weeks[:, starts.start : week + 1]
    count = starts.stop - starts.start
    here = steps[:, :, starts]
    back = steps[:, :, starts.start + length : starts.stop + length]
    told = np.einsum("jts,jt->sj", here, weeks)
    held = np.einsum("jts,jts->sj", here, here)
    # Starts so late that it still lasts have no way back to look at.
    ended = min(back.shape[2], count)
    told[:ended] -= np.einsum("jts,jt->sj", back, weeks)[:ended]
    held[:ended] += np.einsum("jts,jts->sj", back, back)[:ended]
    held[:ended] -= 2.0 * np.einsum("jts,jts->sj", here[:, :, :ended], back)
    held = np.sqrt(np.maximum(held, 0.0)) + 1e-9
    return told / held, held
