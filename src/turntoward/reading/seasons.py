"""The couple's own seasons: the weeks that are known through them, and what stands beside a drift.

A season is never taken as the cause of a drift and never takes one away (docs/seasons.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from turntoward.drift.known import Spell, Told
from turntoward.drift.shift import Drift
from turntoward.errors import UnclearSetting
from turntoward.reading.reading import Season
from turntoward.words import gettext, gettext_noop, month

#: A season without an end is a moment: a birth, a move, a first day. So long it fills the days.
MOMENT = timedelta(weeks=4)

#: What lasts longer is no exception any more but how the two live: known as told is only its
#: beginning, so that a season of years cannot hide a drift.
LONGEST = timedelta(weeks=26)

#: A season this close to the range in which a drift began is said beside it: who marks a season
#: remembers it to a week or two.
NEAR = timedelta(weeks=2)

#: What kind of time it was, in a few words: the ids of what `kind_of` says.
WORDS: dict[Told, str] = {
    Told.TOGETHER: gettext_noop("together in one place"),
    Told.TRAVEL: gettext_noop("travel"),
    Told.ILL: gettext_noop("illness"),
    Told.BUSY: gettext_noop("a busy time"),
    Told.HOLIDAY: gettext_noop("holiday"),
    Told.LIFE: gettext_noop("times of life"),
}

_DAY = timedelta(days=1)


def season(*, name: str, start: date, end: date | None, kind: str, ongoing: bool = False) -> Season:
    """A season from plain values; `kind` is a `Told` value."""
    return Season(name=name, start=start, end=end, kind=Told(kind), ongoing=ongoing)


def in_order(seasons: Iterable[Season]) -> tuple[Season, ...]:
    """The seasons in order of time; raises `UnclearSetting` where one ends before it begins."""
    ordered = tuple(sorted(seasons, key=lambda one: one.start))
    for one in ordered:
        if one.end is not None and one.end < one.start:
            said = gettext("The season {days} ends before it begins. Check its days.")
            raise UnclearSetting(said.format(days=f"{one.start}..{one.end}"))
    return ordered


def spells(seasons: Iterable[Season]) -> tuple[Spell, ...]:
    """The days that the two told of, as the detector takes them."""
    return tuple(Spell(told=s.kind, first=s.start, last=known_until(s)) for s in seasons)


def lasts_until(season: Season) -> date:
    """The last day of a season; of one that goes on, the last day that there is."""
    if season.end is not None:
        return season.end
    return date.max if season.ongoing else _after(season.start, MOMENT - _DAY)


def known_until(season: Season) -> date:
    """The last day of a season that is known as out of the ordinary.

    One that goes on is known for its first `LONGEST`, today as next month: so its days do not
    depend on the day on which somebody reads.
    """
    return min(lasts_until(season), _after(season.start, LONGEST - _DAY))


def _after(day: date, days: timedelta) -> date:
    """That much later, or the last day that there is: a year is soon mistyped as 9999."""
    return day + days if days <= date.max - day else date.max


def beside(drift: Drift, seasons: Sequence[Season]) -> tuple[Season, ...]:
    """The seasons that touch the range in which a drift began, in order."""
    first, last = drift.earliest - NEAR, drift.latest + NEAR
    return tuple(s for s in seasons if s.start <= last and first <= lasts_until(s))


def when_and_what(season: Season) -> str:
    """`March 2021 to May 2021, illness`, or `since March 2021, going on`.

    Of a time of life, or one that is named like its kind, only when it was.
    """
    start, end = month(season.start), month(season.end or season.start)
    when = start if start == end else gettext("{start} to {end}").format(start=start, end=end)
    if season.ongoing and season.end is None:
        when = gettext("since {month}, going on").format(month=start)
    words = kind_of(season.kind)
    said = season.kind is Told.LIFE or season.name.lower() in (words.lower(), WORDS[season.kind])
    return when if said else f"{when}, {words}"


def kind_of(told: Told) -> str:
    """What kind of time it was, in a few words."""
    return gettext(WORDS[told])


def marked(day: date, seasons: Sequence[Season], days: int = 7) -> tuple[int, ...]:
    """Which seasons, numbered from 1, hold known days among `days` days from `day` on."""
    last = day + timedelta(days=days) - _DAY
    return tuple(
        n for n, s in enumerate(seasons, start=1) if s.start <= last and day <= known_until(s)
    )


def lasting(day: date, seasons: Sequence[Season], days: int = 7) -> tuple[int, ...]:
    """Which seasons, numbered from 1, last into `days` days from `day` on, known or not."""
    last = day + timedelta(days=days) - _DAY
    return tuple(
        n for n, s in enumerate(seasons, start=1) if s.start <= last and day <= lasts_until(s)
    )
