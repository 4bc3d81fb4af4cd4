"""Erase means erased: rows and sessions of hers; what is his and what is of both stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.test import Client
from django.utils import timezone

from planted_lives import live, live_together, private_words, shared_words
from taken_along import tables
from turntoward.web.checkins import actions as checkins
from turntoward.web.checkins import live as streams
from turntoward.web.checkins.states import Phone as Stream
from turntoward.web.checkins.states import states_of
from turntoward.web.couples import actions as couples
from turntoward.web.couples.models import Couple, Partner, Purpose
from turntoward.web.topics.models import Topic
from turntoward.web.yours import actions

Phone = Callable[[Partner], Client]

#: What is of the two, and not of one alone.
OF_BOTH = ("sittings", "seasons", "rituals", "rituals_planned", "rituals_kept")


def ours() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("turntoward.")]


def erase(client: Client) -> Any:
    return client.post("/yours/erase/")


def test_looking_at_the_page_erases_nothing(ana: Partner, ben: Partner, phone: Phone) -> None:
    page = phone(ana).get("/yours/erase/").content.decode()
    assert "What goes" in page
    assert "What stays with Ben" in page
    assert "Erase now" in page
    assert "cannot be undone" in page
    assert 'action="/yours/take/"' in page  # taking along is offered first
    assert Partner.objects.count() == 2


def test_two_taps_and_everything_of_hers_is_gone_and_his_is_as_it_was(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    live(ana, hers)
    live(ben, his)
    live_together(ana)
    before = tables(his)
    assert 'href="/yours/erase/"' in hers.get("/yours/").content.decode()
    assert erase(hers)["Location"] == "/yours/gone/"
    assert not Partner.objects.filter(pk=ana.pk).exists()
    after = tables(his)
    for name in ("weather", "afterwards", "bids_kept_for_me", "small_shifts", "reminders", "me"):
        strip = [{k: v for k, v in row.items() if k != "words_given"} for row in before[name]]
        now = [{k: v for k, v in row.items() if k != "words_given"} for row in after[name]]
        assert now == strip, name
    for name in OF_BOTH:
        assert len(after[name]) == len(before[name]), name
    whole = json.dumps(after)
    for said in [*private_words(ana), *shared_words(ana)]:
        assert said not in whole, said
    for said in [*private_words(ben), *shared_words(ben)]:
        assert said in whole, said
    assert '"Ana"' not in whole  # what they made has no name of hers on it


def test_every_row_that_names_her_is_gone_or_names_nobody(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    live(ana, phone(ana))
    live(ben, phone(ben))
    actions.erase(ana, timezone.now())
    for model in ours():
        for field in model._meta.get_fields():
            if field.concrete and field.related_model is Partner:
                assert not model._default_manager.filter(**{field.name: ana.pk}).exists(), model


def test_she_is_signed_out_everywhere_and_her_streams_end(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    here, elsewhere, his = phone(ana), phone(ana), phone(ben)
    keys = [str(client.session.session_key) for client in (here, elsewhere, his)]
    open_streams = [Stream(ana, keys[0]), Stream(ana, keys[1]), Stream(ben, keys[2])]
    erase(here)
    assert list(Session.objects.values_list("pk", flat=True)) == [keys[2]]
    assert [state is None for state in states_of(open_streams, timezone.now())] == [
        True,
        True,
        False,
    ]
    for client in (here, elsewhere):
        assert client.get("/today/")["Location"].startswith("/enter/")
    assert his.get("/today/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_streams_are_woken_so_that_they_end_at_once(
    ana: Partner, ben: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[object] = []
    monkeypatch.setattr(streams, "tell", woken.append)
    client = phone(ana)
    woken.clear()
    erase(client)
    assert set(woken) == {ana.couple_id}


def test_her_phone_forgets_her(ana: Partner, ben: Partner, phone: Phone) -> None:
    client = phone(ana)
    answer = erase(client)
    for cookie in ("turntoward_vault", "turntoward_browser", "turntoward_session"):
        assert answer.cookies[cookie]["max-age"] == 0, cookie
    assert answer["Clear-Site-Data"] == '"storage"'
    page = client.get("/yours/gone/")
    assert "what was to go is gone" in page.content.decode()


def test_her_phone_keeps_what_waits_there_for_him(ana: Partner, ben: Partner, phone: Phone) -> None:
    answer = phone(ana).post("/yours/erase/", {"others_wait": "1"})
    assert answer.cookies["turntoward_session"]["max-age"] == 0
    # The header would take the other's taps as well; her own are emptied by the page.
    assert "Clear-Site-Data" not in answer.headers


def test_a_second_tap_finds_nothing_more(ana: Partner, ben: Partner, phone: Phone) -> None:
    client, now = phone(ana), timezone.now()
    erase(client)
    assert erase(client)["Location"].startswith("/enter/")
    actions.erase(ana, now)  # it came in the same second and was let in already
    assert list(Partner.objects.all()) == [ben]


def test_he_is_alone_is_told_nothing_more_and_may_pair_again(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    his = phone(ben)
    live(ben, his)
    erase(phone(ana))
    for path in ("/today/", "/more/", "/together/", "/climate/", "/noticed/", "/yes/", "/topics/",
                 "/trials/", "/rituals/", "/seasons/", "/bring-in/", "/yours/", "/yours/kept/",
                 "/yours/erase/", "/weather/lately/", "/agree/"):  # fmt: skip
        page = his.get(path)
        assert page.status_code == 200, path
        assert "Ana" not in page.content.decode(), path
    assert "Bring your partner in" in his.get("/more/").content.decode()
    link = his.post("/pair/").content.decode().split('href="http://testserver')[1].split('"')[0]
    form = {"name": "Dora", "handle": "dora", "passphrase": "a long walk by the river"}
    newcomer = Client()
    assert "Ben would like to do this with you" in newcomer.get(link).content.decode()
    assert newcomer.post(link, form)["Location"] == "/yes/"
    assert set(Partner.objects.values_list("name", "side")) == {("Dora", 0), ("Ben", 1)}


def test_whoever_comes_next_sees_nothing_that_he_gave_her(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    his = phone(ben)
    live(ben, his)
    live(ana, phone(ana))
    for partner in (ana, ben):
        couples.say_yes(partner, timezone.now(), Purpose.SHARE_WEATHER)
    actions.erase(ana, timezone.now())
    token = couples.invite(ben, timezone.now())
    dora = couples.join(
        token, name="Dora", handle="dora", passphrase="quiet green evening lamp", now=timezone.now()
    )
    couples.say_yes(dora, timezone.now(), Purpose.SHARE_WEATHER)
    hers = tables(phone(dora))
    whole = json.dumps(hers)
    for said in [*private_words(ben), *shared_words(ben), *shared_words(ana)]:
        assert said not in whole, said
    assert hers["weather_of_the_other"] == []
    # He has it still, for himself.
    mine = json.dumps(tables(his))
    assert all(said in mine for said in shared_words(ben))
    assert Topic.objects.filter(state="resting").count() == 3


def test_an_evening_that_was_going_on_is_over(ana: Partner, ben: Partner, phone: Phone) -> None:
    client = phone(ana)
    sitting = checkins.begin(ana, timezone.now())
    erase(client)
    sitting.refresh_from_db()
    assert sitting.ended_at is not None
    assert sitting.begun_by is None


def test_where_many_are_at_home_the_last_one_of_two_ends_their_couple_alone(
    ana: Partner, cleo: Partner, phone: Phone, settings: Any
) -> None:
    settings.OPEN_START = True
    theirs = phone(cleo)
    live(cleo, theirs)
    before = tables(theirs)
    assert erase(phone(ana))["Location"] == "/yours/gone/"
    assert list(Couple.objects.all()) == [cleo.couple]
    assert tables(theirs) == before


@pytest.mark.parametrize("go", [actions.erase, actions.leave])
def test_a_second_tap_finds_nobody_and_nothing_to_erase(
    ana: Partner, ben: Partner, go: Callable[[Partner, datetime], None]
) -> None:
    for partner in (ana, ben):
        # Each request read its partner before either of them was done.
        first, second = (Partner.objects.get(pk=partner.pk) for _ in range(2))
        couples.say_yes(first, timezone.now())
        go(first, timezone.now())
        go(second, timezone.now())
    assert not Couple.objects.exists()


def test_in_the_demo_nobody_goes(ana: Partner, ben: Partner, phone: Phone, settings: Any) -> None:
    client = phone(ana)
    settings.DEMO = True
    for path in ("/yours/erase/", "/yours/leave/"):
        assert "This is the demo" in client.post(path).content.decode()
    assert Partner.objects.count() == 2


def test_without_the_passphrase_typed_lately_nothing_is_erased(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    client = Client()
    client.force_login(ana)
    for path, page in [("/yours/erase/", "erase"), ("/yours/leave/", "leave")]:
        assert client.post(path)["Location"] == f"/yours/again/?to={page}"
    assert Partner.objects.count() == 2
