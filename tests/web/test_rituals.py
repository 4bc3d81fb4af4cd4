"""The rituals of the two: both keep and change them, either taps, and nobody is counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from planted_rituals import DAY, EVENING, keep
from turntoward.web.checkins.models import Sitting
from turntoward.web.couples.models import Partner
from turntoward.web.couples.seasons import add_season
from turntoward.web.rituals import actions, counts
from turntoward.web.rituals.kinds import Kind
from turntoward.web.rituals.models import Aside, Kept, Ritual
from turntoward.web.rituals.names import own_name
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
Move = Callable[[datetime], None]
MARK = "hollyhock-walk"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Move:
    """It is evening; the clock can be moved."""

    def move(to: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: to)

    move(EVENING)
    return move


def today(client: Client) -> str:
    return without_tokens(client.get("/today/?after=weather").content.decode())


def did(client: Client, ritual: Ritual, **more: str) -> None:
    said = {"day": DAY.isoformat()} | more
    assert client.post(f"/rituals/{ritual.pk}/kept/", said).status_code == 302


def not_today(client: Client, ritual: Ritual, **more: str) -> None:
    said = {"day": DAY.isoformat()} | more
    assert client.post(f"/rituals/{ritual.pk}/aside/", said).status_code == 302


# What the two keep.


def test_nothing_is_kept_until_one_of_them_says_so(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    client = phone(ana)
    page = client.get("/rituals/").content.decode()
    assert "Nothing yet. What you keep will stand here." in page
    assert "Every day, about 8:40 p.m." in page
    assert "ritual-title" not in today(client)
    client.post("/rituals/switch/", {"ritual": "ten", "on": "1"})
    assert "Nothing yet." not in client.get("/rituals/").content.decode()
    assert "Let it rest" in phone(ben).get("/rituals/").content.decode()
    assert "At about 8:40 p.m." in today(phone(ben))


def test_a_change_can_be_undone_by_either_and_a_double_undo_undoes_once(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    hers.post("/rituals/switch/", {"ritual": "ten", "on": "1"})
    changed = {"ritual": "ten", "days": ["1", "3"], "at": "21:30"}
    page = hers.post("/rituals/change/", changed, follow=True).content.decode()
    assert "Ten minutes: Tuesday and Thursday, about 9:30 p.m., for both of you." in page
    assert "Tuesday and Thursday, about 9:30 p.m." in his.get("/rituals/").content.decode()
    undo = {"ritual": "ten", "turn": "2"}
    assert (
        "It is as it was before." in his.post("/rituals/undo/", undo, follow=True).content.decode()
    )
    assert "Every day, about 8:40 p.m." in hers.get("/rituals/").content.decode()
    again = his.post("/rituals/undo/", undo, follow=True).content.decode()
    assert "It was changed again since" in again
    assert Ritual.objects.get().on


def test_undo_does_not_take_away_what_the_other_changed_since(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    hers.post("/rituals/switch/", {"ritual": "hello", "on": "1"})
    his.post("/rituals/change/", {"ritual": "hello", "days": ["6"], "at": "09:00"})
    hers.post("/rituals/undo/", {"ritual": "hello", "turn": "1"})
    hers.post("/rituals/undo/", {"ritual": "hello", "turn": "x"})
    ritual = Ritual.objects.get()
    assert (ritual.on, ritual.days, ritual.at) == (True, "6", time(9))


def test_undo_of_the_first_keep_lets_it_rest_again(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    client.post("/rituals/switch/", {"ritual": "coffee", "on": "1"})
    client.post("/rituals/undo/", {"ritual": "coffee", "turn": "1"})
    assert not Ritual.objects.get().on


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"at": "20:40"}, "Choose one day or more."),
        ({"days": ["9"], "at": "20:40"}, "not one of the available choices"),
        ({"days": ["1"], "at": "soon"}, "Enter a valid time."),
        ({"days": ["1"]}, "This field is required."),
    ],
)
def test_what_does_not_fit_is_said_and_the_rest_is_kept_on_the_page(
    ana: Partner, phone: Phone, wrong: dict[str, object], said: str
) -> None:
    asked = {"ritual": "own", "name": MARK} | wrong
    page = phone(ana).post("/rituals/change/", asked).content.decode()
    assert said in page
    assert MARK in page
    assert Ritual.objects.count() == 0


@pytest.mark.parametrize("path", ["/rituals/switch/", "/rituals/change/", "/rituals/undo/"])
def test_a_ritual_that_there_is_not_is_refused(ana: Partner, phone: Phone, path: str) -> None:
    assert phone(ana).post(path, {"ritual": "supper"}).status_code == 404


def test_their_own_name_is_read_by_both_and_lies_nowhere_in_the_clear(
    ana: Partner, ben: Partner, cleo: Partner, phone: Phone
) -> None:
    client = phone(ana)
    own = {"ritual": "own", "name": f"  {MARK}\r\nBcc: x ", "days": ["6"], "at": "17:00"}
    client.post("/rituals/change/", own)
    ritual = Ritual.objects.get()
    assert own_name(ritual) == f"{MARK} Bcc: x"
    assert MARK in phone(ben).get("/rituals/").content.decode()
    assert MARK not in phone(cleo).get("/rituals/").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name_sealed, was_name_sealed FROM rituals_ritual")
        assert MARK.encode() not in b"".join(bytes(sealed or b"") for sealed in cursor.fetchone())


def test_a_name_that_was_changed_comes_back_with_undo(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    for name in ("a song", "a walk"):
        own = {"ritual": "own", "name": name, "days": ["6"], "at": "17:00"}
        client.post("/rituals/change/", own)
    client.post("/rituals/undo/", {"ritual": "own", "turn": "2"})
    assert own_name(Ritual.objects.get()) == "a song"


# Today.


def test_a_tap_of_either_marks_it_for_both_and_undo_takes_it_back(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his, ritual = phone(ana), phone(ben), keep(ana)
    assert "We did" in today(his)
    did(hers, ritual)
    assert "Ten minutes: you two did." in today(his)
    assert "We did" not in today(his)
    did(his, ritual, undo="1")
    did(his, ritual, undo="1")
    assert "We did" in today(hers)


def test_who_tapped_is_not_kept_and_not_shown(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his, ritual = phone(ana), phone(ben), keep(ana)
    pages = []
    for client in (hers, his):
        did(client, ritual)
        pages.append((today(hers), today(his)))
        Kept.objects.all().delete()
    assert pages[0] == pages[1]
    assert {field.name for field in Kept._meta.fields} == {"id", "ritual", "day", "kept", "at"}


def test_not_today_is_for_ones_own_page_alone(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his, ritual = phone(ana), phone(ben), keep(ana)
    paths = ["/today/", "/today/?after=weather", "/rituals/", "/reminders/", "/together/"]

    def pages() -> list[str]:
        return [without_tokens(his.get(path).content.decode()) for path in paths]

    before = pages()
    not_today(hers, ritual)
    not_today(hers, ritual)
    assert "Ten minutes: not today. Only you see this." in today(hers)
    assert pages() == before
    not_today(hers, ritual, undo="1")
    assert "We did" in today(hers)
    assert Aside.objects.count() == 0


def test_a_stranger_marks_nothing(ana: Partner, cleo: Partner, phone: Phone) -> None:
    ritual = keep(ana)
    for what in ("kept", "aside"):
        path = f"/rituals/{ritual.pk}/{what}/"
        assert phone(cleo).post(path, {"day": DAY.isoformat()}).status_code == 404
    assert Kept.objects.count() == Aside.objects.count() == 0


def test_the_nearest_one_is_shown_and_far_from_its_hour_it_is_a_line(
    ana: Partner, phone: Phone, clock: Move
) -> None:
    client = phone(ana)
    keep(ana, Kind.HELLO, time(7, 15))
    keep(ana, Kind.TEN, time(20, 40))
    for hour, minute, said in (
        (5, 0, "Later today, about 7:15 a.m.: Hello"),
        (7, 0, "At about 7:15 a.m."),
        (12, 0, "Hello, about 7:15 a.m."),
        (15, 0, "Later today, about 8:40 p.m.: Ten minutes"),
        (19, 30, "At about 8:40 p.m."),
    ):
        clock(datetime(2026, 3, 4, hour - 1, minute, tzinfo=UTC))
        assert said in today(client), hour
    clock(datetime(2026, 3, 5, 2, 30, tzinfo=UTC))  # half past three, still of the evening
    assert "Ten minutes, about 8:40 p.m." in today(client)
    clock(datetime(2026, 3, 5, 3, 30, tzinfo=UTC))
    assert "Later today, about 7:15 a.m.: Hello" in today(client)


def test_on_another_weekday_there_is_none(ana: Partner, phone: Phone) -> None:
    keep(ana, days=frozenset({3}))
    assert "Ten minutes" not in today(phone(ana))


@pytest.mark.parametrize(
    ("form", "kind", "stopped_after_s", "kept"),
    [
        ("ten", Kind.TEN, None, True),
        ("ten", Kind.TEN, 400, True),
        ("ten", Kind.TEN, 60, False),
        ("coffee", Kind.COFFEE, None, True),
        ("coffee", Kind.TEN, None, False),
    ],
)
def test_a_sitting_of_the_day_is_the_ritual(
    ana: Partner, phone: Phone, form: str, kind: Kind, stopped_after_s: int | None, kept: bool
) -> None:
    keep(ana, kind)
    begun = EVENING - timedelta(minutes=20)
    ended = begun + timedelta(seconds=stopped_after_s or 600)
    Sitting.objects.create(
        couple=ana.couple,
        begun_at=begun,
        begun_by=ana,
        first=0,
        form=form,
        ended_at=ended,
        stopped=stopped_after_s is not None,
    )
    assert ("you sat together today" in today(phone(ana))) is kept


@pytest.mark.parametrize(("kind", "form"), [(Kind.TEN, "ten"), (Kind.COFFEE, "coffee")])
def test_the_ritual_leads_to_the_two_phones_with_its_form_chosen(
    ana: Partner, phone: Phone, kind: Kind, form: str
) -> None:
    keep(ana, kind)
    client = phone(ana)
    way = re.search(r'href="(/together/[^"]*)"', today(client))
    assert way is not None
    chosen = re.findall(r'value="(ten|coffee)" checked', client.get(way[1]).content.decode())
    assert chosen == [form]


def test_in_a_hard_season_it_may_rest(ana: Partner, phone: Phone) -> None:
    keep(ana)
    add_season(ana, name="x", start=DAY, end=DAY, kind="grief")
    client = phone(ana)
    assert "and it may rest today." in today(client)
    assert "Rituals may rest in it" in client.get("/rituals/").content.decode()


def test_a_tap_that_waited_counts_once_and_for_its_own_day(
    ana: Partner, phone: Phone, clock: Move
) -> None:
    client, ritual = phone(ana), keep(ana)
    held = {"tap": "0d9a1f66-7a4c-4f0c-8b57-0a6c55d4a101", "at": EVENING.isoformat()}
    clock(EVENING + timedelta(days=2))
    did(client, ritual, **held)
    assert Kept.objects.get().day == DAY
    did(client, ritual, undo="1", at=(EVENING + timedelta(minutes=1)).isoformat())
    did(client, ritual, **held)  # sent once more
    assert not Kept.objects.get().kept


def test_a_tap_that_waited_does_not_overturn_a_later_one(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    ritual = keep(ana)
    did(phone(ben), ritual)
    did(phone(ben), ritual, undo="1")
    earlier = (EVENING - timedelta(minutes=5)).isoformat()
    did(phone(ana), ritual, tap="0d9a1f66-7a4c-4f0c-8b57-0a6c55d4a102", at=earlier)
    assert not Kept.objects.get().kept


@pytest.mark.parametrize("day", ["", "never", "2026-03-02", "2026-03-05"])
def test_a_day_that_is_over_or_to_come_is_not_marked(ana: Partner, phone: Phone, day: str) -> None:
    client, ritual = phone(ana), keep(ana)
    did(client, ritual, day=day)
    not_today(client, ritual, day=day)
    assert Kept.objects.count() == Aside.objects.count() == 0


# For the rhythm of greetings.


def test_greetings_are_counted_by_the_day_as_they_were_planned_then(
    ana: Partner, clock: Move
) -> None:
    hello = keep(ana, Kind.HELLO)
    clock(EVENING + timedelta(days=2))
    keep(ana, Kind.GOODBYE)
    clock(EVENING + timedelta(days=4))
    actions.switch(ana, Kind.HELLO, on=False, now=timezone.now())
    keep(ana)  # no greeting
    for after in (0, 1, 5):
        actions.mark(hello, DAY + timedelta(days=after), EVENING, kept=True)
    actions.mark(hello, DAY + timedelta(days=1), EVENING + timedelta(hours=1), kept=False)
    found = counts.days(ana.couple, DAY + timedelta(days=7))
    assert [(one.day - DAY).days for one in found] == [0, 1, 2, 3, 4, 5, 6]
    assert [one.planned for one in found] == [1, 1, 2, 2, 1, 2, 1]
    assert [one.kept for one in found] == [1, 0, 0, 0, 0, 1, 0]


def test_without_rituals_there_are_no_greetings(ana: Partner) -> None:
    assert counts.days(ana.couple, DAY) == ()


def test_one_who_is_here_alone_is_told_so(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    assert "Once Ben is here, too" in client.get("/rituals/").content.decode()
    assert "Ben sees it" not in client.get("/rituals/change/?ritual=ten").content.decode()


def test_two_who_live_apart_read_what_they_can_do_apart(cleo: Partner, phone: Phone) -> None:
    assert "on a call" in phone(cleo).get("/rituals/").content.decode()


def test_what_was_set_aside_is_soon_forgotten(ana: Partner) -> None:
    ritual = keep(ana)
    for n in (0, 20):
        day = DAY + timedelta(days=n)
        actions.set_aside(ana, ritual, day, EVENING + timedelta(days=n), aside=True)
    assert Aside.objects.get().day == DAY + timedelta(days=20)
