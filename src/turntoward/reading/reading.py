"""A reading: all that was found in a couple's messages, as values that can be stored and shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from turntoward.drift.known import Told
from turntoward.drift.shift import Drift, Finding
from turntoward.messages.account import Account
from turntoward.messages.evidence import CannotTell, Rate
from turntoward.reading.hours import USUAL, Hours
from turntoward.rhythms.series import Series, Week

#: Raised when the meaning of a stored reading changes.
VERSION = 1


class Scope(StrEnum):
    """Whose words were read. `own` keeps the partner's words unread: only when, never what."""

    BOTH = "both"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A time that the two marked: shown beside a drift, never as its cause.

    `end` is null for what is a moment (a birth, a move) and for what is `ongoing`: it has no last
    day yet, and is the same season tomorrow, so that a reading need not be made anew every day.
    `kind` says what sort of days it held, so that its weeks are known as such.
    """

    name: str
    start: date
    end: date | None = None
    kind: Told = Told.LIFE
    ongoing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A bid with its answer, as evidence that the two can correct.

    `stance` is a `Stance` value, or empty where the answer was not read; `sure` is the probability
    of kind and stance together. `id` is the same for the same bid in every later reading. `week`
    is the week of the rhythms that it counts in: a bid after midnight belongs to the day before.
    """

    id: int
    at: datetime
    week: date
    who: str
    kind: str
    text: str
    answer: str | None
    answered_after_s: float | None
    stance: str
    sure: float
    perhaps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What one of the two says a quoted exchange was: a `BidKind` and a `Stance` value."""

    quoted: int
    kind: str
    stance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """A message that means something of its own to the two: a `BidKind`, and what it was read as.

    `at` are the times of the quotes that were put right: for those the corrections speak.
    """

    words: str
    kind: str
    was: str
    at: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AsRead:
    """What corrections replace, as it was before the first of them, so that all can be undone.

    `series` and `quotes` hold only those that corrections change.
    """

    series: tuple[Series, ...]
    finding: Finding
    quotes: tuple[Quoted, ...]
    bids: int
    met: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything a reading says. `unmeasured` maps a rhythm to why it cannot be told.

    `bids` and `met` count the whole record, `quotes` are a choice of it. `not_drawn` are changes
    that vanish when sessions or reply windows are set otherwise: kept, never shown as found.
    `rates` are levels over the whole record, corrected for what the reader mistakes; putting a
    quote right does not move them. `as_read` is null while nothing is corrected. `own_words` and
    `hours` are those that it was read with; `night` are the hours that were taken as night, null
    in readings from before they were kept; `night_learned` says whether the two's own times showed
    them. `rounds` are weeks of conversations and how many of them held a stuck round of the two
    (bids/rounds.py): no rhythm, never shown week by week, and empty where the words of both were
    not read.
    """

    version: int
    partners: tuple[str, str]
    me: str | None
    scope: Scope
    zone: str | None
    first: date | None
    last: date | None
    accounts: tuple[Account, ...]
    duplicates: int
    language: str | None
    series: tuple[Series, ...]
    unmeasured: dict[str, CannotTell]
    finding: Finding
    bids: int
    met: int
    quotes: tuple[Quoted, ...]
    seasons: tuple[Season, ...]
    corrections: tuple[Correction, ...]
    notes: tuple[str, ...]
    not_drawn: tuple[Drift, ...] = ()
    as_read: AsRead | None = None
    own_words: tuple[OwnWords, ...] = ()
    rates: tuple[Rate, ...] = ()
    hours: Hours = USUAL
    night: tuple[int, ...] | None = None
    night_learned: bool = False
    rounds: tuple[Week, ...] = ()
