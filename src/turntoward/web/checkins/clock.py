"""The clock of a sitting: where it stands is computed from when it runs, never kept.

So a phone that lost the network, was locked or reloaded comes back to the right second, and a
server that was restarted too. "This could be a ten minute check in at the end of the day or a
quiet moment over coffee without distractions."
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class Form(StrEnum):
    """What the two sit down for."""

    TEN = "ten"
    COFFEE = "coffee"


class Stage(StrEnum):
    """The parts of a sitting. Each form has its own of them, in its own order."""

    ARRIVE = "arrive"
    FIRST_SPEAKS = "first-speaks"
    SECOND_SPEAKS = "second-speaks"
    TOGETHER = "together"
    FIRST_THANKS = "first-thanks"
    SECOND_THANKS = "second-thanks"
    CLOSE = "close"
    OVER = "over"


#: Seconds of each part, in order. Ten minutes means ten, and five means five.
LENGTHS: Mapping[Form, Mapping[Stage, int]] = {
    Form.TEN: {
        Stage.ARRIVE: 45,
        Stage.FIRST_SPEAKS: 210,
        Stage.SECOND_SPEAKS: 210,
        Stage.FIRST_THANKS: 50,
        Stage.SECOND_THANKS: 50,
        Stage.CLOSE: 35,
    },
    Form.COFFEE: {
        Stage.ARRIVE: 30,
        Stage.TOGETHER: 170,
        Stage.FIRST_THANKS: 35,
        Stage.SECOND_THANKS: 35,
        Stage.CLOSE: 30,
    },
}


def whole_s(form: Form) -> int:
    """Seconds of all parts of a form together."""
    return sum(LENGTHS[form].values())


TEN_MINUTES = whole_s(Form.TEN)
FIVE_MINUTES = whole_s(Form.COFFEE)


@dataclass(frozen=True, slots=True)
class Clock:
    """`banked_s` seconds have passed, and time runs since `running_since`, or rests if None."""

    banked_s: float
    running_since: datetime | None
    form: Form = Form.TEN

    def elapsed_s(self, now: datetime) -> float:
        """Seconds of the sitting that have passed, at most all of them."""
        running = (now - self.running_since).total_seconds() if self.running_since else 0.0
        return min(float(whole_s(self.form)), self.banked_s + max(0.0, running))

    def paused(self, now: datetime) -> Clock:
        """The same clock, resting."""
        return replace(self, banked_s=self.elapsed_s(now), running_since=None)

    def resumed(self, now: datetime) -> Clock:
        """The same clock, running on."""
        return self if self.running_since else replace(self, running_since=now)

    def moved_on(self, stage: Stage, now: datetime) -> Clock:
        """The clock at the end of `stage`; unchanged when that stage is over already.

        Both may tap in the same second: the second tap names a stage that has passed.
        """
        if self.stage(now) is not stage or stage is Stage.OVER:
            return self
        since = now if self.running_since else None
        return replace(self, banked_s=float(self._ends(stage)), running_since=since)

    def stage(self, now: datetime) -> Stage:
        """The part that is running at `now`."""
        elapsed = self.elapsed_s(now)
        for stage in LENGTHS[self.form]:
            if elapsed < self._ends(stage):
                return stage
        return Stage.OVER

    def left_s(self, now: datetime) -> float:
        """Seconds left in the part that is running."""
        stage = self.stage(now)
        return 0.0 if stage is Stage.OVER else self._ends(stage) - self.elapsed_s(now)

    def whole_left_s(self, now: datetime) -> float:
        """Seconds left of the whole sitting."""
        return whole_s(self.form) - self.elapsed_s(now)

    def over_at(self) -> datetime | None:
        """When the whole sitting is over if nobody touches it; None while it rests."""
        left = timedelta(seconds=whole_s(self.form) - self.banked_s)
        return self.running_since + left if self.running_since else None

    def length_s(self, stage: Stage) -> int:
        """Seconds of one part; none where this form has no such part."""
        return LENGTHS[self.form].get(stage, 0)

    def _ends(self, stage: Stage) -> int:
        ends = 0
        for each, length in LENGTHS[self.form].items():
            ends += length
            if each is stage:
                break
        return ends


def begun(now: datetime, form: Form = Form.TEN) -> Clock:
    """A clock that starts now."""
    return Clock(0.0, now, form)


#: A rest longer than this is an evening that went another way; the sitting ends by itself.
LONGEST_REST = timedelta(hours=2)
