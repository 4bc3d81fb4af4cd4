"""Weeks of conversations, and how many of them held a stuck round: what one sign is found in."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from turntoward.bids.exchange import Exchanges
from turntoward.bids.rounds import conversations
from turntoward.reading.hours import Hours
from turntoward.reading.listened import Listened
from turntoward.rhythms.material import DAY_BEGINS_H
from turntoward.rhythms.series import Week

_WEEK = timedelta(weeks=1)


def rounds(heard: Listened, exchanges: Exchanges, hours: Hours) -> tuple[Week, ...]:
    """One week after the other, `exposure` conversations of both and `count` stuck ones.

    Empty where only one side was read or the words were not understood: silence is not drawing
    back. Quotes that the two put right do not move it.
    """
    if heard.own is not None or not heard.labels.understood:
        return ()
    told = conversations(heard.history, heard.labels, exchanges, gap=timedelta(hours=hours.gap))
    held = Counter(_monday(one.begun) for one in told)
    stuck = Counter(_monday(one.begun) for one in told if one.stuck)
    if not held:
        return ()
    first, last = min(held), max(held)
    mondays = [first + _WEEK * n for n in range((last - first) // _WEEK + 1)]
    return tuple(
        Week(start=monday, count=float(stuck[monday]), exposure=float(held[monday]))
        for monday in mondays
    )


def _monday(at: datetime) -> date:
    """The Monday of the couple's week that a moment is in."""
    day = (at - timedelta(hours=DAY_BEGINS_H)).date()
    return day - timedelta(days=day.weekday())
