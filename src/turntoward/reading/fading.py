"""Rhythms that became quieter and have not fully come back: what a small shift may tend."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from turntoward.drift.shift import Toward
from turntoward.reading.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Fading:
    """A rhythm that became quieter: its name, title, since when, and whether it is coming back."""

    name: str
    title: str
    since: date
    returning: bool = False


def fading(reading: Reading) -> tuple[Fading, ...]:
    """What faded, in the order in which it was found; what came back in full is not among it."""
    titles = {series.name: series.title for series in reading.series}
    faded: dict[str, Fading] = {}
    balance: dict[str, float] = {}
    for drift in reading.finding.drifts:
        for shift in drift.shifts:
            name = shift.rhythm
            # Effects are signed so that positive is closer: they add up to what is left.
            balance[name] = balance.get(name, 0.0) + shift.effect.value
            if shift.toward is Toward.QUIETER and name in titles:
                faded[name] = Fading(name=name, title=titles[name], since=drift.likeliest)
            elif name in faded:
                faded[name] = replace(faded[name], returning=True)
    return tuple(one for name, one in faded.items() if balance[name] < 0)
