"""What is taken along of requests, and what becomes of them where somebody goes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from practice_steps import (
    EVENING,
    MARK,
    SENT,
    a_frozen_brief,
    a_practice,
    a_request,
    a_time,
    desk,
    some_words,
)
from turntoward.care.enough import enough
from turntoward.web import worker
from turntoward.web.care.gathered import record_of
from turntoward.web.couples.models import Partner
from turntoward.web.demo_couple import settle_in
from turntoward.web.demo_over import start_over
from turntoward.web.handover.frozen import LASTS
from turntoward.web.practice import actions
from turntoward.web.practice.models import Consult, Practice, Therapist
from turntoward.web.worker import let_end
from turntoward.web.yours import actions as yours
from turntoward.web.yours.parts import practice

Phone = Callable[[Partner], Client]
pytestmark = pytest.mark.urls("turntoward.web.urls_hosted")
KEY = b"k" * 32


@pytest.fixture(autouse=True)
def hosted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PRACTICE = True
    monkeypatch.setattr(timezone, "now", lambda: SENT)


@pytest.fixture
def iris(db: None) -> Therapist:
    return a_practice()


def test_one_takes_along_what_one_may_see(ana: Partner, ben: Partner, iris: Therapist) -> None:
    consult = a_request(ana, ben, iris.practice)
    a_time(consult, SENT)
    for partner in (ana, ben):
        tables = practice.part(partner, KEY, SENT)
        row = tables["consults"][0]
        assert (row["names"], row["state"], row["i_said_yes"]) == ("Ana and Ben", "proposed", True)
        assert MARK in str(row["answers"])
        assert tables["consult_times"][0]["place"] == "12 Quay Street"


def test_what_is_taken_along_does_not_tell_what_the_other_said(
    ana: Partner, ben: Partner, iris: Therapist
) -> None:
    consult = actions.ask(ana, iris.practice, a_frozen_brief(ana), some_words(), EVENING)
    before = practice.part(ana, KEY, EVENING)
    from turntoward.web.practice.words import mark_of

    actions.say_yes(consult, ben, mark_of(consult), EVENING)
    assert practice.part(ana, KEY, EVENING + timedelta(minutes=30)) == before


def test_an_own_request_is_in_no_bag_of_the_other(
    ana: Partner, ben: Partner, iris: Therapist
) -> None:
    actions.ask(ana, iris.practice, a_frozen_brief(ana, own=True), some_words(), EVENING)
    assert practice.part(ben, KEY, SENT) == {"consults": [], "consult_times": []}
    assert len(practice.part(ana, KEY, SENT)["consults"]) == 1


@pytest.mark.parametrize("go", [yours.erase, yours.leave])
def test_whoever_goes_takes_what_was_sent_with_them(
    ana: Partner, ben: Partner, iris: Therapist, go: Callable[..., None]
) -> None:
    a_request(ana, ben, iris.practice)
    hers = a_frozen_brief(ana, own=True)
    actions.ask(ana, iris.practice, hers, some_words("hers alone"), EVENING)
    his = a_frozen_brief(ben, own=True)
    actions.ask(ben, iris.practice, his, some_words("his alone"), EVENING)
    therapist = desk()
    assert therapist.get("/practice/requests/").content.decode().count("Ana and Ben") == 3
    go(ana, SENT)
    left = Consult.objects.get()
    assert left.owner == ben
    assert therapist.get("/practice/requests/").content.decode().count("Ana and Ben") == 1
    assert "his alone" in therapist.get(f"/practice/requests/{left.pk}/").content.decode()
    go(ben, SENT) if go is yours.erase else None
    assert Consult.objects.exists() is (go is yours.leave)


def test_what_was_written_goes_with_its_month_whether_anybody_looks_or_not(
    ana: Partner, ben: Partner, iris: Therapist
) -> None:
    a_request(ana, ben, iris.practice)
    let_end(EVENING + LASTS - timedelta(seconds=1))
    assert Consult.objects.get().words_sealed is not None
    let_end(EVENING + LASTS)
    assert Consult.objects.get().words_sealed is None


def test_names_are_in_no_calendar_once_the_brief_has_run_out(
    ana: Partner, ben: Partner, iris: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    consult = a_request(ana, ben, iris.practice)
    time = a_time(consult, SENT, 40)
    for partner in (ana, ben):
        actions.would_take(consult, partner, time.pk, SENT)
    path = f"/practice/requests/{consult.pk}/consult.ics"
    assert b"A. B." in desk().get(path).content
    monkeypatch.setattr(timezone, "now", lambda: EVENING + LASTS)
    assert b"A. B." not in desk().get(path).content


def test_parting_ends_what_was_asked_for_together(
    ana: Partner, ben: Partner, iris: Therapist
) -> None:
    a_request(ana, ben, iris.practice)
    his = a_frozen_brief(ben, own=True)
    actions.ask(ben, iris.practice, his, some_words(), EVENING)
    actions.part(ben)
    assert Consult.objects.get().owner == ben


def test_the_demos_efforts_stayed_on_one_side_and_the_practice_is_invented(
    db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    settings.DEMO = settings.PRACTICE = True
    today = date.today()  # noqa: DTZ011 # as `serve` has it
    settle_in(today)
    for partner in Partner.objects.all():
        seen = {sign.name for sign in enough(record_of(partner, timezone.now())).seen}
        assert "one_sided" in seen
    assert Practice.objects.get().mail.endswith("example.org")
    page = Client().get("/").content.decode()
    assert "Look around as the practice" in page
    start_over(today)
    assert Practice.objects.count() == Therapist.objects.count() == 1


def test_without_a_practice_the_demo_is_as_it_was(db: None, settings: Any) -> None:
    settings.DEMO, settings.PRACTICE = True, False
    settle_in(date.today())  # noqa: DTZ011 # as `serve` has it
    assert not Practice.objects.exists()
    begun = {one.begun_by_id for one in Partner.objects.first().couple.sittings.all()}  # type: ignore[union-attr]
    assert len(begun) == 2


@pytest.mark.urls("turntoward.web.urls")
def test_at_home_nothing_is_asked_of_the_database(
    ana: Partner,
    ben: Partner,
    settings: Any,
    phone: Phone,
    django_assert_num_queries: Any,
) -> None:
    from turntoward.web.practice.present import news_for

    settings.PRACTICE = False
    with django_assert_num_queries(0):
        assert news_for(ana, SENT) is None


def test_whatever_goes_wrong_once_is_tried_again(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ending, looked = threading.Event(), []

    def breaks(now: datetime) -> None:
        looked.append(now)
        if len(looked) == 2:
            ending.set()
        raise ValueError("whatever it is")

    monkeypatch.setattr(worker, "let_end", breaks)
    monkeypatch.setattr(worker, "_LOOKS_AGAIN_S", 0.01)
    monkeypatch.setattr(connection, "close", lambda: None)  # it is the one of this test
    worker.look_for_ends(ending)
    assert len(looked) == 2
    assert "Briefs wait for the next look" in caplog.text
