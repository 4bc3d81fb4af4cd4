"""A reading in one sentence, the same wherever it is said."""

from __future__ import annotations

from turntoward.drift.sentence import say
from turntoward.reading.reading import Reading


def titles(reading: Reading) -> dict[str, str]:
    """Rhythm -> its title inside a sentence, for every rhythm that was measured."""
    return {one.name: one.title.replace(", your side", " on your side") for one in reading.series}


def sentence(reading: Reading) -> str:
    """When the rhythms changed and which, or that none did, or that one cannot tell."""
    return say(reading.finding, titles(reading))
