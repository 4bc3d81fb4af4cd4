"""Taps of a phone whose clock is wrong, or that waited: what was tapped last stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from turntoward.web.checkins import actions
from turntoward.web.checkins.models import Afterwards, Sitting
from turntoward.web.couples.models import Partner
from turntoward.web.couples.taps import tapped_at
from turntoward.web.weather.models import Weather

Phone = Callable[[Partner], Client]
Move = Callable[[datetime], None]
#: An evening in Berlin, by the clock of the machine.
EVENING = datetime(2026, 3, 4, 21, 10, tzinfo=UTC)
MILD, BRIGHT = "3", "4"


def after(minutes: float) -> datetime:
    """So many minutes later that evening."""
    return EVENING + timedelta(minutes=minutes)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Move:
    """It is evening; the clock of the machine can be moved."""

    def move(to: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: to)

    move(EVENING)
    return move


@pytest.fixture
def felt(ana: Partner) -> str:
    """Where a tap after a sitting that is over goes."""
    sitting = actions.begin(ana, EVENING)
    actions.stop(sitting, EVENING)
    return f"/together/{Sitting.objects.get().pk}/felt/"


def tap(client: Client, path: str, warmth: str, at: datetime, sent: datetime | None = None) -> None:
    """As a phone sends it: both times are by its own clock."""
    fields = {"warmth": warmth, "tap": str(uuid4()), "at": at.isoformat()}
    fields |= {"sent": sent.isoformat()} if sent else {}
    assert client.post(path, fields).status_code == 302


def test_a_correction_made_without_a_network_stands(
    ana: Partner, phone: Phone, clock: Move, felt: str
) -> None:
    client = phone(ana)
    clock(after(20))
    tap(client, felt, MILD, after(0), after(20))
    tap(client, felt, BRIGHT, after(1), after(20))
    feeling = Afterwards.objects.get()
    assert feeling.warmth == int(BRIGHT)
    # It counts from when the first came; the tap that stands has its own time.
    assert (feeling.at, feeling.tapped_at) == (after(20), after(1))


def test_so_does_one_of_a_page_that_does_not_say_when_it_sent(
    ana: Partner, phone: Phone, clock: Move, felt: str
) -> None:
    client = phone(ana)
    clock(after(20))
    tap(client, felt, MILD, after(0))
    tap(client, felt, BRIGHT, after(1))
    assert Afterwards.objects.get().warmth == int(BRIGHT)


def test_a_second_tap_before_the_first_was_answered_stands(
    ana: Partner, phone: Phone, clock: Move, felt: str
) -> None:
    client = phone(ana)
    # The first was three seconds under way; the second waited for it, and then came at once.
    clock(after(3 / 60))
    tap(client, felt, MILD, after(0), after(0))
    tap(client, felt, BRIGHT, after(1 / 60), after(3 / 60))
    assert Afterwards.objects.get().warmth == int(BRIGHT)


@pytest.mark.parametrize("wrong", [-90, 90])
def test_a_phone_with_a_wrong_clock_changes_what_was_tapped_on_another(
    ana: Partner, phone: Phone, clock: Move, felt: str, wrong: float
) -> None:
    client = phone(ana)
    for path in (felt, "/weather/"):
        tap(client, path, MILD, after(0), after(0))
    clock(after(5))
    for path in (felt, "/weather/"):
        tap(client, path, BRIGHT, after(5 + wrong), after(5 + wrong))
    assert Afterwards.objects.get().warmth == int(BRIGHT)
    assert (Weather.objects.get().warmth, Weather.objects.get().earlier) == (4, 3)


def test_what_waited_on_it_overturns_nothing_that_was_tapped_since(
    ana: Partner, phone: Phone, clock: Move, felt: str
) -> None:
    client = phone(ana)
    clock(after(30))
    client.post(felt, {"warmth": BRIGHT})
    client.post("/weather/", {"warmth": BRIGHT})
    clock(after(40))
    # Its clock is an hour fast: by that, it was tapped later.
    for path in (felt, "/weather/"):
        tap(client, path, MILD, after(60), after(100))
    assert Afterwards.objects.get().warmth == int(BRIGHT)
    assert Weather.objects.get().warmth == int(BRIGHT)


def test_over_a_feeling_from_before_its_time_was_written_down_the_later_one_stands(
    ana: Partner, phone: Phone, clock: Move, felt: str
) -> None:
    client = phone(ana)
    client.post(felt, {"warmth": MILD})
    Afterwards.objects.update(tapped_at=None)
    clock(after(5))
    tap(client, felt, BRIGHT, after(-60), after(-60))
    assert Afterwards.objects.get().warmth == int(BRIGHT)


@pytest.mark.parametrize(
    ("at", "sent", "wanted"),
    [
        (after(-10).isoformat(), "", after(-10)),
        (after(50).isoformat(), after(60).isoformat(), after(-10)),
        # Its clock was set back between the two.
        (after(60).isoformat(), after(50).isoformat(), EVENING),
        ((EVENING - timedelta(days=9)).isoformat(), EVENING.isoformat(), EVENING),
        ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", EVENING),
        (after(-10).isoformat(), "never", after(-10)),
        ("", after(-10).isoformat(), EVENING),
        ("2026-02-31T00:00:00Z", EVENING.isoformat(), EVENING),
    ],
)
def test_when_it_was_tapped(at: str, sent: str, wanted: datetime) -> None:
    request = RequestFactory().post("/", {"at": at, "sent": sent})
    assert tapped_at(request, EVENING) == wanted
