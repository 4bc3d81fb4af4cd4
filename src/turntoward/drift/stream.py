"""Week by week: is what the weeks say for a drift enough to say so?

The weeks are taken in order and nothing after a week enters its decision. First what is usual is
learned; then every week is held against it; after a change it is learned anew from the end of
that change on.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field, replace

import numpy as np

from turntoward.drift.arrays import Floats
from turntoward.drift.link import Centre, Sort, centre, residual
from turntoward.drift.noise import ENOUGH, Learner, Noise
from turntoward.drift.odds import AFTER, BEFORE, Rhythms, Sought, log_odds
from turntoward.drift.onset import Dated, date_of
from turntoward.drift.shift import Toward
from turntoward.drift.tracker import Tracker

#: The first recorded week that may have a verdict, and weeks after a change before the next one.
LEARN, SETTLE = 52, 13
#: Recorded weeks from which the level is taken first; a rhythm that comes later waits as long.
GATHER, LATER = 48, 16
#: Weeks that are made up for with each new one, so that none takes long.
CATCH_UP = 8
#: Log odds at which a change is told, set with `benchmarks/drift_threshold.py`.
TELL = {Toward.QUIETER: 0.9, Toward.CLOSER: 0.9}
#: Weeks before a decision of which is told how likely a change was in them.
HALF_YEAR = 26
#: The noise is looked at anew after this many weeks.
LOOK = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One week: arrays by rhythm, exposure 0 is "no record"; `told` is its share by `Told`."""

    counts: Floats
    exposures: Floats
    squares: Floats
    told: Floats


@dataclass(slots=True, kw_only=True)
class Noticed:
    """A change in the week it was decided; `dated` may be refined by weeks after it.

    `since` is the week from which on the level before was learned. `tracker` is as it was then.
    `path` begins half a year before; minus infinity where a week was nowhere near.
    """

    sought: Sought
    week: int
    log_odds: float
    since: int
    tracker: Tracker
    noise: Noise
    around: Centre
    path: dict[int, float]  # log odds by week
    dated: Dated = field(init=False)


@dataclass(slots=True, kw_only=True)
class _Usual:
    """What is usual from some week on: the level that residuals are around, and its tracker."""

    around: Centre
    tracker: Tracker
    ready: int  # the first week that may have a verdict, or a new beginning


@dataclass(slots=True, kw_only=True)
class Stream:
    """Takes one week after the other. `season` is the number of the first week in its year."""

    rhythms: Rhythms
    season: int = 0
    tell: dict[Toward, float] = field(default_factory=lambda: dict(TELL))
    level: float = 0.8
    weeks: list[Counted] = field(default_factory=list)
    noticed: list[Noticed] = field(default_factory=list)
    _learner: Learner = field(init=False)
    _noise: Noise = field(init=False)
    _held: list[int] = field(default_factory=list)  # recorded weeks
    _usual: _Usual | None = None
    _settling: Noticed | None = None
    _path: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._learner = Learner(rhythms=len(self.rhythms.warm))
        self._noise = self._learner.noise()

    @property
    def measured(self) -> bool:
        """True once it is known of any warm rhythm what is usual."""
        usual = self._usual
        return usual is not None and bool(usual.around.measured[self.rhythms.warm].any())

    @property
    def sort(self) -> Sort:
        """What kind of numbers the rhythms are."""
        return self.rhythms.sort

    def add(self, week: Counted) -> Noticed | None:
        """One more week; a change if it is decided in this week."""
        self.weeks.append(week)
        number = len(self.weeks) - 1
        recorded = bool((week.exposures[self.rhythms.warm] > 0).any())
        if recorded:
            self._held.append(number)
        if self._usual is None:
            if len(self._held) < GATHER:
                return None
            self._begin(self._held[0], number, ready=number + 1)
        usual = self._usual
        assert usual is not None
        for behind in range(usual.tracker.week, min(number + 1, usual.tracker.week + CATCH_UP)):
            self._follow(usual, behind)
        if number < usual.ready or usual.tracker.week <= number:
            return None
        if self._settling is not None:
            self._settle(self._settling, usual, number)
            return None
        if not recorded or len(self._held) < LEARN:
            return None
        return self._decide(usual, number)

    def later(self, found: Noticed, seen: int) -> Dated:
        """The date of a change as seen at the end of week `seen`; its own tracker goes on."""
        for number in range(found.tracker.week, seen + 1):
            week = self.weeks[number]
            value, variance, _ = residual(self.sort, found.around, week.counts, week.exposures)
            found.tracker.add(value, variance, found.noise, week.told, self.season + number)
            looking = found.tracker.looking(BEFORE, AFTER)
            odds = log_odds(found.tracker, looking, found.noise, self.rhythms, found.sought)
            found.path[number] = odds
        found.dated = self._dated(found, found.tracker)
        return found.dated

    def _begin(self, first: int, last: int, ready: int) -> None:
        """Take what is usual from week `first` on; its level from the weeks to `last`."""
        tracker = Tracker(rhythms=len(self.rhythms.warm), first=first)
        if self._usual is not None:
            tracker.carry(self._usual.tracker)
        self._learner.begin()
        around = self._around(first, last, SETTLE if self._usual is None else 1)
        if self._usual is not None:
            # What was learned of the noise is in these units.
            before = self._usual.around
            around = replace(around, unit=np.where(before.measured > 0, before.unit, around.unit))
        self._usual = _Usual(around=around, tracker=tracker, ready=ready)

    def _around(self, first: int, last: int, fewest: int) -> Centre:
        weeks = self.weeks[first : last + 1]
        return centre(
            self.sort,
            np.stack([week.counts for week in weeks], axis=1),
            np.stack([week.exposures for week in weeks], axis=1),
            np.stack([week.squares for week in weeks], axis=1),
            fewest,
        )

    def _follow(self, usual: _Usual, number: int) -> None:
        week, season = self.weeks[number], self.season + number
        if number % LOOK == 0:
            self._take_up(usual, number)
        value, variance, there = residual(self.sort, usual.around, week.counts, week.exposures)
        learning = self._learner.weeks < ENOUGH
        expected = usual.tracker.expected(week.told, season) if learning else value
        surprise = usual.tracker.add(value, variance, self._noise, week.told, season)
        if learning:
            self._learner.add(value - expected, variance, there, surprise)
            if number % LOOK == 0:
                self._noise = self._learner.noise()

    def _take_up(self, usual: _Usual, number: int) -> None:
        """Take up a rhythm that was not there at first, once it has been for a while."""
        if usual.around.measured.all() or number <= usual.tracker.first + LATER:
            return
        later = self._around(number - LATER, number - 1, 3 * LATER // 4)
        usual.around = usual.around.joined(later)

    def _decide(self, usual: _Usual, number: int) -> Noticed | None:
        looking = usual.tracker.looking(BEFORE, AFTER)
        for sought in self._looked_for():
            enough = self.tell[sought.toward]
            odds = log_odds(usual.tracker, looking, self._noise, self.rhythms, sought, enough)
            self._path[number] = max(odds, self._path.get(number, -np.inf))
            if odds >= enough:
                return self._notice(usual, number, sought, odds)
        return None

    def _looked_for(self) -> tuple[Sought, ...]:
        """A drift, and after one the way back: there is none without."""
        drift = Sought(toward=Toward.QUIETER)
        if not self.noticed:
            return (drift,)
        drifts = [one for one in self.noticed if one.sought.toward is Toward.QUIETER]
        return drift, Sought.back(drifts[-1].dated.part)

    def _notice(self, usual: _Usual, number: int, sought: Sought, odds: float) -> Noticed:
        found = Noticed(
            sought=sought,
            week=number,
            log_odds=odds,
            since=usual.tracker.first,
            tracker=deepcopy(usual.tracker),
            noise=self._noise,
            around=usual.around,
            path={week: o for week, o in self._path.items() if week >= number - HALF_YEAR},
        )
        self._path = {}
        found.dated = self._dated(found, found.tracker)
        self.noticed.append(found)
        self._settling, usual.ready = found, number + SETTLE
        return found

    def _dated(self, found: Noticed, tracker: Tracker) -> Dated:
        return date_of(
            tracker,
            found.noise,
            self.rhythms,
            found.sought,
            unit=found.around.unit,
            level=self.level,
            by=found.week,
        )

    def _settle(self, found: Noticed, usual: _Usual, number: int) -> None:
        """After a change, begin anew from its end on, once enough weeks are there for that."""
        found.dated = self._dated(found, usual.tracker)
        full = max(found.dated.full, usual.tracker.first)
        if number < full + SETTLE - 1:
            usual.ready = full + SETTLE - 1
            return
        self._settling = None
        self._begin(full, number, ready=number + 1)
