"""Evidence for a statement, and the honest alternative to one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A value with the range that holds it with probability `level` (0 to 1)."""

    value: float
    low: float
    high: float
    level: float = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a statement rests on: how many observations, how sure, and what else it may be.

    `perhaps` is one innocent explanation in plain words, shown beside the statement.
    """

    count: int
    interval: Interval
    perhaps: str
    quotes: tuple[int, ...] = ()  # `Quoted.id` of the exchanges that show it


@dataclass(frozen=True, slots=True)
class CannotTell:
    """There is not enough to say anything; `why` is shown to the person, so it is a sentence."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share of messages or of bids, with the intervals that hold it with 80 and 95 %.

    Corrected for what the reader mistakes (turntoward.language.rates); `name` is `bid` or `met`.
    """

    name: str
    value: float
    low: float
    high: float
    low95: float
    high95: float
    of: int  # how many it is a share of
