"""What fits now: the hour, the home, the energy, and how tender a time it is."""

from __future__ import annotations

from dataclasses import dataclass

from turntoward.moments.catalogue import Moment

_NIGHT_ENDS, _NOON, _LATE = 5, 12, 22
#: The hour that stands for a morning or an evening where only that is known.
_EIGHT, _SEVEN_IN_THE_EVENING = 8, 19
#: Minutes that a moment may take at most for someone with little energy, or late at night.
_SHORT = 3
#: Effort (1 to 3) that a hard season leaves room for.
_SMALL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """The circumstances of one choice; `hour` is the local one, 0 to 23."""

    hour: int
    living: str
    little_energy: bool
    tense: bool
    hard_season: bool

    def suits(self, moment: Moment) -> bool:
        """True where nothing speaks against it now. Nothing relaxes this."""
        return (
            moment.when in ("any", self._part_of_day())
            and moment.fits in ("any", self.living)
            and (moment.gentle or not (self.tense or self.hard_season))
            and (moment.effort == 1 or not self.little_energy)
            and (moment.effort <= _SMALL or not self.hard_season)
            and (moment.minutes <= _SHORT or not (self.little_energy or self._late()))
        )

    def _part_of_day(self) -> str:
        if self.hour < _NIGHT_ENDS:
            return "night"  # too late for a good night and too early for a good morning
        # From noon on, since what is offered after lunch is for the evening.
        return "morning" if self.hour < _NOON else "evening"

    def _late(self) -> bool:
        return self.hour >= _LATE or self.hour < _NIGHT_ENDS


def usual_hour(morning: bool) -> int:
    """An hour that stands for the morning, or for the rest of the day."""
    return _EIGHT if morning else _SEVEN_IN_THE_EVENING
