"""Invent what a couple did in the companion, week by week, with numbers that the test knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from turntoward.rhythms.companion.fours import BLOCK_WEEKS
from turntoward.rhythms.companion.record import Companion, Felt, Greeted, Held, SmallShift

ANA, BEN = 0, 1
#: A Monday on which a stretch of four weeks begins; both keys were given the day before.
FIRST = date(2024, 1, 1)


@dataclass
class Kept:
    """What was kept so far; `record` puts it in order of time."""

    held: list[Held] = field(default_factory=list)
    felt: list[Felt] = field(default_factory=list)
    shifts: list[SmallShift] = field(default_factory=list)
    greeted: list[Greeted] = field(default_factory=list)
    noticed: list[date] = field(default_factory=list)
    since: date = FIRST - timedelta(days=1)

    def sit(self, week: int, weekday: int = 0, opener: int | None = ANA) -> Kept:
        """One check-in."""
        self.held.append(Held(day=day(week, weekday), opener=opener))
        return self

    def feel(self, week: int, who: int, *warmth: int) -> Kept:
        """Taps of one of the two, a day apart."""
        self.felt += [Felt(day=day(week, n), who=who, warmth=w) for n, w in enumerate(warmth)]
        return self

    def shift(self, week: int, who: int, *done: bool) -> Kept:
        """Small shifts that were offered to one of the two, a day apart."""
        days = enumerate(done)
        self.shifts += [SmallShift(day=day(week, n), who=who, done=d) for n, d in days]
        return self

    def shift_over(self, block: int, who: int, *done: bool) -> Kept:
        """Small shifts offered to one of the two over four weeks, each in the next of them."""
        for n, one in enumerate(done):
            on = day(BLOCK_WEEKS * block + n % BLOCK_WEEKS, n // BLOCK_WEEKS)
            self.shifts.append(SmallShift(day=on, who=who, done=one))
        return self

    def greet(self, week: int, *kept: bool) -> Kept:
        """Days on which a hello or goodbye was planned, and whether one was kept."""
        self.greeted += [Greeted(day=day(week, n), kept=k) for n, k in enumerate(kept)]
        return self

    def notice(self, week: int, *weekdays: int) -> Kept:
        """Bids that one noticed and told the other."""
        self.noticed += [day(week, weekday) for weekday in weekdays]
        return self

    def record(self, weeks: int) -> Companion:
        """All of it, seen on the Tuesday after so many weeks: until Monday they may change."""
        in_time = (sorted(part, key=lambda one: one.day) for part in (self.felt, self.shifts))
        felt, shifts = in_time
        return Companion(
            held=tuple(sorted(self.held, key=lambda one: one.day)),
            felt=tuple(felt),
            shifts=tuple(shifts),
            since=self.since,
            today=day(weeks, 1),
            greeted=tuple(sorted(self.greeted, key=lambda one: one.day)),
            noticed=tuple(sorted(self.noticed)),
        )


def day(week: int, weekday: int = 0) -> date:
    """A day of an invented record."""
    return FIRST + timedelta(weeks=week, days=weekday)


def each_week(weeks: int, *steps: Callable[[Kept, int], object]) -> Companion:
    """The same steps in every week."""
    kept = Kept()
    for week in range(weeks):
        for step in steps:
            step(kept, week)
    return kept.record(weeks)


def four_weeks(blocks: Sequence[tuple[Sequence[int], Sequence[int]]]) -> Companion:
    """For each stretch of four weeks the taps of Ana and of Ben, in its first days and weeks."""
    kept = Kept()
    for number, sides in enumerate(blocks):
        for who, taps in enumerate(sides):
            for n in range(0, len(taps), 7):
                kept.feel(BLOCK_WEEKS * number + n // 7, who, *taps[n : n + 7])
    return kept.record(BLOCK_WEEKS * len(blocks))


def steady(weeks: int = 60) -> Companion:
    """A couple that does the same every week: two check-ins that each begins once, both tapped.

    They feel close and mild in turn, never tense; each does one of two small shifts. Of five
    planned days they greet on four, and they tell each other of three bids.
    """

    def week(kept: Kept, n: int) -> None:
        kept.sit(n, 1, ANA).sit(n, 4, BEN)
        kept.greet(n, True, True, False, True, True).notice(n, 0, 0, 5)
        for who in (ANA, BEN):
            kept.feel(n, who, 4, 3).shift(n, who, True, False)

    return each_week(weeks, week)
