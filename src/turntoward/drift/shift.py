"""What a detector may say: a drift or a reconnection with its evidence, nothing, or cannot tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from turntoward.messages.evidence import Evidence, Interval


class Toward(StrEnum):
    """Which way a rhythm went."""

    QUIETER = "quieter"
    CLOSER = "closer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A rhythm changed for good somewhere between two dates.

    `before` and `after` are in the series' unit with 80 % intervals; `effect` is on the link scale
    (logit for shares, log for rates and levels), signed so that positive is closer.
    """

    rhythm: str
    toward: Toward
    before: Interval
    after: Interval
    effect: Interval
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """How likely it was, at the end of the week from `week` on, that something changed for good."""

    week: date
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """Shifts that agree over time: a drift (quieter) or a reconnection (closer).

    `earliest` to `latest` holds the start with 80 % probability; `noticed` is the first week in
    which the evidence up to then was enough. `evidence` is how it grew, or did not, week by week,
    from the half year before it was noticed to the last week that refines its date.
    """

    toward: Toward
    earliest: date
    likeliest: date
    latest: date
    noticed: date
    probability: float
    shifts: tuple[Shift, ...]
    evidence: tuple[Sureness, ...] = ()


class Verdict(StrEnum):
    """All three are results."""

    CHANGED = "changed"
    NOTHING = "nothing"  # the record is long enough, and nothing in it changed for good
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the detector says of a record of `weeks` weeks; `drifts` in the order of their start.

    `why` is a sentence for the person where the verdict is `CANNOT_TELL`, else empty.
    """

    verdict: Verdict
    weeks: int
    drifts: tuple[Drift, ...] = ()
    why: str = ""
