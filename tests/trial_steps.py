"""Steps that tests of trials share: two weeks of use, a trial of both, and lived weeks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.web.couples.models import Partner
from turntoward.web.trials import actions
from turntoward.web.trials.models import Trial
from turntoward.web.weather.models import Weather

Phone = Callable[[Partner], Client]
Clock = Callable[[datetime], None]
DAY = timedelta(days=1)
#: A Wednesday, in the couple's zone and in UTC.
WEDNESDAY = datetime(2024, 5, 15, 12, tzinfo=UTC)
MONDAY = date(2024, 5, 20)
#: Before the first week.
BEFORE = datetime(2024, 5, 19, 12, tzinfo=UTC)


def clock_of(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Moves the time that the views see; it stands on a Wednesday at first."""

    def move_to(to: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: to)

    move_to(WEDNESDAY)
    return move_to


def tapped(partner: Partner, day: date, warmth: int = 3) -> None:
    at = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    Weather.objects.create(partner=partner, day=day, warmth=warmth, at=at)


def used(*partners: Partner) -> None:
    """Each has tapped how it feels for two weeks and more."""
    for partner in partners:
        if not partner.weather.exists():
            tapped(partner, WEDNESDAY.date() - 20 * DAY)


def agreed(ana: Partner, ben: Partner, pairs: int = 4) -> Trial:
    """A trial that both said yes to on that Wednesday; the first week of each pair is with."""
    used(ana)
    actions.propose(ana, pairs, WEDNESDAY)
    trial = Trial.objects.get(closed_at=None, alone_for=None)
    actions.say_yes(trial, ben, WEDNESDAY)
    Trial.objects.filter(pk=trial.pk).update(seed=(1 << pairs) - 1)
    trial.refresh_from_db()
    return trial


def lived(trial: Trial, partner: Partner, with_shifts: int, without: int, weeks: int = 8) -> None:
    """Taps of Tuesday to Thursday in every week."""
    assert trial.begins
    for week in range(weeks):
        for day in range(1, 4):
            warmth = without if week % 2 else with_shifts
            tapped(partner, trial.begins + timedelta(weeks=week, days=day), warmth)


def page(client: Client) -> str:
    return re.sub(r"\s+", " ", client.get("/trials/").content.decode())


def move(client: Client, trial: Trial, what: str) -> int:
    return client.post(f"/trials/{trial.pk}/move/", {"what": what}).status_code


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
