"""Afterwards: one tap is enough, it is private, it can be taken back, and it may come late."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.web.checkins import actions
from turntoward.web.checkins.models import Afterwards, Sitting
from turntoward.web.couples.models import Partner, Tap
from web_pages import without_tokens

Phone = Callable[[Partner], Client]


@pytest.fixture
def sat(ana: Partner) -> Sitting:
    """A sitting that is over."""
    sitting = actions.begin(ana, timezone.now())
    actions.stop(sitting, timezone.now())
    return sitting


def tap(client: Client, sitting: Sitting, warmth: int | str, **given: str) -> int:
    path = f"/together/{sitting.pk}/felt/"
    return client.post(path, {"warmth": str(warmth)} | given).status_code


def page(client: Client, sitting: Sitting) -> str:
    return client.get(f"/together/{sitting.pk}/afterwards/").content.decode()


def keep(client: Client, sitting: Sitting, words: str) -> str:
    path = f"/together/{sitting.pk}/afterwards/"
    shown = re.findall('name="shown" value="([0-9a-f]*)"', page(client, sitting))
    form = {"words": words, "shown": shown[0] if shown else ""}
    return client.post(path, form, follow=True).content.decode()


def test_one_tap_is_enough_and_words_are_an_extra(ana: Partner, sat: Sitting, phone: Phone) -> None:
    client = phone(ana)
    assert "<textarea" not in page(client, sat)
    assert tap(client, sat, 4) == 302
    feeling = Afterwards.objects.get()
    assert (feeling.warmth, feeling.words_sealed) == (4, None)
    shown = page(client, sat)
    assert 'value="4" aria-pressed="true"' in shown
    assert "You turned toward each other." in shown
    assert "<textarea" in shown
    keep(client, sat, "he looked up")
    feeling.refresh_from_db()
    assert feeling.words_sealed is not None
    assert b"looked" not in bytes(feeling.words_sealed)
    assert "he looked up" in page(client, sat)


def test_after_a_tense_one_the_closing_line_is_kind(
    ana: Partner, sat: Sitting, phone: Phone
) -> None:
    client = phone(ana)
    tap(client, sat, 1)
    assert "It can be like that. You were there, both of you." in page(client, sat)


def test_another_tap_changes_it_and_taking_back_leaves_nothing(
    ana: Partner, sat: Sitting, phone: Phone
) -> None:
    client = phone(ana)
    tap(client, sat, 2)
    tap(client, sat, 5)
    assert Afterwards.objects.get().warmth == 5
    keep(client, sat, "warm")
    assert "Take it back, and the words with it" in page(client, sat)
    client.post(f"/together/{sat.pk}/take-back/")
    assert not Afterwards.objects.exists()
    client.post(f"/together/{sat.pk}/take-back/")  # twice is once
    assert 'aria-pressed="true"' not in page(client, sat)


def test_words_can_be_changed_and_emptied(ana: Partner, sat: Sitting, phone: Phone) -> None:
    client = phone(ana)
    tap(client, sat, 3)
    keep(client, sat, "apricots")
    keep(client, sat, "plums")
    shown = page(client, sat)
    assert "plums" in shown
    assert "apricots" not in shown
    keep(client, sat, "")
    assert Afterwards.objects.get().words_sealed is None


def test_the_same_tap_twice_counts_once(ana: Partner, sat: Sitting, phone: Phone) -> None:
    client, once = phone(ana), str(uuid4())
    assert tap(client, sat, 2, tap=once) == 302
    assert tap(client, sat, 4) == 302
    assert tap(client, sat, 2, tap=once) == 302  # the phone sends what waited again
    assert Afterwards.objects.get().warmth == 4
    assert Tap.objects.count() == 1


def test_a_tap_that_waited_counts_from_when_it_came(
    ana: Partner, sat: Sitting, phone: Phone
) -> None:
    waited = (timezone.now() - timedelta(days=2)).isoformat()
    tap(phone(ana), sat, 4, tap=str(uuid4()), at=waited)
    feeling = Afterwards.objects.get()
    # Weeks that were counted get no tap more.
    assert timezone.now() - feeling.at < timedelta(minutes=1)


def test_a_tap_from_before_what_stands_there_is_let_go(
    ana: Partner, sat: Sitting, phone: Phone
) -> None:
    client = phone(ana)
    tap(client, sat, 4)
    earlier = (timezone.now() - timedelta(hours=1)).isoformat()
    assert tap(client, sat, 1, tap=str(uuid4()), at=earlier) == 302
    assert Afterwards.objects.get().warmth == 4


def test_after_a_day_it_stays_and_the_page_says_so(
    ana: Partner, sat: Sitting, phone: Phone
) -> None:
    client = phone(ana)
    tap(client, sat, 4)
    Afterwards.objects.update(at=timezone.now() - timedelta(days=2))
    answer = client.post(f"/together/{sat.pk}/felt/", {"warmth": "1"})
    assert "stays as you tapped it then" in answer.content.decode()
    answer = client.post(f"/together/{sat.pk}/take-back/")
    assert "stays as you tapped it then" in answer.content.decode()
    assert "Take it back" not in page(client, sat)
    assert Afterwards.objects.get().warmth == 4
    keep(client, sat, "still words")
    assert Afterwards.objects.get().words_sealed is not None


@pytest.mark.parametrize("warmth", ["", "0", "6", "warm"])
def test_what_is_no_weather_is_not_kept(
    ana: Partner, sat: Sitting, phone: Phone, warmth: str
) -> None:
    assert tap(phone(ana), sat, warmth) == 404
    assert not Afterwards.objects.exists()


def test_a_stranger_taps_nothing(ana: Partner, cleo: Partner, sat: Sitting, phone: Phone) -> None:
    assert tap(phone(cleo), sat, 1) == 404
    assert not Afterwards.objects.exists()


def test_the_other_sees_nothing_of_a_tap_its_words_or_its_undo(
    ana: Partner, ben: Partner, sat: Sitting, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)

    def his_pages() -> list[str]:
        paths = ["/together/", "/together/now/", f"/together/{sat.pk}/afterwards/"]
        return [without_tokens(his.get(path).content.decode()) for path in paths]

    before = his_pages()
    tap(hers, sat, 1)
    assert his_pages() == before
    keep(hers, sat, "hard")
    assert his_pages() == before
    his.post(f"/together/{sat.pk}/take-back/")
    assert Afterwards.objects.get().partner == ana
    hers.post(f"/together/{sat.pk}/take-back/")
    assert his_pages() == before


def test_while_locked_words_go_below_those_that_are_kept(
    ana: Partner, sat: Sitting, phone: Phone
) -> None:
    client = phone(ana)
    tap(client, sat, 4)
    keep(client, sat, "kept")
    vault = client.cookies.pop("turntoward_vault")
    locked = page(client, sat)
    assert "Your private words are locked." in locked
    assert "What you write now stands below those that are there." in locked
    assert ">kept" not in locked
    keep(client, sat, "")  # the field was empty since they are locked
    keep(client, sat, "typed now")
    client.cookies["turntoward_vault"] = vault.value
    assert ">kept\ntyped now</textarea>" in page(client, sat)


def test_the_past_is_the_own_one_and_says_what_will_be_there(
    ana: Partner, ben: Partner, sat: Sitting, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    assert "Afterwards you tap how it felt" in hers.get("/together/").content.decode()
    tap(hers, sat, 5)
    assert "Warm" in hers.get("/together/").content.decode()
    assert "Afterwards you tap how it felt" in his.get("/together/").content.decode()
