"""What the signs are looked for in: what one of the two may see, and nothing else.

"Efforts feel one sided. Attempts at closeness lead to tension or misunderstanding."
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from turntoward.climate import CheckIn
from turntoward.reading.reading import Reading


class Effort(StrEnum):
    """A step toward the other that both know of, and who took it."""

    CHECK_IN = "check-in"  # began the ten minutes or a coffee
    NOTICED = "noticed"  # told the other of a bid that was seen
    ANSWERED = "answered"  # answered a bid late, or in person, where the other was told


@dataclass(frozen=True, slots=True, kw_only=True)
class Began:
    """One effort on one of the couple's days; `mine` is true where whoever looks took it."""

    day: date
    kind: Effort
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One partner's view on one of the couple's days, `today`.

    `since` is the first day on which both could be seen here, null while one is alone. `began` are
    efforts that both know of. `own_shifts` are the days of small shifts done by whoever looks,
    `after` and `skies` their own taps (after check-ins; of days). `practised` are days on which the
    two did something here together, or whoever looks did a small shift. `reading` is what this
    partner may see of the messages, or null.
    """

    today: date
    since: date | None
    began: tuple[Began, ...] = ()
    own_shifts: tuple[date, ...] = ()
    after: tuple[CheckIn, ...] = ()
    skies: tuple[CheckIn, ...] = ()
    practised: frozenset[date] = frozenset()
    reading: Reading | None = None
