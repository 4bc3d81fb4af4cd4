"""How private taps are counted, so that nobody can work out one of them.

Of two people each knows their own taps, so any number about both tells the other's part of it by
taking one's own away. Four rules keep a single tap unknown all the same:

1. Weeks are taken four at a time, the same four for every couple, and only when they ended before
   yesterday and both keys were given before they began. So one tap more never moves a number by
   itself, and neither does taking a key back and giving it again.
2. The taps of each are put together by fours, in order. Of every four at least one counts as yes
   and at least one as no: "all" and "all but one" look the same, "none" and "one" too. The days
   with small shifts of one person are one such group, however many they are.
3. Four weeks count only where each of the two has a whole four, and as many of each, so that it is
   never the rhythm of one of them.
4. What is counted of four weeks is laid evenly over them. No week has a number of its own.

So for every tap there is another record, which differs in that tap and gives exactly the same
series; the tests go through all of them. A tap may be likely and is never certain, and the series
themselves are not shown either (`Series.private`): only a lasting change is told. What is lost is
precision: a share of taps is pulled toward one half, the same amount whatever the number of taps,
so that a change looks smaller.

Nothing is counted of a part of the small shifts (of those of touch, say) beside the rhythm of all
of them: either count is safe alone, and the difference of the two gives single ones away. A test
shows it; docs/rhythms.md has the rest of why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol, TypeVar

from turntoward.messages.evidence import CannotTell
from turntoward.rhythms.about import About, with_weeks
from turntoward.rhythms.companion.record import WEEK, Companion, Felt
from turntoward.rhythms.series import Measured, Week

#: Weeks that are counted together, and a Monday from which they are parted off for every couple.
BLOCK_WEEKS = 4
BLOCK = BLOCK_WEEKS * WEEK
_A_BLOCK_BEGINS = date(2024, 1, 1)

#: Taps of one person that are put together, and of which at least one counts as yes, one as no.
FOUR = 4

#: With fewer stretches of four weeks there is no rhythm to see.
LEAST_BLOCKS = 3


class Private(Protocol):
    """Something that one of the two did or tapped alone."""

    @property
    def day(self) -> date:
        """The couple's day."""

    @property
    def who(self) -> int:
        """The side, 0 or 1."""


Kind = TypeVar("Kind", bound=Private)


def blocks(record: Companion, kept: Sequence[Kind]) -> Iterator[tuple[date, list[list[Kind]]]]:
    """The stretches of four weeks that may be counted, each with what either side did in it.

    They ended before yesterday: until then a tap may still be changed, or a small shift undone.
    """
    by_block: dict[date, list[list[Kind]]] = {}
    if record.since is None:
        return
    for one in kept:
        begins = one.day - (one.day - _A_BLOCK_BEGINS) % BLOCK
        if record.since < begins and begins + BLOCK < record.today:
            by_block.setdefault(begins, [[], []])[one.who].append(one)
    yield from sorted(by_block.items())


def unknown_ends(yes: int, of: int) -> int:
    """`yes` of `of`, with neither none nor all: at least one counts either way."""
    return min(max(yes, 1), of - 1)


def felt_series(about: About, record: Companion, holds: Callable[[Felt], bool]) -> Measured:
    """The share of taps after check-ins of which `holds` is true."""
    counted: dict[date, tuple[float, float]] = {}
    for begins, sides in blocks(record, record.felt):
        fours = [_fours([holds(felt) for felt in side]) for side in sides]
        both = min(len(side) for side in fours)
        yes = sum(sum(side[:both]) for side in fours)
        counted[begins] = (yes, both * FOUR * len(fours))
    return private_series(about, counted)


def _fours(taps: Sequence[bool]) -> list[int]:
    """How many of each whole four in a row count; what is left over at the end does not."""
    starts = range(0, len(taps) - FOUR + 1, FOUR)
    return [unknown_ends(sum(taps[n : n + FOUR]), FOUR) for n in starts]


def private_series(about: About, counted: Mapping[date, tuple[float, float]]) -> Measured:
    """The series of these stretches, each a count and an exposure, laid evenly over its weeks."""
    held = {begins: both for begins, both in counted.items() if both[1] > 0}
    if len(held) < LEAST_BLOCKS:
        # Without a number: it would say how often the other tapped.
        return CannotTell(f"There are too few {about.noun} of you both yet to see a rhythm in.")
    weeks: list[Week] = []
    begins = min(held)
    while begins <= max(held):
        count, exposure = held.get(begins, (0.0, 0.0))
        weeks += [
            Week(
                start=begins + n * WEEK, count=count / BLOCK_WEEKS, exposure=exposure / BLOCK_WEEKS
            )
            for n in range(BLOCK_WEEKS)
        ]
        begins += BLOCK
    return replace(with_weeks(about, tuple(weeks)), private=True)
