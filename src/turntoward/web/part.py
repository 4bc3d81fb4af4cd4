"""A part of Today: one small thing, open until it is done or set aside, then a single line.

Every app that has something for Today makes one (`today.py`); `moments.parts` lists them in order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from turntoward.web.couples.models import Partner

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Who looks at Today, and when. `key` opens private words, None where they are locked here."""

    partner: Partner
    now: datetime
    day: date
    #: Hours after midnight in the couple's zone.
    hour: int
    key: bytes | None
    #: The session of this browser; empty where there is none.
    browser: str = ""
    _read: dict[Callable[[Look], Any], Any] = field(default_factory=dict, init=False, repr=False)

    def once(self, read: Callable[[Look], _T]) -> _T:
        """What `read` finds for this look. Several parts may ask; the database is asked once."""
        if read not in self._read:
            self._read[read] = read(self)
        found: _T = self._read[read]
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part as it stands now. `template` shows it as a whole, and folded where it is settled.

    It is rendered with `part` (this) and everything of `context`. A `joint` one asks for something
    for two, or toward the other: where such things step back in a browser, its page hides it.
    """

    key: str
    template: str
    settled: bool
    context: Mapping[str, Any]
    joint: bool = False


class MakesPart(Protocol):
    """A function that looks and makes a part, or None where there is nothing for today."""

    def __call__(self, look: Look) -> Part | None:
        """The part for whoever looks."""
