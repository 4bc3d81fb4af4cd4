"""The couple's weekly numbers on one calendar: rhythms by weeks, in an order of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from turntoward.rhythms.series import Series

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: The rhythm that counts messages. It helps to tell moving in from drift and is never drift alone.
VOLUME = "messages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All series side by side. Arrays are rhythms by weeks; exposure 0 is "no record".

    `closer` is 1 where more is closer and -1 where less is; `warm` leaves out the volume;
    `recorded` are the weeks in which any warm rhythm was measured.
    """

    series: tuple[Series, ...]
    first: date
    counts: Floats
    exposures: Floats
    squares: Floats
    closer: Floats
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
    warm = np.array([one.name != VOLUME for one in ordered])
    return Record(
        series=ordered,
        first=first,
        counts=counts,
        exposures=exposures,
        squares=squares,
        closer=np.array([-1.0 if one.softer_is == "down" else 1.0 for one in ordered]),
        warm=warm,
        recorded=(exposures[warm] > 0).any(axis=0),
    )
