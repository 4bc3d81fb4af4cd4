"""Days that the couple has told of: travel, illness, time together, holidays.

Such days are known as such. They are neither dropped nor taken as usual: how they differ is
learned from the couple's own told days (turntoward.drift.tracker).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class Told(StrEnum):
    """What a couple can say of a day. The order is the order of all arrays by `Told`."""

    TOGETHER = "together"  # in the same place: less to write
    TRAVEL = "travel"
    ILL = "ill"
    BUSY = "busy"
    HOLIDAY = "holiday"
    LIFE = "life"  # anything else that changed their days: a birth, a loss, a move


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """Days from `first` to `last`, both included, that the two told of."""

    told: Told
    first: date
    last: date


def shares(spells: Sequence[Spell], monday: date, weeks: int) -> NDArray[np.float64]:
    """How much of each week each sort of spell covers, 0 to 1: weeks by `Told`.

    The first week begins on `monday`. Spells that overlap count once; what lies outside is left
    out.
    """
    days = np.zeros((weeks * 7, len(Told)))
    for spell in spells:
        first = max((spell.first - monday).days, 0)
        last = (spell.last - monday).days + 1
        if last > first:
            days[first:last, list(Told).index(spell.told)] = 1.0
    return np.asarray(days.reshape(weeks, 7, len(Told)).mean(axis=1))
