"""Week by week: is what the weeks say for a drift enough to say so?

The weeks are taken in order and nothing after a week enters its decision. For the first
years the couple's noise is learned anew each year; at most three years stand behind a decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from turntoward.drift.baseline import CLIP, Learned, Noise, Whitened, learn, noise_of, whiten
from turntoward.drift.everyday import EARLIER, FEWER_OFTEN, log_fewer, log_passing
from turntoward.drift.evidence import log_ratios
from turntoward.drift.link import ABSENT, residuals
from turntoward.drift.logs import log_sum
from turntoward.drift.record import VOLUME, Bools, Floats, Record
from turntoward.drift.shapes import LENGTHS_PRIOR, Fits, fits
from turntoward.drift.shift import Toward
from turntoward.rhythms.series import Family

#: The first recorded week that may have a verdict, and weeks after a change before the next one.
LEARN, SETTLE = 40, 13
#: Weeks that are scanned with one baseline, weeks behind it, and how far back a start may lie.
BLOCK, MEMORY, REACH = 52, 104, 104
#: Weeks of baseline before a start, and weeks after it before it may be told.
BEFORE, AFTER = 8, 3
#: Weeks that one look at the noise takes in, how long before a block it ends, and after how many
#: looks enough is known.
WINDOW, LAG, LOOKS = 52, 13, 5
#: Before any data: a drift begins once in five years, and after one the way back within two.
LOG_HAZARD = {Toward.QUIETER: float(np.log(1 / 260)), Toward.CLOSER: float(np.log(1 / 104))}
#: How much of the wander the rhythms share, compared with the noise of single weeks.
WANDER_SHARED = 0.35
#: Turns a size so that positive agrees with the direction.
TURNED = {Toward.QUIETER: -1.0, Toward.CLOSER: 1.0}
#: Starts and shapes whose best possible evidence is less by more than this are left out.
CLOSE = 6.0
#: Log odds at which a change is told, set with `benchmarks/drift_threshold.py`: 20 to 1 for a
#: drift, fewer for the way back, which is only looked for where a drift was told before.
TELL = {Toward.QUIETER: 3.0, Toward.CLOSER: 2.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Weeks `first` to `last` (excluded), whitened, with all starts from `first` + BEFORE on."""

    first: int
    last: int
    noise: Noise
    whitened: Whitened
    fits: Fits  # its weeks begin at `scanned`
    scanned: int
    starts: slice  # relative to `first`
    warm: Bools  # the rhythms that may show a drift: measured here, and not the volume

    def loading(self, week: int) -> Floats:
        """How far errors are shared, at the end of a week: lengths by starts by rhythms.

        Moods are shared and brief. Of the wander, which lasts, only a part is.
        """
        brief = self.fits.brief[:, week - self.scanned]
        shared = WANDER_SHARED + (1.0 - WANDER_SHARED) * brief
        return np.asarray(self.noise.loading * np.sqrt(shared))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """In week `week` the log odds for a drift `toward` were as high as asked for."""

    week: int
    toward: Toward
    log_odds: float
    view: Stretch
    learned: Learned


def stretch(
    record: Record, noise: Noise, first: int, scanned: int, last: int, clip: float = CLIP
) -> Stretch:
    """Lay out the weeks `first` to `last`; the level is learned before `scanned`."""
    data = residuals(record, first, scanned, last)
    whitened = whiten(data, noise, clip)
    starts = slice(max(BEFORE, scanned - first - REACH), last - first)
    measured = (data.variance < ABSENT).any(axis=1)
    return Stretch(
        first=first,
        last=last,
        noise=noise,
        whitened=whitened,
        fits=fits(whitened, scanned - first, starts),
        scanned=scanned,
        starts=starts,
        warm=record.warm & measured,
    )


def _prior(view: Stretch, weeks: NDArray[np.int_], toward: Toward) -> Floats:
    """Log odds before any data: weeks by lengths by starts."""
    late = weeks[:, None, None] - view.first
    starts = np.arange(view.starts.start, view.starts.stop)
    prior = np.where(starts <= late - AFTER, LOG_HAZARD[toward], -np.inf)
    return np.asarray(prior + np.log(LENGTHS_PRIOR)[:, None])


def _at_most(view: Stretch, weeks: NDArray[np.int_], toward: Toward) -> Floats:
    """What the best of all effects would give, in place of `log_drift`: cheap, and mostly low."""
    size = view.fits.size[:, weeks - view.scanned][..., view.warm]
    agrees = np.maximum(size * TURNED[toward], 0.0)
    return np.asarray(_prior(view, weeks, toward) + 0.5 * (agrees**2).sum(axis=-1).swapaxes(0, 1))


def log_drift(view: Stretch, week: int, toward: Toward, by: int | None = None) -> Floats:
    """Log of prior odds times likelihood ratio against no change: lengths by starts.

    With `by`, starts after that week are left out, and all others are looked at closely.
    """
    weeks = np.array([week])
    most = _at_most(view, weeks, toward)[0]
    if by is None:
        close = most > most.max() - CLOSE
    else:
        close = np.isfinite(most)
        close[:, by - view.first - view.starts.start + 1 :] = False
    size = view.fits.size[:, week - view.scanned][close] * TURNED[toward]
    grip = view.fits.grip[:, week - view.scanned][close]
    logs = np.full(most.shape, -np.inf)
    logs[close] = log_ratios(size, grip, view.loading(week)[close], view.warm)
    logs[close] += _prior(view, weeks, toward)[0][close]
    return logs


def log_odds(record: Record, view: Stretch, week: int, toward: Toward) -> Floats:
    """The same against all that else explains the weeks: no change, passing things, moving in."""
    logs = log_drift(view, week, toward)
    near = logs > logs.max() - CLOSE
    from_start = max(int(np.flatnonzero(near.any(axis=0))[0]) - EARLIER, 0)
    starts = slice(view.starts.start + from_start, view.starts.stop)
    rival = np.zeros(logs.shape)
    rival[:, from_start:] = log_passing(
        view.whitened, view.noise.loading, week - view.first, starts
    )
    names = [one.name for one in record.series]
    if VOLUME in names:
        row = week - view.scanned
        fewer = log_fewer(
            view.fits.size[:, row][near],
            view.fits.grip[:, row][near],
            view.loading(week)[near],
            np.array([one.family is Family.RATE for one in record.series]),
            names.index(VOLUME),
        )
        often = np.logaddexp(rival[near], fewer + np.log(FEWER_OFTEN))
        rival[near] = often - np.log1p(FEWER_OFTEN)
    return np.where(near, logs - rival, -np.inf)


def _worth_a_look(view: Stretch, tell: Mapping[Toward, float]) -> list[tuple[int, Toward]]:
    """The weeks, in order, in which a change could reach what `tell` asks at all."""
    weeks = np.arange(view.scanned, view.last)
    worth = []
    for toward, floor in tell.items():
        most = log_sum(_at_most(view, weeks, toward), axis=(1, 2))
        worth += [(int(week), toward) for week in weeks[most >= floor]]
    return sorted(worth)


def told(
    record: Record,
    first: int,
    begin: int,
    learned: Learned,
    tell: Mapping[Toward, float],
) -> Iterator[Alarm]:
    """The weeks from `begin` on whose log odds reach what `tell` asks; the level is of `first` on.

    Only the directions in `tell` are looked for.
    """
    for block in range(begin, record.weeks, BLOCK):
        last = min(block + BLOCK, record.weeks)
        while learned.looks < LOOKS and block - LAG - learned.until >= WINDOW:
            end = learned.until + WINDOW
            learned = learn(learned, residuals(record, learned.until, end, end), end)
        view = stretch(record, noise_of(learned), max(first, block - MEMORY), block, last)
        if not view.warm.any():
            continue
        for week, toward in _worth_a_look(view, tell):
            # A drift has to beat no change at all before it is held against anything else.
            if log_sum(log_drift(view, week, toward)) < tell[toward]:
                continue
            odds = float(log_sum(log_odds(record, view, week, toward)))
            if odds >= tell[toward]:
                yield Alarm(week=week, toward=toward, log_odds=odds, view=view, learned=learned)
