"""The couple's weekly numbers on one calendar: rhythms by weeks, in an order of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from turntoward.drift.arrays import Bools, Floats
from turntoward.drift.link import Sort
from turntoward.rhythms.series import Series

#: The rhythm that counts messages. It helps to tell moving in from drift and is never drift alone.
VOLUME = "messages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All series side by side. Arrays are rhythms by weeks; exposure 0 is "no record".

    `warm` leaves out the volume; `recorded` are the weeks in which any warm rhythm was measured.
    """

    series: tuple[Series, ...]
    first: date
    counts: Floats
    exposures: Floats
    squares: Floats
    sort: Sort
    warm: Bools
    recorded: Bools

    @property
    def weeks(self) -> int:
        """Weeks from the first to the last, holes included."""
        return int(self.exposures.shape[1])

    def monday(self, week: int) -> date:
        """First day of the week numbered `week`."""
        return self.first + timedelta(weeks=week)


def align(series: Sequence[Series]) -> Record | None:
    """Lay the series on one calendar, ordered by name; nothing where no week was ever measured."""
    ordered = tuple(sorted(series, key=lambda one: one.name))
    starts = [week.start for one in ordered for week in one.weeks if week.exposure > 0]
    if not starts:
        return None
    first = min(starts)
    weeks = (max(starts) - first).days // 7 + 1
    counts, exposures, squares = (np.zeros((len(ordered), weeks)) for _ in range(3))
    for row, one in enumerate(ordered):
        for week in one.weeks:
            column = (week.start - first).days // 7
            if week.exposure > 0:
                counts[row, column] += week.count
                exposures[row, column] += week.exposure
                squares[row, column] += week.squares
    names = [one.name for one in ordered]
    warm = np.array([name != VOLUME for name in names])
    return Record(
        series=ordered,
        first=first,
        counts=counts,
        exposures=exposures,
        squares=squares,
        sort=Sort(
            families=tuple(one.family for one in ordered),
            closer=np.array([-1.0 if one.softer_is == "down" else 1.0 for one in ordered]),
            volume=names.index(VOLUME) if VOLUME in names else -1,
        ),
        warm=warm,
        recorded=(exposures[warm] > 0).any(axis=0),
    )
