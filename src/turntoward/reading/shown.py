"""Which quotes are shown to whom: what went well, and to each what waits for them alone.

"My own first": whoever is known to be reading sees the bids that they let pass themselves, with a
way to answer now. What the other let pass is never listed. Of the last weeks the surest are shown:
a quote that is misheard says something about the two that is not so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from turntoward.language.labels import BidKind, Stance
from turntoward.reading.reading import Quoted, Reading, Scope

_PASSED = frozenset({Stance.AWAY.value, Stance.UNANSWERED.value})

#: How far back "lately" reaches.
_LATELY = timedelta(weeks=12)

#: Less sure than this, it is not held up to anyone that they passed something by.
_SURE_ENOUGH = 0.5


def met(reading: Reading, most: int) -> tuple[Quoted, ...]:
    """The surest bids of the last weeks that were met, the two voices in turn, in order of time.

    One answer may have met two bids; it is shown with one.
    """
    toward = [q for q in _bids(reading) if q.stance == Stance.TOWARD.value and q.answer]
    surest = _surest(_lately(toward))
    answered = {(q.who, q.answer): q for q in reversed(surest)}.values()
    each = [[q for q in _surest(answered) if q.who == name] for name in reading.partners]
    share = max(most // 2, most - min(len(voice) for voice in each))
    return _in_time(_surest(q for voice in each for q in voice[:share])[:most])


def waiting(reading: Reading, most: int) -> tuple[Quoted, ...]:
    """The surest bids of the last weeks that the person who reads passed by: it is not too late.

    Empty where it is not known who reads, or where the other's words were not read.
    """
    if reading.me is None or reading.scope is Scope.OWN:
        return ()
    to_me = [q for q in _bids(reading) if q.who != reading.me and q.stance in _PASSED]
    sure = [q for q in _lately(to_me) if q.sure >= _SURE_ENOUGH]
    return _in_time(_surest(sure)[:most])


def own(reading: Reading, most: int) -> tuple[Quoted, ...]:
    """One's own latest bids, where one is alone: how they were met was not read."""
    if reading.scope is Scope.BOTH:
        return ()
    return _in_time(_surest(_lately(_bids(reading)))[:most])


def _bids(reading: Reading) -> list[Quoted]:
    return [q for q in reading.quotes if q.kind != BidKind.NONE.value]


def _lately(quotes: list[Quoted]) -> list[Quoted]:
    last = max((q.at for q in quotes), default=None)
    return [q for q in quotes if last is not None and q.at > last - _LATELY]


def _surest(quotes: Iterable[Quoted]) -> list[Quoted]:
    return sorted(quotes, key=lambda q: (-q.sure, -q.at.timestamp(), q.id))


def _in_time(quotes: Iterable[Quoted]) -> tuple[Quoted, ...]:
    return tuple(sorted(quotes, key=lambda q: (q.at, q.id)))
