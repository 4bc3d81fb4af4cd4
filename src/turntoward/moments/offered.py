"""What was offered, what became of it, and what rests because of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Answer(StrEnum):
    """What became of an offer."""

    OPEN = "open"
    DONE = "done"
    NOT_TODAY = "not-today"
    NOT_FOR_US = "not-for-us"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A moment that was offered on a day, and the answer."""

    key: str
    day: date
    answer: Answer


#: Days that an offer rests after each answer, so that nothing goes stale.
_RESTS: Mapping[Answer, int] = {Answer.DONE: 10, Answer.NOT_TODAY: 4, Answer.OPEN: 3}
#: Done so often it is a habit, or tired: either way it makes room for long.
_OFTEN, _LONG_REST = 10, 90


def resting(offered: Sequence[Offered], today: date) -> frozenset[str]:
    """Keys that are not offered today: answered a short while ago, done often, or not for us."""
    done = Counter(offer.key for offer in offered if offer.answer is Answer.DONE)
    return frozenset(
        offer.key
        for offer in offered
        if offer.answer is Answer.NOT_FOR_US
        or (today - offer.day).days < _days_of_rest(offer, done[offer.key])
    )


def _days_of_rest(offer: Offered, times_done: int) -> int:
    if offer.answer is Answer.DONE and times_done >= _OFTEN:
        return _LONG_REST
    return _RESTS[offer.answer]
