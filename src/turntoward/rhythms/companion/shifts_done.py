"""Small shifts done: "Small, consistent shifts create meaningful change over time."

Definition: of the days of four weeks, of both people, the share on which a small shift was tapped
as done. Days and not offers: whoever only looks at Today more often has not done less. Four weeks
count where each was offered at least four, and some in either half; else the companion was hardly
in use, or was put away within them, and that is no fewer shifts. What each did is private, so of
the days of one person at least one counts as done and at least one offer as not done
(`companion.fours`).
Unit: share of days, of both.
Cannot see: everything done without a tap.
Where one person is alone: not measured. Of the weeks nothing is shown, only a lasting change.
Source: article, "Small, consistent shifts create meaningful change over time."
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from turntoward.rhythms.about import About
from turntoward.rhythms.companion.fours import (
    BLOCK,
    FOUR,
    blocks,
    private_series,
    unknown_ends,
)
from turntoward.rhythms.companion.record import Companion, SmallShift
from turntoward.rhythms.series import Family, Measured

ABOUT = About(
    name="shifts_done",
    title="Small shifts done",
    words="Small, consistent shifts create meaningful change over time",
    unit="share of days",
    noun="small shifts",
    family=Family.SHARE,
    softer_is="up",
    cannot_see="Every small shift that was done without a tap.",
    perhaps="They may have become a habit that needs no tap.",
)


def measure(record: Companion) -> Measured:
    """The share of days, of both, on which a small shift was done."""
    counted: dict[date, tuple[float, float]] = {}
    for begins, sides in blocks(record, record.shifts):
        # A day has one shift; a second is offered only where the first was turned down.
        days = [_by_day(side) for side in sides]
        enough = all(_in_use(begins, side) for side in days)
        done = sum(unknown_ends(sum(side.values()), len(side)) for side in days)
        counted[begins] = (done, BLOCK.days * len(days)) if enough else (0.0, 0.0)
    return private_series(ABOUT, counted)


def _in_use(begins: date, days: Collection[date]) -> bool:
    """True where enough was offered, and some of it in either half; what was done plays no part."""
    early = sum(day < begins + BLOCK / 2 for day in days)
    return len(days) >= FOUR and 0 < early < len(days)


def _by_day(shifts: Sequence[SmallShift]) -> dict[date, bool]:
    """Each day on which one was offered, and whether one was done."""
    days: dict[date, bool] = {}
    for shift in shifts:
        days[shift.day] = days.get(shift.day, False) or shift.done
    return days
