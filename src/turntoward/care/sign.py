"""What may be said of a sign: it is there with its evidence, it is not, or it cannot be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from turntoward.care.record import Record
from turntoward.messages.evidence import CannotTell, Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A sign that is there: one kind sentence, since when, and what it rests on.

    `says` has the rhythm as its subject, never a person. `unit` says what the interval of the
    evidence measures, as "share of efforts that began on one side". `quotes` of the evidence point
    into the reading.
    """

    name: str
    says: str
    since: date
    unit: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSeen:
    """There is enough to tell, and the sign is not there."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """Not enough to tell; `why` is shown to the person."""

    name: str
    why: CannotTell


Looked = Seen | NotSeen | Unsure


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One sign of the article: its key, its title, the words it comes from, and how it is found."""

    name: str
    title: str
    words: str
    look: Callable[[Record], Looked]
