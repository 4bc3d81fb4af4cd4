"""The ten minutes: one sitting for two phones, whatever both tap and whenever."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from turntoward.web.checkins import actions
from turntoward.web.checkins.clock import Stage
from turntoward.web.checkins.models import Afterwards, Sitting
from turntoward.web.couples.models import Partner
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}


def move(client: Client, sitting: Sitting, what: str, stage: str = "") -> None:
    client.post(f"/together/{sitting.pk}/move/", {"what": what, "stage": stage}, **HTMX)


def later(sitting: Sitting, seconds: float) -> None:
    """Let time pass: the sitting began that much earlier."""
    Sitting.objects.filter(pk=sitting.pk).update(
        running_since=timezone.now() - timedelta(seconds=seconds), banked_s=0
    )


def test_each_phone_sees_its_own_side(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    hers.post("/together/begin/")
    sitting = Sitting.objects.get()
    later(sitting, 50)
    assert "You speak." in hers.get("/together/").content.decode()
    listening = his.get("/together/").content.decode()
    assert ">Listen.</h1>" in listening
    assert "Ana speaks." in listening
    later(sitting, 300)
    assert ">Listen.</h1>" in hers.get("/together/").content.decode()
    assert "You speak." in his.get("/together/").content.decode()


def test_what_a_phone_asks_for_says_whose_it_is(ana: Partner, ben: Partner, phone: Phone) -> None:
    def owners(client: Client, path: str) -> list[str]:
        return re.findall(r'data-owner="([^"]+)"', client.get(path).content.decode())

    hers, his = phone(ana), phone(ben)
    for _ in range(2):  # before the sitting, and in it
        page = owners(hers, "/together/")
        assert len(page) == 2  # the outbox says the same
        assert len(set(page)) == 1
        assert owners(hers, "/together/now/") == page[:1]
        assert owners(his, "/together/now/") != page[:1]
        actions.begin(ana, timezone.now())


def test_a_phone_that_was_away_comes_back_to_the_right_second(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    sitting = actions.begin(ana, timezone.now())
    later(sitting, 45 + 60)
    page = phone(ben).get("/together/now/").content.decode()
    assert 'data-stage="first-speaks"' in page
    left = int(page.split('data-left="')[1].split('"')[0])
    assert left in (149, 150)


def test_both_start_in_the_same_second_and_are_in_one_sitting(ana: Partner, ben: Partner) -> None:
    one = actions.begin(ana, timezone.now())
    assert actions.begin(ben, timezone.now()) == one
    assert Sitting.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_starts_at_once_make_one_sitting(ana: Partner, ben: Partner) -> None:
    gate, made = threading.Barrier(6), []

    def start(partner: Partner) -> None:
        gate.wait()
        made.append(actions.begin(partner, timezone.now()).pk)
        connection.close()

    threads = [threading.Thread(target=start, args=(p,)) for p in (ana, ben) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert len(set(made)) == 1
    assert Sitting.objects.count() == 1


@pytest.mark.parametrize("ended", [True, False])
def test_where_the_others_sitting_came_between_there_is_one_to_sit_in(
    ana: Partner, ben: Partner, monkeypatch: pytest.MonkeyPatch, ended: bool
) -> None:
    make, now = Sitting.objects.create, timezone.now()

    def second(**fields: object) -> None:
        monkeypatch.setattr(Sitting.objects, "create", make)
        his = actions.begin(ben, now)
        if ended:
            actions.stop(his, now)
        raise IntegrityError

    monkeypatch.setattr(Sitting.objects, "create", lambda **fields: second(**fields))
    monkeypatch.setattr(transaction, "atomic", contextlib.nullcontext)
    hers = actions.begin(ana, now)
    assert hers.ended_at is None
    assert Sitting.objects.count() == (2 if ended else 1)


def test_two_taps_to_go_on_move_once(ana: Partner, ben: Partner, phone: Phone) -> None:
    sitting = actions.begin(ana, timezone.now())
    hers, his = phone(ana), phone(ben)
    move(hers, sitting, "go-on", "arrive")
    move(his, sitting, "go-on", "arrive")
    sitting.refresh_from_db()
    assert sitting.clock().stage(timezone.now()) is Stage.FIRST_SPEAKS


def test_it_rests_for_both_and_goes_on_for_both(ana: Partner, ben: Partner, phone: Phone) -> None:
    sitting = actions.begin(ana, timezone.now())
    hers, his = phone(ana), phone(ben)
    move(hers, sitting, "rest")
    assert 'data-running="0"' in his.get("/together/now/").content.decode()
    move(his, sitting, "resume")
    assert 'data-running="1"' in hers.get("/together/now/").content.decode()


def test_stopping_is_fine_and_ends_it_for_both(ana: Partner, ben: Partner, phone: Phone) -> None:
    sitting = actions.begin(ana, timezone.now())
    hers, his = phone(ana), phone(ben)
    answer = hers.post(f"/together/{sitting.pk}/move/", {"what": "stop"}, **HTMX)
    assert answer["HX-Redirect"] == f"/together/{sitting.pk}/afterwards/"
    gone = his.get(f"/together/now/?was={sitting.pk}", **HTMX)
    assert gone["HX-Redirect"] == f"/together/{sitting.pk}/afterwards/"
    move(his, sitting, "resume")
    sitting.refresh_from_db()
    assert sitting.ended_at is not None


def test_only_an_own_sitting_can_be_named_as_the_one_that_was(
    ana: Partner, cleo: Partner, phone: Phone
) -> None:
    sitting = actions.begin(ana, timezone.now())
    for was in (str(sitting.pk), "https://elsewhere.example", "x"):
        assert phone(cleo).get(f"/together/now/?was={was}", **HTMX).status_code == 404


def test_after_ten_minutes_it_is_over_by_itself(ana: Partner, phone: Phone) -> None:
    sitting = actions.begin(ana, timezone.now())
    later(sitting, 4000)
    assert "Start the ten minutes" in phone(ana).get("/together/").content.decode()
    sitting.refresh_from_db()
    assert sitting.ended_at is not None
    assert not sitting.stopped
    # It was over when its time was, not when somebody looked.
    assert 3390 < (timezone.now() - sitting.ended_at).total_seconds() < 3410


def test_a_sitting_left_resting_does_not_block_the_next_evening(ana: Partner) -> None:
    first = actions.begin(ana, timezone.now())
    actions.rest(first, timezone.now())
    Sitting.objects.filter(pk=first.pk).update(begun_at=timezone.now() - timedelta(hours=20))
    second = actions.begin(ana, timezone.now())
    assert second != first


def test_they_take_turns_in_speaking_first(ana: Partner, ben: Partner) -> None:
    first = actions.begin(ana, timezone.now())
    actions.stop(first, timezone.now())
    second = actions.begin(ana, timezone.now())
    assert {first.first, second.first} == {0, 1}


def test_alone_the_ten_minutes_work_on_one_phone(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    client.post("/together/begin/")
    later(Sitting.objects.get(), 300)
    assert "Ben speaks. Ana listens." in client.get("/together/").content.decode()


def test_how_it_felt_is_seen_by_nobody_else(ana: Partner, ben: Partner, phone: Phone) -> None:
    sitting = actions.begin(ana, timezone.now())
    actions.stop(sitting, timezone.now())
    his = phone(ben)

    def pages() -> list[str]:
        paths = ["/together/", "/today/", f"/together/{sitting.pk}/afterwards/", "/more/"]
        return [without_tokens(his.get(path).content.decode()) for path in paths]

    before = pages()
    phone(ana).post(f"/together/{sitting.pk}/afterwards/", {"warmth": "1", "words": "hard"})
    assert Afterwards.objects.count() == 1
    assert pages() == before


def test_tapping_again_changes_it_and_keeps_the_words(ana: Partner, phone: Phone) -> None:
    sitting = actions.begin(ana, timezone.now())
    actions.stop(sitting, timezone.now())
    client = phone(ana)
    client.post(f"/together/{sitting.pk}/afterwards/", {"warmth": "2", "words": "tired"})
    client.post(f"/together/{sitting.pk}/afterwards/", {"warmth": "4", "words": ""})
    feeling = Afterwards.objects.get()
    assert feeling.warmth == 4
    assert "tired" in client.get(f"/together/words/{feeling.pk}/").content.decode()


def test_words_without_a_tap_are_kept_on_the_page(ana: Partner, phone: Phone) -> None:
    sitting = actions.begin(ana, timezone.now())
    actions.stop(sitting, timezone.now())
    page = phone(ana).post(f"/together/{sitting.pk}/afterwards/", {"words": "still here"})
    assert "still here" in page.content.decode()
    assert "Tap how it felt first" in page.content.decode()
