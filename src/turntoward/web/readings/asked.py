"""What the two told that their readings rest on: their seasons, and how their chats are read."""

from __future__ import annotations

from collections.abc import Iterable

from turntoward.reading import seasons, typed
from turntoward.reading.hours import Hours
from turntoward.reading.reading import Reading, Season
from turntoward.web.couples.models import Couple, Kind
from turntoward.web.couples.models import Season as StoredSeason

#: Kinds of the companion that the detector knows by another name (docs/seasons.md). Weeks of stress
#: at work and of burnout are like other busy weeks to it; a child or a loss changes the days as
#: other turns of life do. A kind of its own would need weeks of its own to learn from.
_AS_TOLD: dict[str, str] = {
    Kind.WORK: Kind.BUSY,
    Kind.BURNOUT: Kind.BUSY,
    Kind.PARENTING: Kind.LIFE,
    Kind.GRIEF: Kind.LIFE,
}


def seasons_of(stored: Iterable[StoredSeason]) -> tuple[Season, ...]:
    """The couple's marks as the reading knows them."""
    return tuple(
        seasons.season(
            name=s.name,
            start=s.start,
            end=s.end,
            kind=_AS_TOLD.get(s.kind, s.kind),
            ongoing=s.ongoing,
        )
        for s in stored
    )


def hours_of(couple: Couple) -> Hours:
    """The couple's settings as the reading knows them."""
    return Hours(gap=couple.gap_h, window=couple.window_h, night=typed.night_of(couple.night))


def rests_on_now(reading: Reading, couple: Couple) -> bool:
    """True where a reading was made with the seasons and settings as they are now.

    One from before there were any, which does not know its night, was not.
    """
    now = (seasons_of(couple.seasons.all()), hours_of(couple))
    return reading.night is not None and (reading.seasons, reading.hours) == now
