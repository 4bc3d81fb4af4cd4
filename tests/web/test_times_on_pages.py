"""Days and hours on the pages are by the clock of the two, whatever the server's is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.web.checkins.models import Afterwards, Sitting
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.readings import actions as readings
from turntoward.web.readings.models import Bringing
from turntoward.web.topics import actions as topics
from web_chats import bring, chat

Phone = Callable[[Partner], Client]
#: Half past midnight in Berlin: by UTC, and by the day of the two, it is still the fourth.
MIDNIGHT = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MIDNIGHT)


def page(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", client.get(path).content.decode())


def felt(partner: Partner, at: datetime) -> Afterwards:
    sitting = Sitting.objects.create(
        couple=partner.couple,
        begun_at=at,
        begun_by=partner,
        first=0,
        ended_at=at + timedelta(minutes=10),
    )
    return Afterwards.objects.create(sitting=sitting, partner=partner, warmth=4, at=at)


def test_a_chat_was_brought_in_at_the_hour_that_their_clock_showed(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers = phone(ana)
    brought = bring(hers, chat())
    assert "5 Mar 2026, 12:30 a.m., by Ana" in page(hers, "/bring-in/")
    Couple.objects.update(zone="America/New_York")
    assert "4 Mar 2026, 6:30 p.m., by Ana" in page(hers, "/bring-in/")
    Bringing.objects.filter(pk=brought.pk).update(at=MIDNIGHT + timedelta(hours=6))
    his = phone(ben)
    assert "A chat was brought in on 5 March." in page(his, "/climate/")
    # The clock of an answer is that answer's alone.
    assert timezone.get_current_timezone_name() == "UTC"


def test_what_was_said_in_a_chat_stays_at_the_hour_that_the_chat_has(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers = phone(ana)
    for partner in (ana, ben):
        readings.agree(partner, MIDNIGHT)
    bring(hers, chat())
    for zone in ("Europe/Berlin", "America/New_York"):
        Couple.objects.update(zone=zone)
        assert "6:10 p.m. · <span>Ben" in page(hers, "/rhythm/bids/")


def test_a_sitting_past_midnight_is_of_the_evening_before(ana: Partner, phone: Phone) -> None:
    hers, evening = phone(ana), felt(ana, MIDNIGHT)
    assert "4 March" in page(hers, "/together/")
    assert "5 March" not in page(hers, "/together/")
    assert "<h1>4 Mar 2026</h1>" in page(hers, f"/together/words/{evening.pk}/")
    # At eight in the morning in Auckland it is another day than by UTC.
    Couple.objects.update(zone="Pacific/Auckland")
    morning = felt(ana, datetime(2026, 3, 6, 19, tzinfo=UTC))
    assert "<h1>7 Mar 2026</h1>" in page(hers, f"/together/words/{morning.pk}/")
    assert "7 March" in page(hers, "/together/")


def test_how_long_one_could_hear_something_is_by_their_clock(ana: Partner, phone: Phone) -> None:
    hers = phone(ana)
    topics.hear(ana, MIDNIGHT)
    there = (MIDNIGHT + topics.HEARS_FOR + timedelta(hours=1)).date()
    assert f"until {there.day} March." in page(hers, "/topics/")
