"""Leaving for good: what was given stays with the other, and with nobody else."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.test import Client

from planted_lives import live, live_together, private_words, shared_words
from taken_along import tables
from turntoward.web.checkins.models import Sitting
from turntoward.web.couples.models import Partner, Season
from turntoward.web.noticed.models import Given
from turntoward.web.rituals.models import Ritual
from turntoward.web.yours.models import Keepsake

Phone = Callable[[Partner], Client]


def test_leaving_lets_what_was_given_stay_with_the_other_alone(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    live(ana, hers)
    live(ben, his)
    live_together(ana)
    page = hers.get("/yours/leave/").content.decode()
    assert "It lies in a box that only Ben sees." in page
    assert hers.post("/yours/leave/")["Location"] == "/yours/gone/"
    box = his.get("/yours/kept/").content.decode()
    for said in shared_words(ana):
        assert said in box, said
    assert "Ana noticed your touch in passing." in box
    assert "You noticed a touch in passing from Ana." in box
    whole = json.dumps(tables(his))
    for said in private_words(ana):
        assert said not in whole, said
    assert "Bring Ana in" in his.get("/more/").content.decode()
    assert Season.objects.count() == 1
    assert Ritual.objects.count() == 2
    assert Sitting.objects.count() == 2
    assert Given.objects.count() == 0


def test_what_lies_in_the_box_can_be_let_go_by_its_keeper(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    live(ana, hers)
    hers.post("/yours/leave/")
    count = Keepsake.objects.count()
    one = Keepsake.objects.first()
    assert one is not None
    his.post(f"/yours/kept/{one.pk}/let-go/")
    assert Keepsake.objects.count() == count - 1
    assert his.post(f"/yours/kept/{one.pk}/let-go/").status_code == 404


def test_whoever_is_alone_here_has_nobody_to_leave_anything_with(
    ana: Partner, phone: Phone
) -> None:
    client = phone(ana)
    assert 'href="/yours/leave/"' not in client.get("/yours/").content.decode()
    assert client.post("/yours/leave/")["Location"] == "/yours/erase/"
    assert Partner.objects.count() == 1
