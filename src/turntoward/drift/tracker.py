"""What is usual for the two, followed week by week, and how a change from any week on would show.

Per rhythm a Kalman filter: a level that stays, moods and wander that come back, a yearly and a
half-yearly swing, and how told days differ. For every possible start the filter also carries how
a step of size 1 would have moved its own estimates; from that, each week's surprises say how large
a step is likely, and how firmly they say it. A ramp is the mean of steps in a row, something that
passes is a step and a step back: both follow from the steps.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from turntoward.drift.arrays import Floats
from turntoward.drift.known import Told
from turntoward.drift.noise import KEPT, LEVEL_SPREAD, Noise

YEAR = 52.18
#: Spreads on the link scale of the yearly and the half-yearly swing.
YEARLY, HALF_YEARLY = 0.09, 0.05
#: How much told days differ, and how much each time differs from the last.
TOLD_SPREAD, TOLD_OWN = 0.35, 0.15
#: Weeks until a change is complete.
LENGTHS = (0, 8, 16, 26)
#: Weeks that something passing lasts.
PASSING = (1, 2, 3, 4, 6, 8, 11)
#: A single week never counts for more standard deviations than this: in the decision, in dating.
CLIP, TRUST = 2.5, 4.0
#: How far back a start may lie, and room for that many weeks more before old starts are let go.
REACH, ROOM = 104, 52
_SLOTS = REACH + ROOM
_STEADY = 4  # level, mood, two wanders


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """Every shape and start as known at the end of a week.

    Arrays are shapes by starts by rhythms. `size` is the estimated change in units of its own
    standard error, positive is closer; `grip` is 1 over that error; `brief` is how much of the
    error comes from noise of single weeks, 0 to 1. `starts` are the weeks of the starts.
    """

    size: Floats
    grip: Floats
    brief: Floats
    starts: NDArray[np.int_]


@dataclass(slots=True, kw_only=True)
class Tracker:
    """Follows the rhythms from week `first` on. It changes with every week that it is given."""

    rhythms: int
    first: int
    lengths: tuple[int, ...] = LENGTHS
    week: int = field(init=False)  # the week that comes next
    held: int = 0  # recorded weeks so far
    _base: int = field(init=False)  # the week of slot 0
    _mean: Floats = field(init=False)
    _spread: Floats = field(init=False)
    _moved: Floats = field(init=False)  # rhythms by slots by state
    _score: Floats = field(init=False)  # 2 clips by rhythms by slots
    _grip: Floats = field(init=False)  # lengths by rhythms by slots
    _cross: Floats = field(init=False)  # passing by rhythms by slots
    _firm: Floats = field(init=False)  # sum over weeks of how firmly each holds, if nothing wanders

    def __post_init__(self) -> None:
        states, rhythms = _STEADY + 4 + len(Told), self.rhythms
        self.week = self._base = self.first
        spread = np.zeros(states)
        spread[0] = LEVEL_SPREAD**2
        spread[4:6], spread[6:8] = YEARLY**2, HALF_YEARLY**2
        spread[8:] = TOLD_SPREAD**2
        self._mean = np.zeros((rhythms, states))
        self._spread = np.tile(np.diag(spread), (rhythms, 1, 1))
        self._moved = np.zeros((rhythms, _SLOTS, states))
        self._score = np.zeros((2, rhythms, _SLOTS))
        self._grip = np.zeros((len(self.lengths), rhythms, _SLOTS))
        self._cross = np.zeros((len(PASSING), rhythms, _SLOTS))
        self._firm = np.zeros(rhythms)

    @property
    def oldest(self) -> int:
        """The oldest week that is still known as a start."""
        return self._base

    def carry(self, other: Tracker) -> None:
        """Take over what another tracker knows of the seasons and of told days."""
        self._mean[:, 4:] = other._mean[:, 4:]
        self._spread[:, 4:, 4:] = other._spread[:, 4:, 4:]

    def expected(self, told: Floats, season: int) -> Floats:
        """What is usual in such a week beyond level, mood and wander: season and told days."""
        return np.asarray(self._mean[:, 4:] @ _seen(told, season)[4:])

    def add(
        self, value: Floats, variance: Floats, noise: Noise, told: Floats, season: int
    ) -> Floats:
        """One more week; returns its surprises in standard deviations.

        `value` are residuals on the link scale, `variance` their sampling variance, `told` the
        share of the week by `Told`, `season` the number of the week in its year.
        """
        self._make_room()
        seen = _seen(told, season)
        self._forget(noise)
        pull = self._spread @ seen
        single = variance + noise.white + (TOLD_OWN * told.max()) ** 2
        total = pull @ seen + single
        gain, root = pull / total[:, None], np.sqrt(total)
        error = value - self._mean @ seen
        surprise = error / root
        self._mean += gain * (np.clip(surprise, -TRUST, TRUST) * root)[:, None]
        self._spread -= gain[:, :, None] * pull[:, None, :]
        self._take_in(surprise, gain, root, seen)
        self._firm += 1.0 / (single + noise.mood)
        self.week += 1
        return np.asarray(surprise)

    def _forget(self, noise: Noise) -> None:
        """A week passes: moods and wander fade, and may have changed."""
        kept = np.ones(len(self._mean[0]))
        kept[1:4] = KEPT
        self._mean *= kept
        self._spread *= np.outer(kept, kept)
        fresh = np.stack([noise.mood, noise.wander / 2.0, noise.wander / 2.0], axis=1)
        if self.week == self.first:
            self._spread[:, range(1, 4), range(1, 4)] = fresh
        else:
            self._spread[:, range(1, 4), range(1, 4)] += fresh * (1.0 - KEPT**2)
        self._moved[:, : self.week - self._base + 1, 1:4] *= KEPT

    def _take_in(self, surprise: Floats, gain: Floats, root: Floats, seen: Floats) -> None:
        slots = self.week - self._base + 1
        moved = self._moved[:, :slots]
        shows = 1.0 - moved @ seen
        moved += gain[:, None, :] * shows[:, :, None]
        shows /= root[:, None]
        self._score[0, :, :slots] += np.clip(surprise, -CLIP, CLIP)[:, None] * shows
        self._score[1, :, :slots] += np.clip(surprise, -TRUST, TRUST)[:, None] * shows
        self._grip[0, :, :slots] += shows**2
        sums = np.zeros((self.rhythms, slots + 1 + self.lengths[-1]))
        np.cumsum(shows, axis=1, out=sums[:, 1 : slots + 1])
        sums[:, slots + 1 :] = sums[:, slots, None]
        for number, length in enumerate(self.lengths[1:], start=1):
            ramp = (sums[:, length : slots + length] - sums[:, :slots]) / length
            self._grip[number, :, :slots] += ramp**2
        for number, length in enumerate(PASSING):
            if slots > length:
                self._cross[number, :, : slots - length] += (
                    shows[:, : slots - length] * shows[:, length:]
                )

    def _make_room(self) -> None:
        """Let the oldest starts go once there is no slot left."""
        if self.week - self._base < _SLOTS:
            return
        for array in (self._score, self._grip, self._cross):
            array[..., :REACH] = array[..., ROOM:]
            array[..., REACH:] = 0.0
        self._moved[:, :REACH] = self._moved[:, ROOM:]
        self._moved[:, REACH:] = 0.0
        self._base += ROOM

    def looking(self, before: int, after: int, trust: bool = False) -> Looking:
        """All shapes for starts from `before` weeks after the first to `after` weeks ago.

        With `trust`, single weeks count for more, as in dating.
        """
        since = max(self.first + before, self.week - REACH, self._base)
        low, high = since - self._base, self.week - after - self._base
        score = self._score[int(trust)]
        sums = np.zeros((self.rhythms, _SLOTS + 1 + self.lengths[-1]))
        np.cumsum(score, axis=1, out=sums[:, 1 : _SLOTS + 1])
        sums[:, _SLOTS + 1 :] = sums[:, _SLOTS, None]
        parts = [score[:, low:high]]
        for length in self.lengths[1:]:
            ends = sums[:, low + length : high + length]
            parts.append((ends - sums[:, low:high]) / length)
        grip = np.sqrt(self._grip[:, :, low:high]) + 1e-9
        size = np.stack(parts) / grip
        starts = np.arange(since, since + max(high - low, 0), dtype=np.int_)
        return Looking(
            size=size.transpose(0, 2, 1),
            grip=(grip := grip.transpose(0, 2, 1)),
            brief=np.minimum(grip**2 / self._plain(starts), 1.0),
            starts=starts,
        )

    def _plain(self, starts: NDArray[np.int_]) -> Floats:
        """The square of `grip` if nothing wandered: lengths by starts by rhythms."""
        weeks = self.week - self.first
        last = self.week - starts  # weeks from each start on
        ramp = np.maximum(np.array(self.lengths), 1)[:, None]
        # Sums over weeks 1 to `last` of min(k / ramp, 1) and of its square.
        rising = np.minimum(last, ramp)
        flat = last - rising
        once = rising * (rising + 1) / (2.0 * ramp) + flat
        twice = rising * (rising + 1) * (2 * rising + 1) / (6.0 * ramp**2) + flat
        around = np.maximum(twice - once**2 / weeks, 1e-9)
        return np.asarray(around[:, :, None] * (self._firm / weeks) + 1e-12)

    def passing(self, since: int, length: int) -> tuple[Floats, Floats]:
        """For something that came and went, from each week from `since` on: `size` and `grip`.

        Starts by rhythms. Where it still lasts there is no way back to look at.
        """
        low, high = since - self._base, self.week - self._base
        score, grip = self._score[0, :, low:high].copy(), self._grip[0, :, low:high].copy()
        ended = max(high - low - length, 0)
        score[:, :ended] -= self._score[0, :, low + length : high]
        grip[:, :ended] += self._grip[0, :, low + length : high]
        number = PASSING.index(length)
        grip[:, :ended] -= 2.0 * self._cross[number, :, low : low + ended]
        grip = np.sqrt(np.maximum(grip, 0.0)) + 1e-9
        return (score / grip).T, grip.T


def _seen(told: Floats, season: int) -> Floats:
    """How each part of the state shows in a week."""
    turn = 2.0 * np.pi * season / YEAR
    swing = [np.cos(turn), np.sin(turn), np.cos(2 * turn), np.sin(2 * turn)]
    return np.concatenate([np.ones(_STEADY), swing, told])
