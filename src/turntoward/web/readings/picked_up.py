"""Which of the bids that passed by were picked up again: asked for here, known elsewhere.

Late answers are kept above this app, so the app that keeps them says, once, when it is ready.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from turntoward.reading.reading import Quoted
from turntoward.web.couples.models import Partner


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedUp:
    """How a partner came back to a bid: with `words` to the other (`given`), or in person."""

    words: str = ""
    given: UUID | None = None


Tell = Callable[[Partner, tuple[Quoted, ...]], Mapping[int, PickedUp]]

_tellers: list[Tell] = []


def told_by(tell: Tell) -> None:
    """Say how it is known what a partner picked up; the last one counts."""
    _tellers[:] = [tell]


def picked_up(me: Partner, quotes: tuple[Quoted, ...]) -> Mapping[int, PickedUp]:
    """What this partner came back to, by the id of the quote."""
    return _tellers[0](me, quotes) if _tellers else {}
