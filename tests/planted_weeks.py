"""Small invented chats that the tests of rhythms share, and their counts week by week."""

from __future__ import annotations

from datetime import date, timedelta

from planted_chats import ANA, MONDAY, Chat
from turntoward.rhythms import rhythm
from turntoward.rhythms.material import Material
from turntoward.rhythms.series import Series

#: Mondays of the first weeks.
FIRST, SECOND, THIRD = (date(2024, 1, day) for day in (1, 8, 15))


def measured(name: str, material: Material) -> Series:
    found = rhythm(name).measure(material)
    assert isinstance(found, Series), found
    return found


def by_week(series: Series) -> dict[date, tuple[float, float]]:
    return {week.start: (week.count, week.exposure) for week in series.weeks}


def every_day(chat: Chat, weeks: int = 10) -> Chat:
    """Makes every day of ten weeks active with one plain line at six in the evening."""
    for day in range(7 * weeks):
        chat.say(MONDAY + timedelta(days=day, hours=18), ANA, "ok")
    return chat


def daily_bid(chat: Chat, hour: float, weeks: int = 10) -> Chat:
    for day in range(7 * weeks):
        at = MONDAY + timedelta(days=day, hours=hour)
        chat.say(at, day % 2, "look", bid="share", msg_id=f"m{day}")
    return chat
