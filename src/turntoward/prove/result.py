"""What a proof is asked for, and what it found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

#: Tells how far a long proof is: done, of how many.
Say = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is tried: all of it, or the slice that continuous integration runs."""

    quick: bool

    def of(self, full: int, quick: int) -> int:
        """The number for this size."""
        return quick if self.quick else full


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one proof tried and what failed.

    `tried` counts what the proof's `WHAT` names; `failed` holds a sentence per miss, without any
    word of a message; `shown` are further figures for the table, such as that a control did lose.
    """

    tried: int
    failed: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    #: Set where it could not be run here (such as no PostgreSQL), with the reason. Never a pass.
    left_out: str = ""
