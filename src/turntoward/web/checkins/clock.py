"""The clock of the ten minutes: where a sitting stands is computed from when it runs, never kept.

So a phone that lost the network, was locked or reloaded comes back to the right second, and a
server that was restarted too. "This could be a ten minute check in at the end of the day."
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Stage(StrEnum):
    """The parts of the ten minutes, in order."""

    ARRIVE = "arrive"
    FIRST_SPEAKS = "first-speaks"
    SECOND_SPEAKS = "second-speaks"
    FIRST_THANKS = "first-thanks"
    SECOND_THANKS = "second-thanks"
    CLOSE = "close"
    OVER = "over"


#: Seconds of each part. Ten minutes means ten.
LENGTHS: dict[Stage, int] = {
    Stage.ARRIVE: 45,
    Stage.FIRST_SPEAKS: 210,
    Stage.SECOND_SPEAKS: 210,
    Stage.FIRST_THANKS: 50,
    Stage.SECOND_THANKS: 50,
    Stage.CLOSE: 35,
}
TEN_MINUTES = sum(LENGTHS.values())


@dataclass(frozen=True, slots=True)
class Clock:
    """`banked_s` seconds have passed, and time runs since `running_since`, or rests if None."""

    banked_s: float
    running_since: datetime | None

    def elapsed_s(self, now: datetime) -> float:
        """Seconds of the ten minutes that have passed, at most all of them."""
        running = (now - self.running_since).total_seconds() if self.running_since else 0.0
        return min(float(TEN_MINUTES), self.banked_s + max(0.0, running))

    def paused(self, now: datetime) -> Clock:
        """The same clock, resting."""
        return Clock(self.elapsed_s(now), None)

    def resumed(self, now: datetime) -> Clock:
        """The same clock, running on."""
        return self if self.running_since else Clock(self.banked_s, now)

    def moved_on(self, stage: Stage, now: datetime) -> Clock:
        """The clock at the end of `stage`; unchanged when that stage is over already.

        Both may tap in the same second: the second tap names a stage that has passed.
        """
        if self.stage(now) is not stage or stage is Stage.OVER:
            return self
        return Clock(float(_ends(stage)), now if self.running_since else None)

    def stage(self, now: datetime) -> Stage:
        """The part that is running at `now`."""
        elapsed = self.elapsed_s(now)
        for stage in LENGTHS:
            if elapsed < _ends(stage):
                return stage
        return Stage.OVER

    def left_s(self, now: datetime) -> float:
        """Seconds left in the part that is running."""
        stage = self.stage(now)
        return 0.0 if stage is Stage.OVER else _ends(stage) - self.elapsed_s(now)


def _ends(stage: Stage) -> int:
    ends = 0
    for each, length in LENGTHS.items():
        ends += length
        if each is stage:
            break
    return ends


def begun(now: datetime) -> Clock:
    """A clock that starts now."""
    return Clock(0.0, now)


#: A rest longer than this is an evening that went another way; the sitting ends by itself.
LONGEST_REST = timedelta(hours=2)
