"""In which weeks the two used the companion, told by what both of them know.

A couple may put the companion away at any time, and that says nothing of how they are: weeks in
which it was not in use are unknown, not low. A week was in use where anything was kept in it that
both know: a check-in, a hello or goodbye, a bid that was told. So were up to four empty weeks in
a row between two such weeks. What comes after the last of them is unknown until there is another:
were it low, every couple that puts the companion away would seem to drift.

The first eight weeks of a rhythm are left out: what is new is done more often, and what comes
after would look like drift. Left out is also the week that is not over yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

import polars as pl

from turntoward.messages.evidence import CannotTell
from turntoward.rhythms.about import About, with_weeks
from turntoward.rhythms.companion.record import WEEK, Companion, monday_of
from turntoward.rhythms.reasons import LEAST_WEEKS, nothing_tapped, too_new
from turntoward.rhythms.series import Measured
from turntoward.rhythms.weekly import weeks_of

#: Weeks at the beginning of a rhythm, while it is new, that are not counted.
NEW_WEEKS = 8

#: Empty weeks in a row, between two that hold something, in which the companion was still in use.
IN_USE_WEEKS = 4


def by_week(about: About, record: Companion, days: Sequence[date]) -> Measured:
    """How often something was kept, in each week in which the companion was in use."""
    weeks = in_use(record, days, about.noun)
    if isinstance(weeks, CannotTell):
        return weeks
    kept = Counter(monday_of(day) for day in days)
    counts = [float(kept[monday]) for monday in weeks]
    table = pl.DataFrame({"day": weeks, "count": counts, "exposure": [1.0] * len(weeks)})
    return with_weeks(about, weeks_of(table, without_holes(weeks), about.family))


def in_use(record: Companion, days: Iterable[date], noun: str) -> list[date] | CannotTell:
    """The weeks, by their Mondays, in which what was kept on `days` counts.

    Where too few of them hold any of it, why not; `noun` names those in the plural.
    """
    kept = {monday_of(day) for day in days}
    if not kept:
        return nothing_tapped()
    begins, ends = min(kept) + NEW_WEEKS * WEEK, monday_of(record.today)
    weeks = [monday for monday in _used(record) if begins <= monday < ends]
    held = len(kept.intersection(weeks))
    if held < LEAST_WEEKS:
        return too_new(noun, NEW_WEEKS, held)
    return weeks


def without_holes(mondays: Sequence[date]) -> list[date]:
    """All weeks from the first to the last of these."""
    return [mondays[0] + n * WEEK for n in range((mondays[-1] - mondays[0]) // WEEK + 1)]


def _used(record: Companion) -> list[date]:
    held = sorted({monday_of(day) for day in record.known_to_both()})
    used = held[:1]
    for before, after in pairwise(held):
        between = without_holes([before + WEEK, after])
        used += between if len(between) <= IN_USE_WEEKS + 1 else [after]
    return used
