"""Parked topics: they rest with their writer, and come before both only when both are ready."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from turntoward.web.checkins.models import Afterwards, Sitting
from turntoward.web.couples.models import Partner
from turntoward.web.topics import actions
from turntoward.web.topics.models import ReadyToHear, State, Topic
from web_pages import without_tokens

Phone = Callable[[Partner], Client]

EVENING = datetime(2026, 3, 3, 20, tzinfo=UTC)
MORNING = EVENING + timedelta(hours=9)  # five in the morning of the next day in Berlin
MARK = "the-money-of-my-mother"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Move the time that the pages see."""

    def move(to: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: to)

    move(EVENING)
    return move


def put_down(client: Client, words: str = MARK) -> Topic:
    assert client.post("/topics/", {"words": words}).status_code == 302
    return Topic.objects.latest("put_down_at")


def be_ready(client: Client, topic: Topic, **more: str) -> None:
    answer = client.post(f"/topics/{topic.pk}/ready/", {"words": MARK, **more})
    assert answer.status_code == 302


def page(client: Client) -> str:
    return without_tokens(client.get("/topics/").content.decode())


def test_what_is_put_down_stays_with_its_writer(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    before = page(his)
    topic = put_down(hers)
    assert MARK in page(hers)
    assert page(his) == before
    be_ready(hers, topic, feel="worried")
    assert page(his) == before
    assert his.get(f"/topics/{topic.pk}/ready/").status_code == 404


def test_the_words_lie_nowhere_in_the_clear(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers = phone(ana)
    be_ready(hers, put_down(hers), feel="a-feeling-to-look-for")
    with connection.cursor() as cursor:
        cursor.execute("SELECT private_sealed, opening_sealed FROM topics_topic")
        rows = cursor.fetchall()
    stored = b"".join(bytes(column) for row in rows for column in row)
    assert MARK.encode() not in stored
    assert b"a-feeling-to-look-for" not in stored
    database = Path(settings.DATABASES["default"]["TEST"]["NAME"])
    if database.exists():
        assert MARK.encode() not in database.read_bytes()


def test_it_comes_before_both_the_morning_after_both_are_ready(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    be_ready(hers, put_down(hers), feel="worried", like="an evening for it")
    his.post("/topics/hearing/", {"hear": "yes"})
    assert MARK not in page(his)
    clock(MORNING)
    for client in (his, hers):
        shown = page(client)
        assert MARK in shown
        assert "an evening for it" in shown
        assert "You are both ready for this" in shown
    assert not ReadyToHear.objects.exists()  # one hard thing at a time


@pytest.mark.parametrize("first", ["ana", "ben"])
def test_the_order_in_which_they_are_ready_does_not_matter(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None], first: str
) -> None:
    hers, his = phone(ana), phone(ben)
    topic = put_down(hers)
    if first == "ana":
        be_ready(hers, topic)
        his.post("/topics/hearing/", {"hear": "yes"})
    else:
        his.post("/topics/hearing/", {"hear": "yes"})
        be_ready(hers, topic)
    clock(MORNING)
    page(hers)
    topic.refresh_from_db()
    assert topic.state == State.OPEN


def test_who_takes_it_back_before_the_morning_leaves_no_trace(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    topic = put_down(hers)
    be_ready(hers, topic)
    nothing = page(his)
    his.post("/topics/hearing/", {"hear": "yes"})
    hers.post(f"/topics/{topic.pk}/move/", {"what": "rest"})
    clock(MORNING)
    assert MARK not in page(his)
    be_ready(hers, topic)
    his.post("/topics/hearing/", {"hear": "no"})
    clock(MORNING + timedelta(days=1))
    assert page(his) == nothing
    topic.refresh_from_db()
    assert topic.state == State.READY


def test_being_ready_to_hear_passes_by_itself(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    his.post("/topics/hearing/", {"hear": "yes"})
    assert "You could hear something until" in page(his)
    clock(EVENING + timedelta(days=8))
    be_ready(hers, put_down(hers))
    clock(EVENING + timedelta(days=10))
    assert MARK not in page(his)
    assert "I could hear something this week" in page(his)


def test_one_topic_at_a_time(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    for words in ("one", "two"):
        be_ready(hers, put_down(hers, words))
    his.post("/topics/hearing/", {"hear": "yes"})
    clock(MORNING)
    page(his)
    assert Topic.objects.filter(state=State.OPEN).count() == 1
    clock(MORNING + timedelta(days=3))
    page(his)
    assert Topic.objects.filter(state=State.OPEN).count() == 1


def opened(hers: Client, his: Client, clock: Callable[[datetime], None]) -> Topic:
    topic = put_down(hers)
    be_ready(hers, topic, feel="worried")
    his.post("/topics/hearing/", {"hear": "yes"})
    clock(MORNING)
    page(his)
    return topic


def test_either_lets_it_rest_again_and_nothing_written_is_lost(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    topic = opened(hers, his, clock)
    his.post(f"/topics/{topic.pk}/move/", {"what": "rest"})
    assert MARK not in page(his)
    assert "worried" in page(hers)
    topic.refresh_from_db()
    assert topic.state == State.READY


def test_its_writer_can_fetch_back_what_rested_by_mistake(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    topic = opened(hers, his, clock)
    hers.post(f"/topics/{topic.pk}/move/", {"what": "rest"})
    assert MARK not in page(his)
    assert "It rests again." in page(hers)
    hers.post(f"/topics/{topic.pk}/move/", {"what": "fetch-back"})
    assert MARK in page(his)


def test_both_may_say_that_they_talked_and_that_they_did_not_yet(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    topic = opened(hers, his, clock)
    for client in (hers, his):  # both tap at once: one step
        client.post(f"/topics/{topic.pk}/move/", {"what": "talked"})
    topic.refresh_from_db()
    assert topic.state == State.TALKED
    his.post(f"/topics/{topic.pk}/move/", {"what": "not-talked"})
    topic.refresh_from_db()
    assert topic.state == State.OPEN


def test_let_go_can_be_undone_for_a_day_and_is_then_deleted(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers = phone(ana)
    topic = put_down(hers)
    hers.post(f"/topics/{topic.pk}/move/", {"what": "let-go"})
    assert "Let go." in page(hers)
    assert "Nothing rests here." in page(hers)
    hers.post(f"/topics/{topic.pk}/move/", {"what": "fetch-back"})
    assert "Nothing rests here." not in page(hers)
    hers.post(f"/topics/{topic.pk}/move/", {"what": "let-go"})
    clock(EVENING + timedelta(days=2))
    page(hers)
    assert not Topic.objects.exists()


def test_only_its_writer_keeps_lets_go_or_takes_it_along(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    topic = opened(hers, his, clock)
    for what in ("let-go", "fetch-back", "take-along", "leave-here"):
        assert his.post(f"/topics/{topic.pk}/move/", {"what": what}).status_code == 404
    assert his.get(f"/topics/{topic.pk}/ready/").status_code == 404
    hers.post(f"/topics/{topic.pk}/move/", {"what": "take-along"})
    topic.refresh_from_db()
    assert topic.to_take_along


def test_a_made_up_step_is_refused(
    ana: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers = phone(ana)
    topic = put_down(hers)
    assert hers.post(f"/topics/{topic.pk}/move/", {"what": "shout"}).status_code == 404


def test_while_locked_one_is_put_down_and_none_is_shown(
    ana: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    client = phone(ana)
    topic = put_down(client, "first")
    vault = client.cookies.pop("turntoward_vault")
    client.post("/topics/", {"words": "second"})
    page = client.get("/topics/").content.decode()
    assert page.count("Your private words are locked.") == 1
    assert "second" not in page
    ready = client.get(f"/topics/{topic.pk}/ready/").content.decode()
    assert "Your private words are locked." in ready
    assert "<textarea" not in ready  # an empty one would be an opening without its topic
    client.cookies["turntoward_vault"] = vault.value
    page = client.get("/topics/").content.decode()
    assert "first" in page
    assert "second" in page


def test_an_opening_without_words_keeps_what_was_typed(
    ana: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers = phone(ana)
    topic = put_down(hers)
    given = {"words": " ", "feel": "lonely at night"}
    answer = hers.post(f"/topics/{topic.pk}/ready/", given).content.decode()
    assert "lonely at night" in answer
    topic.refresh_from_db()
    assert topic.state == State.RESTING


@pytest.mark.parametrize(
    ("warmth", "said"),
    [(1, "felt stormy"), (3, "felt mild"), (5, "felt warm"), (0, "too few taps")],
)
def test_the_climate_is_looked_at_before_it_opens(
    ana: Partner, phone: Phone, clock: Callable[[datetime], None], warmth: int, said: str
) -> None:
    for days in range(3 if warmth else 0):
        at = EVENING - timedelta(days=days)
        sat = Sitting.objects.create(couple=ana.couple, begun_at=at, first=0, ended_at=at)
        Afterwards.objects.create(sitting=sat, partner=ana, warmth=warmth, at=at)
    hers = phone(ana)
    topic = put_down(hers)
    assert said in hers.get(f"/topics/{topic.pk}/ready/").content.decode()


def test_today_says_it_in_one_line_only_when_both_are_ready(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    topic = put_down(hers)
    be_ready(hers, topic)
    assert "waits under Parked" not in his.get("/today/").content.decode()
    his.post("/topics/hearing/", {"hear": "yes"})
    clock(MORNING)
    for client in (hers, his):
        answer = client.get("/today/").content.decode()
        assert "waits under Parked" in answer
        assert MARK not in answer
    actions.talked(topic)
    assert "waits under Parked" not in his.get("/today/").content.decode()


def test_what_the_other_let_rest_is_not_for_its_writer_to_undo(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers, his = phone(ana), phone(ben)
    topic = opened(hers, his, clock)
    his.post(f"/topics/{topic.pk}/move/", {"what": "rest"})
    hers.post(f"/topics/{topic.pk}/move/", {"what": "fetch-back"})
    assert MARK not in page(his)


def test_a_stale_tap_revives_nothing_that_was_let_go(
    ana: Partner, phone: Phone, clock: Callable[[datetime], None]
) -> None:
    hers = phone(ana)
    topic = put_down(hers)
    hers.post(f"/topics/{topic.pk}/move/", {"what": "let-go"})
    hers.post(f"/topics/{topic.pk}/move/", {"what": "rest"})
    topic.refresh_from_db()
    assert topic.state == State.LET_GO
    clock(EVENING + timedelta(days=2))
    page(hers)
    assert not Topic.objects.exists()
    assert hers.post(f"/topics/{topic.pk}/move/", {"what": "fetch-back"}).status_code == 404
