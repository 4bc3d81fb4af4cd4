"""What waited on a phone: sent again, in any order, it counts once and the last tap wins."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.reading.companion import day_of
from turntoward.web.couples.models import Partner, Tap
from turntoward.web.moments.models import Offer
from turntoward.web.noticed.models import Given
from turntoward.web.weather.models import Weather
from unlocking import unlock

Phone = Callable[[Partner], Client]
#: An evening in Berlin; what waited is sent when it is over.
EVENING = datetime(2026, 3, 4, 19, 0, tzinfo=UTC)
SENT = EVENING + timedelta(hours=30)
SEQUENCES = 300
ANSWERS = ("done", "not-today", "open")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """It is evening; the clock can be moved."""

    def move(to: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: to)

    move(EVENING)
    return move


def waited(
    dice: random.Random, path: str, at: datetime, **fields: str
) -> tuple[str, dict[str, str]]:
    tap = str(UUID(int=dice.getrandbits(128), version=4))
    return path, fields | {"tap": tap, "at": at.isoformat()}


def test_replays_duplicates_and_any_order_count_once_and_the_last_sky_wins(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    dice = random.Random(20260304)
    client = phone(ana)
    client.get("/today/")  # makes the day's offer
    offer = Offer.objects.get()
    for _ in range(SEQUENCES):
        Tap.objects.all().delete()
        Weather.objects.all().delete()
        Given.objects.all().delete()
        Offer.objects.update(answer="open")
        # Tapped one after the other, over midnight and past four in the morning.
        times = sorted(EVENING + timedelta(minutes=dice.randrange(0, 900)) for _ in range(8))
        skies = [
            (at, waited(dice, "/weather/", at, warmth=str(dice.randrange(1, 6))))
            for at in dict.fromkeys(times[:4])
        ]
        answers = [
            waited(dice, f"/today/{offer.pk}/", at, answer=dice.choice(ANSWERS))
            for at in times[4:6]
        ]
        notes = [waited(dice, "/noticed/", at, sort="asked", words="") for at in times[6:]]
        # A phone sends in order; what did not seem to arrive comes again, at any time. Skies may
        # come in any order at all, as from two phones.
        shuffled = [tap for _, tap in skies] + notes
        dice.shuffle(shuffled)
        sent: list[tuple[str, dict[str, str]]] = []
        queue = list(answers)
        while shuffled or queue:
            source = shuffled if shuffled and (not queue or dice.random() < 0.6) else queue
            sent.append(source.pop(0))
            while sent and dice.random() < 0.35:
                sent.append(dice.choice(sent))
        clock(SENT)
        for path, fields in sent:
            assert client.post(path, fields).status_code == 302
        clock(EVENING)

        assert Tap.objects.count() == len(skies) + len(answers) + len(notes)
        assert Given.objects.count() == len(notes)
        assert Offer.objects.get().answer == answers[-1][1]["answer"]
        wanted = {day_of(at, ana.couple.zone): int(tap[1]["warmth"]) for at, tap in skies}
        assert {each.day: each.warmth for each in Weather.objects.all()} == wanted


def test_a_tap_of_one_is_never_counted_for_the_other(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    dice = random.Random(1)
    path, fields = waited(dice, "/weather/", EVENING, warmth="5")
    assert phone(ana).post(path, fields).status_code == 302
    # The same id from another account: it is here already, and nothing of Ben's changes.
    assert phone(ben).post(path, fields).status_code == 302
    assert [each.partner for each in Weather.objects.all()] == [ana]


def test_words_from_the_page_without_a_network_come_once_beside_those_of_the_day(
    ana: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    client, dice = phone(ana), random.Random(2)
    client.post("/weather/", {"warmth": "3"})
    weather = Weather.objects.get()
    client.post(f"/weather/{weather.pk}/words/", {"words": "written at home"})
    path, fields = waited(
        dice, "/weather/", EVENING + timedelta(hours=1), warmth="4", words="on the train"
    )
    clock(EVENING + timedelta(hours=2))
    for _ in range(3):
        assert client.post(path, fields).status_code == 302
    unlock(client)
    page = client.get("/today/").content.decode()
    assert "written at home\non the train</textarea>" in page
    weather.refresh_from_db()
    assert (weather.warmth, weather.earlier) == (4, 3)


def test_words_are_taken_while_the_vault_is_locked_and_once(ana: Partner, phone: Phone) -> None:
    dice = random.Random(3)
    path, fields = waited(dice, "/weather/", EVENING, warmth="2", words="hollyhock")
    shut = Client()
    shut.force_login(ana)  # without the passphrase
    for _ in range(2):
        assert shut.post(path, fields).status_code == 302
    assert "hollyhock" not in shut.get("/today/").content.decode()
    assert "hollyhock</textarea>" in phone(ana).get("/today/").content.decode()
    weather = Weather.objects.get()
    assert weather.warmth == 2
    assert b"hollyhock" not in bytes(weather.words_sealed)
