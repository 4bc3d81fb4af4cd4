"""What the two did in the companion, as plain records: what both know, and what each tapped alone.

Days are the couple's own (`rhythms.material.DAY_BEGINS_H`). A side is 0 or 1, as on the phones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Ten minutes that the two held; `opener` is the side that began them, null if not known."""

    day: date
    opener: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """How a check-in felt to one of the two, from 1 (stormy) to 5 (warm), on the day of the tap."""

    day: date
    who: int
    warmth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallShift:
    """A small shift that one of the two was offered, and whether they said that it was done."""

    day: date
    who: int
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeted:
    """A day on which a hello or a goodbye was planned, and whether the two kept one of them."""

    day: date
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """The record of a couple that both agreed to read, each part in order of time.

    `since` is the day from which both keys have stood without a break and were for taps, too: what
    each tapped alone before it does not count, and nothing of it where it is null. `today` is not
    over yet, and neither is its week. `greeted` holds the days on which a hello or goodbye was
    planned, `noticed` the day of each bid that was noticed and told: who tapped is in neither.
    """

    held: tuple[Held, ...]
    felt: tuple[Felt, ...]
    shifts: tuple[SmallShift, ...]
    since: date | None
    today: date
    greeted: tuple[Greeted, ...] = ()
    noticed: tuple[date, ...] = ()

    def known_to_both(self) -> Iterator[date]:
        """The day of each thing that both know they did here, in no order."""
        yield from (one.day for one in self.held)
        yield from (one.day for one in self.greeted if one.kept)
        yield from self.noticed

    def mondays(self) -> tuple[date, ...]:
        """The weeks that are over, from that of the first check-in on."""
        if not self.held:
            return ()
        first = monday_of(min(one.day for one in self.held))
        weeks = (monday_of(self.today) - first) // WEEK
        return tuple(first + n * WEEK for n in range(weeks))


def monday_of(day: date) -> date:
    """The first day of the week that a day lies in."""
    return day - timedelta(days=day.weekday())
