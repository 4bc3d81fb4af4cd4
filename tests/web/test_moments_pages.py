"""Today: one offer a day, with undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.moments.choose import Answer
from turntoward.reading.fading import Fading
from turntoward.web.couples.models import Partner
from turntoward.web.moments import actions
from turntoward.web.moments.models import Offer
from web_pages import without_tokens

Phone = Callable[[Partner], Client]


def test_a_second_look_or_tab_shows_the_same_one(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    first, second = client.get("/today/"), phone(ana).get("/today/")
    assert Offer.objects.count() == 1
    title = first.content.decode().split("<h2>")[1].split("<")[0]
    assert title in second.content.decode()


def test_done_can_be_undone(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    client.get("/today/")
    offer = Offer.objects.get()
    page = client.post(f"/today/{offer.pk}/", {"answer": "done"}, HTTP_HX_REQUEST="true")
    assert "Kept." in page.content.decode()
    page = client.post(f"/today/{offer.pk}/", {"answer": "open"}, HTTP_HX_REQUEST="true")
    assert ">Done<" in page.content.decode()
    offer.refresh_from_db()
    assert offer.answer == "open"


def test_not_for_us_offers_another_that_is_not_the_same(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    client.get("/today/")
    keys = []
    for _ in range(5):
        offer = Offer.objects.order_by("-turn").first()
        assert offer is not None
        keys.append(offer.key)
        client.post(f"/today/{offer.pk}/", {"answer": "not-for-us"})
        client.post("/today/another/")
    assert len(set(keys)) == 5


def test_an_answer_that_is_none_is_refused(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    client.get("/today/")
    assert client.post(f"/today/{Offer.objects.get().pk}/", {"answer": "x"}).status_code == 404


def test_the_two_never_see_what_the_other_did(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    hers.get("/today/")
    his.get("/today/")
    assert (
        his.post(f"/today/{Offer.objects.get(partner=ana).pk}/", {"answer": "done"}).status_code
        == 404
    )
    before = without_tokens(his.get("/today/").content.decode())
    hers.post(f"/today/{Offer.objects.get(partner=ana).pk}/", {"answer": "done"})
    assert without_tokens(his.get("/today/").content.decode()) == before


def test_an_open_offer_is_chosen_anew_when_a_reading_has_come(ana: Partner) -> None:
    now = timezone.now()
    first = actions.offer_of_today(ana, None, now)
    assert isinstance(first, Offer)
    assert not first.informed
    everything = [
        Fading(name=name, title=name, since=date(2025, 3, 3))
        for name in ("greetings", "affection", "bids_met", "bids_made", "reply_length", "logistics")
    ]
    anew = actions.offer_of_today(ana, everything, now)
    assert isinstance(anew, Offer)
    assert anew.pk == first.pk
    assert "March 2025" in anew.reason
    assert actions.offer_of_today(ana, [], now) == anew
    assert Offer.objects.count() == 1


def test_an_answered_offer_stays_when_a_reading_has_come(ana: Partner) -> None:
    now = timezone.now()
    first = actions.offer_of_today(ana, None, now)
    assert isinstance(first, Offer)
    actions.answer(ana, first.pk, Answer.DONE, now)
    again = actions.offer_of_today(ana, [], now)
    assert isinstance(again, Offer)
    assert (again.key, again.answer) == (first.key, "done")


def test_an_answer_is_taken_for_today_and_yesterday_only(
    ana: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = phone(ana)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 1, 12, tzinfo=UTC))
    offer = Offer.objects.create(partner=ana, day=date(2026, 3, 1), key="k", reason="")
    # Until midnight in Berlin of the day after.
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 2, 22, 59, tzinfo=UTC))
    assert client.post(f"/today/{offer.pk}/", {"answer": "done"}).status_code == 302
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 2, 23, 1, tzinfo=UTC))
    said = "from an earlier day and stays as it was"
    for extra in ({}, {"HTTP_HX_REQUEST": "true"}):
        answer = client.post(f"/today/{offer.pk}/", {"answer": "open"}, **extra)
        assert answer.status_code == 200
        assert said in answer.content.decode()
        assert ">Done<" in answer.content.decode()  # today's own offer
    offer.refresh_from_db()
    assert offer.answer == "done"
    assert said not in client.get("/today/").content.decode()


def test_the_day_is_the_couples_own(ana: Partner) -> None:
    late = timezone.datetime(2026, 3, 1, 23, 30, tzinfo=timezone.get_fixed_timezone(0))
    offer = actions.offer_of_today(ana, [], late)
    assert isinstance(offer, Offer)
    assert str(offer.day) == "2026-03-02"  # half past midnight in Berlin
