"""The steps of a reading, in plain words, and how much of the whole each takes."""

from __future__ import annotations

from collections.abc import Callable

from turntoward.reading.sources import READING, OnStep
from turntoward.words import gettext_noop

#: Names of steps: the ids of what is said of them.
LISTENING = gettext_noop("Listening for bids")
MEASURING = gettext_noop("Measuring rhythms")
LOOKING = gettext_noop("Looking for change")

#: Step -> where it begins and ends in the whole, from the time that each takes on a long chat.
SHARES: dict[str, tuple[float, float]] = {
    READING: (0.0, 0.15),
    LISTENING: (0.15, 0.4),
    MEASURING: (0.4, 0.6),
    LOOKING: (0.6, 1.0),
}


def of_step(step: str, on_step: OnStep) -> Callable[[float], None]:
    """A listener for the share done of one step, which passes on the share of the whole."""
    start, end = SHARES[step]

    def done(share: float) -> None:
        on_step(step, start + (end - start) * min(max(share, 0.0), 1.0))

    return done
