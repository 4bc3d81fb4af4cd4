"""A rhythm as a weekly series of counts and exposures, so that its uncertainty is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from turntoward.messages.evidence import CannotTell


class Family(StrEnum):
    """How a weekly number comes about, which decides its interval."""

    SHARE = "share"  # `count` of `exposure`: 11 of 19 bids met (binomial)
    RATE = "rate"  # `count` per `exposure`: 42 messages on 5 active days (overdispersed Poisson)
    LEVEL = "level"  # mean of `exposure` values on the log scale, `count` their sum of logs


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week of a rhythm, Monday to Sunday in the couple's own time.

    `exposure` 0 means nothing was there to measure: no record, not a low value. `squares` is the
    sum of squared logs, for `LEVEL` only. `value`, `low`, `high` are in the series' unit with the
    80 % interval of this week alone; `smooth*` is the same after smoothing over weeks, for charts.
    Null where exposure is 0.
    """

    start: date
    count: float
    exposure: float
    squares: float = 0.0
    value: float | None = None
    low: float | None = None
    high: float | None = None
    smooth: float | None = None
    smooth_low: float | None = None
    smooth_high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A rhythm of the two over the weeks: never of one person, never against other couples."""

    name: str  # stable key: "bids_met"
    title: str  # "Bids met"
    words: str  # the article's words that it comes from
    unit: str  # "share of bids", "per active day", "minutes", "words"
    family: Family
    softer_is: (
        str  # "up" or "down": which way is more contact ("up" for affection, "down" for pace)
    )
    cannot_see: str  # what the messages cannot show of it
    perhaps: str  # one innocent explanation for a change
    weeks: tuple[Week, ...]
    private: bool = False  # of taps that are each one's own: only a lasting change is ever shown


Measured = Series | CannotTell
