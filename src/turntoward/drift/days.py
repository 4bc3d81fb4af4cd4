"""Seven days of plain numbers as one week of counts and exposures, for every daily rhythm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from turntoward.drift.arrays import Bools, Floats
from turntoward.drift.known import Told
from turntoward.drift.link import Sort
from turntoward.drift.stream import Counted
from turntoward.rhythms.series import Family

Values = Sequence[float] | Floats | Bools
#: The rhythm that counts messages.
VOLUME = "volume"
#: Fewer recorded days than this are no week.
FEWEST_DAYS = 2
#: A day beyond this, or below nothing, is a mistake of whoever counted, and not recorded.
MOST = 1e6
#: Days of each weekday that stand for "all weekdays are alike" before any are seen.
_ALIKE = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """A rhythm by the names of the daily values that it is made of.

    `per` is what the count is set against; empty for the days themselves, `each` times a day.
    `closer` is 1 where more is closer and -1 where less is.
    """

    name: str
    family: Family
    count: str
    per: str = ""
    each: float = 1.0
    closer: float = 1.0


#: Order is the order of all arrays by rhythm.
RHYTHMS: tuple[Daily, ...] = (
    Daily(name=VOLUME, family=Family.RATE, count="messages"),
    Daily(name="greetings", family=Family.SHARE, count="greetings", each=2.0),
    Daily(name="affection", family=Family.RATE, count="affection"),
    Daily(
        name="logistics", family=Family.SHARE, count="logistics", per="conversations", closer=-1.0
    ),
    Daily(name="bids", family=Family.RATE, count="bids"),
    Daily(name="answered", family=Family.SHARE, count="answered", per="bids"),
    Daily(name="latency", family=Family.LEVEL, count="latency_sum", per="replies", closer=-1.0),
    Daily(name="words", family=Family.LEVEL, count="words_sum", per="replies"),
    Daily(name="closeness", family=Family.LEVEL, count="ratings_sum", per="ratings"),
)
NAMES: tuple[str, ...] = tuple(rhythm.name for rhythm in RHYTHMS)
#: All names of daily numbers, without what is told of the days.
NUMBERS: tuple[str, ...] = tuple(
    dict.fromkeys(name for rhythm in RHYTHMS for name in (rhythm.count, rhythm.per) if name)
)
SORT = Sort(
    families=tuple(rhythm.family for rhythm in RHYTHMS),
    closer=np.array([rhythm.closer for rhythm in RHYTHMS]),
    volume=NAMES.index(VOLUME),
)
WARM: Bools = np.array([name != VOLUME for name in NAMES])


_TOLD = {what.value: row for row, what in enumerate(Told)}
_NUMBER = {name: row for row, name in enumerate(NUMBERS)}
_LEAST = {name: -MOST if name.endswith("_sum") else 0.0 for name in NUMBERS}
_COUNT = [_NUMBER[rhythm.count] for rhythm in RHYTHMS]
#: Rhythms that are set against another number; the others are set against the days.
_SET_AGAINST = [row for row, rhythm in enumerate(RHYTHMS) if rhythm.per]
_PER = [_NUMBER[RHYTHMS[row].per] for row in _SET_AGAINST]
_BY_DAY = [row for row, rhythm in enumerate(RHYTHMS) if not rhythm.per]
#: Of those, the counts: a Sunday may hold more of them than a Monday. A share of days may not.
_UNEVEN = np.array([RHYTHMS[row].family is Family.RATE for row in _BY_DAY])
_EACH = np.array([[RHYTHMS[row].each] for row in _BY_DAY])
_LEVELS = [row for row, rhythm in enumerate(RHYTHMS) if rhythm.family is Family.LEVEL]
_FEWEST = np.where([bool(rhythm.per) for rhythm in RHYTHMS], 1, FEWEST_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Seven days: `numbers` is NUMBERS by days, NaN where not recorded; `told` `Told` by days."""

    numbers: Floats
    told: Floats


def days_of(days: Mapping[str, Values]) -> Days:
    """One week's values in order; raises `ValueError` that says which name or shape is off."""
    if not isinstance(days, Mapping):
        raise ValueError("A week is a mapping from the names of daily values to seven values each.")
    numbers, told = np.full((len(NUMBERS), 7), np.nan), np.zeros((len(Told), 7))
    for name, values in days.items():
        given = _seven(name, values)
        if name in _TOLD:
            told[_TOLD[name]] = given > 0
        elif name in _NUMBER:
            possible = (given >= _LEAST[name]) & (given <= MOST)
            numbers[_NUMBER[name]] = np.where(possible, given, np.nan)
        else:
            raise ValueError(f"There is no daily value called {name!r}.")
    return Days(numbers=numbers, told=told)


def _seven(name: str, values: Values) -> Floats:
    try:
        given = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        given = np.empty(0)
    if given.shape != (7,):
        raise ValueError(f"{name!r} has to hold seven numbers, one for each day of the week.")
    return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekdays:
    """What each weekday has held so far, so that half a week can be set against a whole.

    Rhythms that are set against the days by weekdays: sums of their counts, and days seen.
    """

    sums: Floats = field(default_factory=lambda: np.zeros((len(_BY_DAY), 7)))
    seen: Floats = field(default_factory=lambda: np.zeros((len(_BY_DAY), 7)))

    def after(self, days: Days) -> Weekdays:
        """With one more week."""
        counts = days.numbers[_COUNT][_BY_DAY]
        there = np.isfinite(counts)
        return Weekdays(sums=self.sums + np.where(there, counts, 0.0), seen=self.seen + there)

    def weights(self) -> Floats:
        """How much each weekday counts; 1 on average, and always where a share is counted."""
        usual = self.sums.sum(axis=1, keepdims=True) / np.maximum(
            self.seen.sum(axis=1, keepdims=True), 1.0
        )
        weight = (self.sums + _ALIKE * usual) / (self.seen + _ALIKE)
        known = (usual > 0) & _UNEVEN[:, None]
        mean = np.where(known, weight.mean(axis=1, keepdims=True), 1.0)
        return np.asarray(np.where(known, weight / mean, 1.0))


def counted(days: Days, weekdays: Weekdays) -> Counted:
    """The week as counts and exposures."""
    counts = days.numbers[_COUNT]
    held = np.empty_like(counts)
    held[_SET_AGAINST] = days.numbers[_PER]
    held[_BY_DAY] = _EACH * weekdays.weights()
    both = np.isfinite(counts) & np.isfinite(held)
    both &= (both.sum(axis=1) >= _FEWEST)[:, None]
    counts, held = np.where(both, counts, 0.0), np.where(both, held, 0.0)
    squares = np.zeros(len(RHYTHMS))
    squares[_LEVELS] = _squares(counts[_LEVELS], held[_LEVELS])
    return Counted(
        counts=counts.sum(axis=1),
        exposures=held.sum(axis=1),
        squares=squares,
        told=days.told.mean(axis=1),
    )


def _squares(sums: Floats, held: Floats) -> Floats:
    """What the sums of squares would be, if single values vary as the means of the days do.

    Rhythms by days. NaN where a week holds one day or none: it does not show how values vary.
    """
    total = held.sum(axis=1)
    middle = sums.sum(axis=1) / np.maximum(total, 1e-9)
    apart = (sums - held * middle[:, None]) ** 2 / np.maximum(held, 1e-9)
    days = (held > 0).sum(axis=1)
    variance = np.where(held > 0, apart, 0.0).sum(axis=1) / np.maximum(days - 1, 1)
    found = total * middle**2 + variance * np.maximum(total - 1.0, 0.0)
    return np.asarray(np.where(days > 1, found, np.nan))
