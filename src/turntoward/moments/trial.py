"""Weeks with and without small shifts, in random order: a trial with one couple.

"Small, consistent shifts create meaningful change over time." Whether they do for these two can
be tried. Weeks come in pairs, one with small shifts and one without, and chance alone decides
which comes first: the block pair design of Kravitz and Duan (eds.), Design and Implementation of
N-of-1 Trials: A User's Guide, AHRQ 2014, chapter 4. What is read from it: `trial_result`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

#: Fewer pairs cannot tell anything (`trial_result`), and six are the first that can be quite sure.
FEWEST_PAIRS, USUAL_PAIRS, MOST_PAIRS = 4, 6, 8
#: Days at the start of each week that do not count: the week before may still be felt in them.
#: Chosen in docs/moments.md, "Did it help?".
WASH_IN_DAYS = 1
#: A week with fewer days tapped than this says too little about the week.
ENOUGH_DAYS = 2
DAYS_OF_WEEK = 7
#: How many bits of a seed are drawn, more than there are pairs; each pair goes by one of them.
SEED_BITS = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week of a plan: `number` counts from 1, `of` is how many there are."""

    number: int
    of: int
    with_shifts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which weeks are with small shifts. It can be made again from these few values alone.

    `begins` is the Monday of the first week. Each bit of `seed` is one throw of a coin: where it
    is 1, the first week of that pair is the one with small shifts. `wash_in` is in days.
    """

    begins: date
    pairs: int
    seed: int
    wash_in: int = WASH_IN_DAYS

    def __post_init__(self) -> None:
        if self.begins.weekday() != 0:
            raise ValueError(f"A trial begins on a Monday, {self.begins} is none.")
        if not FEWEST_PAIRS <= self.pairs <= MOST_PAIRS:
            raise ValueError(f"{self.pairs} pairs: from {FEWEST_PAIRS} to {MOST_PAIRS} can be.")
        if not 0 <= self.seed < 1 << SEED_BITS:
            raise ValueError("A seed is a whole number that `SEED_BITS` bits hold.")

    @property
    def ends(self) -> date:
        """The Monday after the last week."""
        return self.begins + timedelta(weeks=2 * self.pairs)

    def weeks(self) -> Iterator[Week]:
        """All weeks in order."""
        for number in range(1, 2 * self.pairs + 1):
            yield self._week(number)

    def week(self, day: date) -> Week | None:
        """The week that `day` is in; None before the first and after the last."""
        if not self.begins <= day < self.ends:
            return None
        return self._week((day - self.begins).days // DAYS_OF_WEEK + 1)

    def _week(self, number: int) -> Week:
        pair, second = divmod(number - 1, 2)
        first_has_them = bool(self.seed >> pair & 1)
        return Week(number=number, of=2 * self.pairs, with_shifts=first_has_them != bool(second))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """How the two weeks of a pair felt: means of the days tapped, from 1 (stormy) to 5 (warm)."""

    with_shifts: float
    without: float

    @property
    def difference(self) -> float:
        """Steps of weather by which the week with small shifts felt warmer."""
        return self.with_shifts - self.without


def next_monday(day: date) -> date:
    """The day itself where it is a Monday, else the Monday after it."""
    return day + timedelta(days=-day.weekday() % DAYS_OF_WEEK)


def felt(plan: Plan, taps: Mapping[date, float]) -> dict[int, float]:
    """How each week felt, by its number; weeks with too few days tapped are not in it."""
    found: dict[int, float] = {}
    for week in plan.weeks():
        monday = plan.begins + timedelta(weeks=week.number - 1)
        days = [monday + timedelta(days=n) for n in range(plan.wash_in, DAYS_OF_WEEK)]
        tapped = [taps[day] for day in days if day in taps]
        if len(tapped) >= ENOUGH_DAYS:
            found[week.number] = sum(tapped) / len(tapped)
    return found


def felt_by_both(one: Mapping[int, float], other: Mapping[int, float]) -> dict[int, float]:
    """How each week felt to the two together, where it is known of both."""
    return {number: (one[number] + other[number]) / 2 for number in one if number in other}


def pairs(plan: Plan, weeks: Mapping[int, float], until: date) -> list[Pair | None]:
    """The pairs whose weeks were both over before `until`; None where one of them is not known.

    Only whole pairs are compared: a week beside nothing says nothing about small shifts.
    """
    found: list[Pair | None] = []
    for n in range(plan.pairs):
        if plan.begins + timedelta(weeks=2 * n + 2) > until:
            break
        first, second = weeks.get(2 * n + 1), weeks.get(2 * n + 2)
        if first is None or second is None:
            found.append(None)
        elif plan.seed >> n & 1:
            found.append(Pair(with_shifts=first, without=second))
        else:
            found.append(Pair(with_shifts=second, without=first))
    return found
