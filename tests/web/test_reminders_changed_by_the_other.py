"""Both change the rituals of the two; what one changes reaches no lock screen of the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from planted_rituals import EVENING, EVERY_DAY, keep, remind
from turntoward.web.couples.models import Partner
from turntoward.web.rituals import actions, sender
from turntoward.web.rituals.calendars import calendar_of
from turntoward.web.rituals.kinds import Kind, Plan
from turntoward.web.rituals.models import Ritual, Sent
from turntoward.web.rituals.when import moment_on

Phone = Callable[[Partner], Client]
#: The night after that evening: three in Berlin.
NIGHT = datetime(2026, 3, 5, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _evening(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: EVENING)
    settings.MAIL_SET_UP = True


def changed(partner: Partner, ritual: Ritual, at: time, name: str = "") -> None:
    plan = Plan(on=True, days=EVERY_DAY, at=at, name=name)
    actions.change(partner, Kind(ritual.kind), plan, EVENING)


def page(client: Client) -> str:
    return re.sub(r"\s+", " ", client.get("/reminders/").content.decode())


def sent_at(at: datetime) -> int:
    """How many are sent at a moment, each day anew."""
    Sent.objects.all().delete()
    return sender.tick(at)


def test_the_name_of_their_own_ritual_is_in_no_reminder(ana: Partner, ben: Partner) -> None:
    ritual = keep(ana, Kind.OWN)
    remind(ben, ritual, says=True)
    changed(ana, ritual, time(20, 40), name="You forgot me again")
    assert sender.tick(EVENING) == 1
    assert mail.outbox[0].subject == "One of your own"
    assert "forgot" not in mail.outbox[0].body
    feed = calendar_of(ben, EVENING.date())
    assert b"SUMMARY:One of your own" in feed
    assert b"forgot" not in feed


def test_an_hour_in_the_night_that_the_other_chose_wakes_nobody(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    ritual = keep(ana)
    remind(ben, ritual)
    his = phone(ben)
    assert "in the night. You are not reminded" not in page(his)
    assert b"VALARM" in calendar_of(ben, EVENING.date())
    changed(ana, ritual, time(3))
    assert sent_at(NIGHT) == 0
    assert b"VALARM" not in calendar_of(ben, EVENING.date())
    assert "Your ritual is at 3 a.m. by now, in the night." in page(his)
    # He keeps it like that himself, and wants to be reminded then.
    his.post("/reminders/", {"ritual": str(ritual.pk), "own_at": "", "says": ""})
    assert sent_at(NIGHT) == 1
    assert b"VALARM" in calendar_of(ben, EVENING.date())
    assert "in the night. You are not reminded" not in page(his)


def test_an_early_ritual_that_both_know_goes_on(ana: Partner, ben: Partner) -> None:
    ritual = keep(ana, Kind.HELLO, time(6, 30))
    remind(ben, ritual)
    morning = moment_on(EVENING.date(), time(6, 30), "Europe/Berlin")
    assert morning is not None
    assert sent_at(morning) == 1
    changed(ana, ritual, time(7, 30))
    later = moment_on(EVENING.date(), time(7, 30), "Europe/Berlin")
    assert later is not None
    assert sent_at(later) == 1
    changed(ana, ritual, time(6, 30))
    assert sent_at(morning) == 1


def test_an_hour_of_ones_own_stays(ana: Partner, ben: Partner) -> None:
    ritual = keep(ana, at=time(23, 30))
    remind(ben, ritual, own_at=time(23, 10))
    changed(ana, ritual, time(0, 30))
    late = moment_on(EVENING.date(), time(23, 10), "Europe/Berlin")
    assert late is not None
    assert sent_at(late) == 1
