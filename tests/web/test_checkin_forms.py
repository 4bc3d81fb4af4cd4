"""Ten minutes or a quiet coffee, on two phones or on one, and who begins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.web.checkins import actions
from turntoward.web.checkins.choice import Choice, chosen, offered
from turntoward.web.checkins.clock import FIVE_MINUTES, Form, Stage
from turntoward.web.checkins.models import Sitting, half_of, was_held
from turntoward.web.couples.models import Partner, Season

Phone = Callable[[Partner], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}


def begin(client: Client, **given: str) -> Sitting:
    client.post("/together/begin/", given)
    return Sitting.objects.get(ended_at__isnull=True)


def page(client: Client) -> str:
    return client.get("/together/").content.decode()


def later(sitting: Sitting, seconds: float) -> None:
    Sitting.objects.filter(pk=sitting.pk).update(
        running_since=timezone.now() - timedelta(seconds=seconds), banked_s=0
    )


def checked(shown: str, name: str, value: str) -> bool:
    return f'name="{name}" value="{value}" checked' in shown


def test_a_coffee_has_no_speaker_and_ends_after_five_minutes(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    sitting = begin(hers, what="coffee", phones="two", first="1")
    assert (sitting.form, sitting.first, sitting.shared_phone) == ("coffee", 1, False)
    later(sitting, 40)
    for client in (hers, his):
        shown = page(client)
        assert "Be here." in shown
        assert "speaks" not in shown
        assert "prompt" not in shown
    later(sitting, 205)
    assert "Ben has something for you." in page(hers)
    assert "Tell Ana one small thing you noticed and liked." in page(his)
    later(sitting, FIVE_MINUTES + 1)
    assert "Start the five minutes" in page(hers)
    sitting.refresh_from_db()
    assert (sitting.ended_at is not None, sitting.stopped) == (True, False)


def test_on_one_phone_it_says_whose_turn_it_is_by_name_on_whichever_phone(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    sitting = begin(hers, what="ten", phones="one", first="0")
    assert "Ana speaks first." in page(hers)
    for seconds, words in (
        (50, "Ana speaks. Ben listens."),
        (260, "Ben speaks. Ana listens."),
        (470, "Ana, one thing you like."),
        (520, "Ben, one thing you like."),
    ):
        later(sitting, seconds)
        assert words in page(hers)
        assert words in page(his)
    for words in ("You speak", "Listen.", 'data-quiet="1"', 'data-here="'):
        later(sitting, 50)
        assert words not in page(hers)


def test_one_phone_is_enough_also_after_the_beginning(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    sitting = begin(hers, phones="two", first="0")
    assert "One phone is enough" in page(hers)
    answer = hers.post(f"/together/{sitting.pk}/move/", {"what": "one-phone"}, **HTMX)
    assert "Ana speaks first." in answer.content.decode()
    assert "One phone is enough" not in answer.content.decode()
    later(sitting, 50)
    assert "Ana speaks. Ben listens." in page(his)


def test_alone_there_is_nothing_to_choose_of_phones(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    shown = page(client)
    assert 'name="phones"' not in shown
    assert "Ben needs no account for this." in shown
    assert begin(client, phones="two").shared_phone


def test_the_last_choice_is_remembered_and_turns_change(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    shown = page(hers)
    assert checked(shown, "what", "ten")
    assert checked(shown, "phones", "two")
    assert checked(shown, "first", "0")
    actions.stop(begin(hers, what="coffee", phones="one", first="0"), timezone.now())
    for client in (hers, his):
        shown = page(client)
        assert checked(shown, "what", "coffee")
        assert checked(shown, "phones", "one")
        assert checked(shown, "first", "1")


def test_who_begins_may_be_swapped_before_the_start(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    sitting = begin(phone(ana), first="1")
    assert sitting.first == 1
    later(sitting, 50)
    assert "You speak." in page(phone(ben))


@pytest.mark.parametrize("given", [{}, {"what": "x", "phones": "three", "first": "2"}])
def test_what_was_not_chosen_is_as_offered(
    ana: Partner, ben: Partner, given: dict[str, str]
) -> None:
    assert chosen(ana, given) == offered(ana)
    assert offered(ben) == Choice(form=Form.TEN, shared_phone=False, first=1)


def test_a_link_can_offer_a_coffee(ana: Partner, phone: Phone) -> None:
    shown = phone(ana).get("/together/?what=coffee").content.decode()
    assert checked(shown, "what", "coffee")
    assert checked(phone(ana).get("/together/?what=lunch").content.decode(), "what", "ten")


def test_whoever_comes_a_second_later_is_in_the_sitting_of_the_first(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    sitting = begin(hers, what="coffee", first="0")
    his.post("/together/begin/", {"what": "ten", "first": "1"})
    assert Sitting.objects.get() == sitting
    assert "A cup, or nothing at all." in page(his)


def test_a_coffee_that_went_half_its_way_was_held(ana: Partner) -> None:
    choice = Choice(form=Form.COFFEE, shared_phone=True, first=0)
    coffee = actions.begin(ana, timezone.now(), choice)
    assert half_of(coffee) == timedelta(seconds=150)
    for seconds, held in ((140, False), (160, True)):
        coffee.ended_at, coffee.stopped = coffee.begun_at + timedelta(seconds=seconds), True
        assert was_held(coffee) is held
    assert half_of(Sitting(form="ten")) == timedelta(seconds=300)


def test_begun_with_htmx_it_comes_without_another_page(ana: Partner, phone: Phone) -> None:
    answer = phone(ana).post("/together/begin/", {"what": "ten"}, **HTMX)
    assert answer.status_code == 200
    assert b'data-stage="arrive"' in answer.content
    assert b"<html" not in answer.content


def test_a_listening_phone_says_only_that(ana: Partner, ben: Partner, phone: Phone) -> None:
    sitting = actions.begin(ana, timezone.now())
    later(sitting, 50)
    shown = page(phone(ben))
    assert ">Listen.</h1>" in shown
    assert 'data-quiet="1"' in shown
    assert 'data-dims="8"' in shown
    assert 'id="prompt"' not in shown
    actions.rest(sitting, timezone.now())
    assert 'data-quiet="0"' in page(phone(ben))


def test_in_a_hard_season_it_works_like_always(ana: Partner, ben: Partner, phone: Phone) -> None:
    day = timezone.now().date()
    Season.objects.create(
        couple=ana.couple, name="The flu", start=day - timedelta(days=9), end=day, kind="ill"
    )
    sitting = begin(phone(ana), what="ten")
    assert sitting.clock().stage(timezone.now()) is Stage.ARRIVE
