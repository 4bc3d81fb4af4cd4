"""The last weeks of the demo couple in the companion: what a page would show of them by now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from turntoward.demo import DemoWeather
from turntoward.web.couples import actions as couples
from turntoward.web.couples.models import Partner, Purpose
from turntoward.web.noticed import actions as noticed
from turntoward.web.rituals import actions as rituals
from turntoward.web.rituals.kinds import Kind
from turntoward.web.topics import actions as topics
from turntoward.web.weather import actions as weather
from turntoward.web.weather.models import Weather

#: Who noticed what of the other, how many days before the last one, and with which words.
_NOTICED = [
    (1, 12, "asked", "You asked how it went, and then you listened."),
    (0, 5, "touch", ""),
    (1, 2, "looked-up", "You put the phone down when I came in."),
]
#: Words that somebody gave the other with the weather of a day.
_GIVEN = [
    (0, 9, "The walk to the river did me good."),
    (1, 3, "I was tired, not far away."),
]


def live_on(
    days: Sequence[DemoWeather], partners: tuple[Partner, Partner], one_sided: bool = False
) -> None:
    """Let both show each other the weather of `days`, notice a few moments and keep two rituals.

    With `one_sided` only the first of the two tells what was noticed.
    """
    if not days:
        return
    for partner in partners:
        couples.say_yes(partner, _evening(partner, days[0].day, 8), Purpose.SHARE_WEATHER)
    for each in days:
        for partner, warmth in zip(partners, each.warmth, strict=True):
            if warmth is not None:
                weather.tap(partner, each.day, warmth, _evening(partner, each.day, 21))
    last = days[-1].day
    for who, ago, words in _GIVEN:
        _give(partners[who], last - timedelta(days=ago), words)
    for who, ago, sort, words in _NOTICED:
        at = _evening(partners[who], last - timedelta(days=ago), 19)
        noticed.notice(partners[0 if one_sided else who], sort, words, at)
    _keep_rituals(partners[0], [each.day for each in days if None not in each.warmth])
    _park(partners[0], _evening(partners[0], last - timedelta(days=8), 21))


def _keep_rituals(partner: Partner, greeted: Sequence[date]) -> None:
    """A hello and the ten minutes, kept for some weeks, and the hello on the days of `greeted`."""
    begun = _evening(partner, greeted[0], 8)
    rituals.switch(partner, Kind.TEN, on=True, now=begun)
    hello = rituals.switch(partner, Kind.HELLO, on=True, now=begun)
    for day in greeted:
        rituals.mark(hello, day, _evening(partner, day, 8), kept=True)


def _park(partner: Partner, at: datetime) -> None:
    """A hard topic that rests, in the vault of the one who put it down."""
    topics.put_down(partner, "How often we see your mother since the summer", at)


def _give(partner: Partner, day: date, words: str) -> None:
    """Words for the nearest day up to `day` on which this partner tapped."""
    tapped = Weather.objects.filter(partner=partner, day__lte=day).first()
    if tapped is not None:
        weather.give_words(tapped, words)


def _evening(partner: Partner, day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 10), tzinfo=ZoneInfo(partner.couple.zone))
