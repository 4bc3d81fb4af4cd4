"""The last two weeks, day by day, from where each stands: two views, neither the right one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from turntoward.web.couples.models import Partner
from turntoward.web.weather.models import Weather
from turntoward.web.weather.seen import Gift, Tapped, given_to, of_both
from turntoward.web.weather.words import given

TWO_WEEKS = timedelta(days=13)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day that holds something. `theirs` is None where this partner may not see it."""

    day: date
    mine: Weather | None
    theirs: Tapped | None
    gave: str
    gift: Gift | None


def lately(partner: Partner, today: date) -> tuple[Day, ...]:
    """Days of the last two weeks, the newest first. A day without a tap is not mentioned."""
    since = today - TWO_WEEKS
    own = Weather.objects.visible_to(partner).filter(day__gte=since, day__lte=today)
    mine = {weather.day: weather for weather in own.select_related("partner__couple")}
    theirs = {tapped.day: tapped for tapped in of_both(partner, since, today)}
    gifts = {gift.day: gift for gift in given_to(partner, since)}
    return tuple(
        Day(
            day=day,
            mine=mine.get(day),
            theirs=theirs.get(day),
            gave=given(mine[day]) if day in mine else "",
            gift=gifts.get(day),
        )
        for day in _newest_first((mine, theirs, gifts))
    )


def _newest_first(each: Iterable[Iterable[date]]) -> list[date]:
    return sorted({day for days in each for day in days}, reverse=True)
