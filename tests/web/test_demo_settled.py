"""The demo couple as they are found, and once more from the first day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from turntoward.web.couples.access import agreed_since, both_agreed
from turntoward.web.couples.models import Couple, Partner, Purpose
from turntoward.web.demo_couple import settle_in
from turntoward.web.demo_over import start_over
from turntoward.web.noticed.models import Given
from turntoward.web.readings.models import Bringing
from turntoward.web.readings.store import sealed_path
from turntoward.web.weather.models import Weather

Phone = Callable[[Partner], Client]
TODAY = date(2026, 6, 14)


@pytest.fixture
def demo(db: None, settings: Any) -> Couple:
    """Ana and Ben have moved in."""
    settings.DEMO = True
    settle_in(TODAY)
    return Couple.objects.get()


def test_they_have_lived_here_for_some_weeks(demo: Couple) -> None:
    for partner in demo.partners.all():
        days = list(Weather.objects.visible_to(partner).values_list("day", flat=True))
        assert 30 <= len(days) <= 70
        assert max(days) < TODAY  # today is for whoever looks around
        assert min(days) >= TODAY - timedelta(weeks=10)
    since = agreed_since(demo, Purpose.SHARE_WEATHER)
    assert since is not None
    assert since.date() == Weather.objects.order_by("day")[0].day
    assert both_agreed(demo, Purpose.READ_CHAT)
    assert Weather.objects.exclude(shared_sealed=None).count() == 2
    assert Given.objects.count() == 3
    assert {ritual.kind for ritual in demo.rituals.filter(on=True)} == {"hello", "ten"}
    assert demo.seasons.count() > 2


def test_what_one_of_them_parked_is_theirs_alone(demo: Couple) -> None:
    for side, here in ((0, True), (1, False)):
        client = Client()
        client.post(f"/look-around/{side}/")
        assert ("How often we see your mother" in client.get("/topics/").content.decode()) is here


def test_they_move_in_once(demo: Couple) -> None:
    settle_in(TODAY)
    assert Couple.objects.count() == 1


def test_once_more_from_the_first_day(demo: Couple) -> None:
    client, guest = Client(), Client()
    client.post("/look-around/0/")
    guest.post("/look-around/1/")
    ana = demo.partners.get(side=0)
    Weather.objects.visible_to(ana).delete()
    demo.seasons.all().delete()
    chat = sealed_path(Bringing.objects.get().pk)
    assert chat.exists()
    assert "Start the demo over" in client.get("/more/").content.decode()

    answer = client.post("/start-over/")
    assert answer["Location"] == "/"
    new = Couple.objects.get()
    assert new.pk != demo.pk
    assert new.seasons.exists()
    assert Weather.objects.filter(partner__side=0).exists()
    assert not chat.exists()
    assert sealed_path(Bringing.objects.get().pk).exists()
    # Nobody goes on as one who is gone.
    assert Session.objects.count() == 0
    for phone in (client, guest):
        assert phone.get("/today/")["Location"].startswith("/enter/")


def test_real_people_are_never_started_over(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    assert client.post("/start-over/").status_code == 404
    assert "Start the demo over" not in client.get("/more/").content.decode()
    with pytest.raises(PermissionError):
        start_over(TODAY)
    assert Couple.objects.get() == ana.couple
