"""What the two did in the companion, as the reading takes it: for whoever keeps it to hand over.

Read only together: `read_history(..., companion=...)` in scope `BOTH`. What each tapped alone is
counted by the rule of `rhythms.companion.fours`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from turntoward.rhythms.companion import PRIVATE
from turntoward.rhythms.companion.record import Companion, Felt, Greeted, Held, SmallShift
from turntoward.rhythms.material import DAY_BEGINS_H

__all__ = ["PRIVATE", "Companion", "Felt", "Greeted", "Held", "SmallShift", "day_of"]


def day_of(at: datetime, zone: str) -> date:
    """The couple's day that a moment belongs to: ten minutes past midnight are of the evening."""
    return (at.astimezone(ZoneInfo(zone)) - timedelta(hours=DAY_BEGINS_H)).date()
