"""Weeks in which the two reach for each other here, begun by whoever a test likes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from turntoward.web.checkins import actions as checkins
from turntoward.web.checkins.clock import TEN_MINUTES
from turntoward.web.couples.models import Partner
from turntoward.web.moments import actions as moments
from turntoward.web.noticed import actions as noticed

#: A Monday, and the Monday after eight weeks.
FIRST = datetime(2026, 1, 5, 19, tzinfo=UTC)
LATER = FIRST + timedelta(weeks=8)


def sit(by: Partner, at: datetime) -> None:
    """The ten minutes from the first tap to the end."""
    sitting = checkins.begin(by, at)
    checkins.open_sitting(by, at + timedelta(seconds=TEN_MINUTES + 60))
    sitting.refresh_from_db()
    assert sitting.ended_at is not None


def reach(couple: Sequence[Partner], turns: Sequence[Partner], weeks: int = 8) -> None:
    """All of `couple` look in on the first day; then efforts, begun by each of `turns` in turn.

    Two evenings a week and, where there are two, a word of noticing.
    """
    for partner in couple:
        moments.offer_of_today(partner, None, FIRST)
    for week in range(weeks):
        for n, weekday in enumerate((1, 4)):
            by = turns[(2 * week + n) % len(turns)]
            sit(by, FIRST + timedelta(weeks=week, days=weekday))
        if len(couple) > 1:
            by = turns[week % len(turns)]
            noticed.notice(by, "joke", "", FIRST + timedelta(weeks=week))
