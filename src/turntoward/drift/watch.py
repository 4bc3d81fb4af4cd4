"""The door for daily numbers: one week after the other goes in, a drift comes out when it is told.

    watch = Watch()
    for days in weeks:
        report = watch.week(days)

The product's own rhythms go through the same detector (turntoward.drift.detect).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from turntoward.drift.days import NAMES, SORT, WARM, Values, Weekdays, counted, days_of
from turntoward.drift.odds import Rhythms
from turntoward.drift.shift import Toward
from turntoward.drift.sizes import named
from turntoward.drift.stream import Noticed, Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A drift or a reconnection, in the week in which it is decided.

    `state` is "drift" or "reconnected". `onset` is the earliest, likeliest and latest day on which
    it began (day 0 is the first that was given; 80 % between earliest and latest). `rhythms` maps
    each rhythm that takes part to its change on the link scale (logit of a share, log of a rate,
    mean of logs or taps), signed so that positive is closer. `evidence` are the log odds that
    something changed for good, against all else that would explain the weeks.
    """

    state: str
    onset: tuple[int, int, int]
    rhythms: dict[str, float]
    evidence: float


class Watch:
    """Watches one couple, week by week; about a year goes by before it may say anything."""

    def __init__(self) -> None:
        self._stream = Stream(rhythms=Rhythms(sort=SORT, warm=WARM))
        self._weekdays = Weekdays()

    def week(self, days: Mapping[str, Values]) -> Report | None:
        """One more week: names to seven daily values, NaN where nothing was recorded.

        Numbers: `messages`, `conversations`, `greetings` (sides that greeted, 0 to 2), `affection`
        (messages), `logistics` (conversations), `bids`, `answered`, `replies`, `latency_sum` and
        `words_sum` (sums over that day's replies of logs), `ratings` (0 to 2 given), `ratings_sum`
        (1 to 7 each). What the couple told of its days: `together`, `travel`, `ill`, `busy`,
        `holiday`, `life`. A name that is left out was not recorded, nor a count below nothing.
        Raises `ValueError` where a name is unknown or does not hold seven values.
        """
        week = days_of(days)
        found = self._stream.add(counted(week, self._weekdays))
        self._weekdays = self._weekdays.after(week)
        return None if found is None else _report(found)


def _report(found: Noticed) -> Report:
    dated = found.dated
    part = named(dated, WARM)
    return Report(
        state="drift" if found.sought.toward is Toward.QUIETER else "reconnected",
        onset=(7 * dated.earliest, 7 * dated.likeliest, 7 * dated.latest + 6),
        rhythms={NAMES[row]: float(dated.effect[row]) for row in part},
        evidence=float(np.round(found.log_odds, 3)),
    )
