"""Asking for a consult: both say yes, an hour passes, times are proposed, one is picked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from practice_steps import (
    EVENING,
    MARK,
    SENT,
    a_frozen_brief,
    a_practice,
    a_request,
    a_time,
    desk,
)
from turntoward.web.couples.models import Partner
from turntoward.web.practice.models import Consult, State, Therapist
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
Clock = Callable[[datetime], None]
pytestmark = pytest.mark.urls("turntoward.web.urls_hosted")
SOON = timedelta(minutes=59)
FORM = {"names": "Ana and Ben", "answer_0": MARK}


@pytest.fixture(autouse=True)
def hosted(settings: Any) -> None:
    settings.PRACTICE = True


@pytest.fixture
def clock(clock: Clock) -> Clock:
    """It begins at a time of these tests."""
    clock(EVENING)
    return clock


@pytest.fixture
def iris(db: None, clock: Clock) -> Therapist:
    return a_practice()


@pytest.fixture
def hers(ana: Partner, phone: Phone, clock: Clock) -> Client:
    return phone(ana)


@pytest.fixture
def his(ben: Partner, phone: Phone, clock: Clock) -> Client:
    return phone(ben)


def page(client: Client, path: str) -> str:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, path
    return without_tokens(answer.content.decode())


def says_yes(client: Client) -> None:
    consult = Consult.objects.get()
    shown = page(client, f"/consult/ask/{consult.brief_id}/")
    mark = shown.split('name="mark" value="')[1].split('"')[0]
    path = f"/consult/{consult.pk}/answer/"
    assert client.post(path, {"yes": "yes", "mark": mark}).status_code == 302


def takes_back(client: Client) -> None:
    path = f"/consult/{Consult.objects.get().pk}/answer/"
    assert client.post(path, {"yes": "back"}).status_code == 302


def requests() -> str:
    return page(desk(), "/practice/requests/")


def test_it_goes_out_an_hour_after_both_said_yes(
    ana: Partner, iris: Therapist, hers: Client, his: Client, clock: Clock
) -> None:
    brief = a_frozen_brief(ana)
    ask = f"/consult/ask/{brief.pk}/"
    assert "Ana and Ben" in page(hers, ask)
    assert hers.post(ask, FORM).status_code == 302
    clock(EVENING + timedelta(days=1))
    assert "No request waits here." in requests()
    assert MARK in page(his, ask)
    says_yes(his)
    clock(EVENING + timedelta(days=1) + SOON)
    assert "No request waits here." in requests()
    clock(EVENING + timedelta(days=1, hours=1))
    assert "Ana and Ben" in requests()
    for client in (hers, his):
        assert "It went out on" in page(client, ask)


def test_until_it_goes_out_nobody_learns_what_the_other_said(
    ana: Partner, iris: Therapist, hers: Client, his: Client, clock: Clock
) -> None:
    ask = f"/consult/ask/{a_frozen_brief(ana).pk}/"
    hers.post(ask, FORM)
    alone, unasked = page(hers, ask), page(his, ask)
    says_yes(his)
    clock(EVENING + SOON)
    assert page(hers, ask) == alone  # he said yes
    takes_back(his)
    assert page(hers, ask) == alone  # and took it back
    takes_back(hers)
    assert page(his, ask) == unasked  # so did she
    clock(EVENING + timedelta(days=2))
    assert "No request waits here." in requests()
    assert Consult.objects.get().sends_at is None


def test_either_takes_it_back_in_the_hour_and_a_later_yes_starts_another(
    ana: Partner, iris: Therapist, hers: Client, his: Client, clock: Clock
) -> None:
    hers.post(f"/consult/ask/{a_frozen_brief(ana).pk}/", FORM)
    says_yes(his)
    takes_back(hers)
    clock(EVENING + SOON)
    says_yes(hers)
    clock(EVENING + timedelta(hours=1, minutes=30))
    assert "No request waits here." in requests()
    clock(EVENING + SOON + timedelta(hours=1))
    assert "Ana and Ben" in requests()


def test_other_words_need_both_again(
    ana: Partner, iris: Therapist, hers: Client, his: Client, clock: Clock
) -> None:
    ask = f"/consult/ask/{a_frozen_brief(ana).pk}/"
    hers.post(ask, FORM)
    read = page(his, ask)
    hers.post(ask, FORM | {"answer_0": "other words"})
    mark = read.split('name="mark" value="')[1].split('"')[0]
    consult = Consult.objects.get()
    late = his.post(f"/consult/{consult.pk}/answer/", {"yes": "yes", "mark": mark})
    assert late.status_code == 409
    assert "Read them once more" in late.content.decode()
    says_yes(his)
    his.post(ask, FORM | {"answer_0": "his words"})
    assert Consult.objects.get().sends_at is None
    hers.post(ask, FORM | {"answer_0": "his words"})  # she writes the very same
    assert Consult.objects.get().sends_at == EVENING + timedelta(hours=1)


def test_a_brief_that_is_withdrawn_in_the_hour_does_not_go_out(
    ana: Partner, ben: Partner, iris: Therapist, hers: Client, clock: Clock
) -> None:
    from turntoward.web.handover.actions import withdraw

    consult = a_request(ana, ben, iris.practice)
    withdraw(consult.brief, ana, EVENING + SOON)
    clock(SENT)
    assert "No request waits here." in requests()
    assert "It was taken back." in page(hers, f"/consult/{consult.pk}/")
    assert desk().get(f"/practice/requests/{consult.pk}/").status_code == 404


def test_before_the_practice_has_begun_the_form_says_so(
    ana: Partner, hers: Client, clock: Clock
) -> None:
    answer = hers.get(f"/consult/ask/{a_frozen_brief(ana).pk}/", follow=True)
    assert "The practice has not begun yet." in answer.content.decode()


def test_an_own_brief_needs_only_its_owner_and_stays_theirs(
    ana: Partner, ben: Partner, iris: Therapist, hers: Client, his: Client, clock: Clock
) -> None:
    ask = f"/consult/ask/{a_frozen_brief(ana, own=True).pk}/"
    assert 'value="Ana"' in page(hers, ask)
    clock(SENT)
    before = page(his, "/today/")
    clock(EVENING)
    hers.post(ask, FORM)
    assert "It goes out at" in page(hers, ask)
    assert his.get(ask).status_code == 404
    clock(SENT)
    consult = Consult.objects.get()
    assert his.get(f"/consult/{consult.pk}/").status_code == 404
    time = a_time(consult, SENT)
    hers.post(f"/consult/{consult.pk}/move/", {"what": "take", "time": str(time.pk)})
    assert Consult.objects.get().state == State.PICKED
    assert "Your consult is on" in page(hers, "/today/")
    assert page(his, "/today/") == before
