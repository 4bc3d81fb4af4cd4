"""The climate: how warm it felt to one person after the last check-ins, as weather, never a number.

"Think of reconnection as tending the emotional climate of your relationship."
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from turntoward.messages.evidence import CannotTell

#: Older taps say how it was, not how it is.
RECENT = timedelta(days=21)
#: Fewer taps than this are moods of a day.
ENOUGH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One check-in as one of the two felt it: `warmth` from 1 (stormy) to 5 (warm)."""

    day: date
    warmth: int


class Climate(StrEnum):
    """What the last weeks felt like."""

    TENSE = "tense"
    MILD = "mild"
    WARM = "warm"


def climate(checkins: Sequence[CheckIn], today: date) -> Climate | CannotTell:
    """The climate of the last three weeks, from one person's own taps alone."""
    recent = sorted(c.warmth for c in checkins if today - RECENT <= c.day <= today)
    if len(recent) < ENOUGH:
        return CannotTell("There are too few check-ins of the last three weeks to say.")
    middle = recent[len(recent) // 2]
    if middle <= 2:
        return Climate.TENSE
    return Climate.WARM if middle >= 4 else Climate.MILD
