"""Reminders: few, each one's own, quiet by themselves, and never about what the other did."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from planted_rituals import DAY, EVENING, ONE_DAY, keep, remind
from turntoward.reading.companion import day_of
from turntoward.web.checkins.models import Sitting
from turntoward.web.couples.models import Partner
from turntoward.web.couples.seasons import add_season
from turntoward.web.moments.models import Offer
from turntoward.web.rituals import actions, sender
from turntoward.web.rituals import reminder_actions as reminders
from turntoward.web.rituals.deliver import Outcome
from turntoward.web.rituals.kinds import Kind
from turntoward.web.rituals.models import Reminder, Ritual, Sent
from turntoward.web.rituals.plan import Due
from turntoward.web.weather import actions as weather
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
Move = Callable[[datetime], None]
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Move:
    """It is evening; the clock can be moved."""

    def move(to: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: to)

    move(EVENING)
    return move


@pytest.fixture
def went(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What went out, to whom; nothing is really sent."""
    gone: list[str] = []

    def record(reminder: Reminder) -> Outcome:
        gone.append(reminder.partner.name)
        return Outcome.REACHED

    monkeypatch.setattr(sender, "deliver", record)
    return gone


@pytest.fixture
def with_mail(settings: Any) -> None:
    """The server has e-mail set up."""
    settings.MAIL_SET_UP = True


# The loop.


def test_each_is_sent_once_at_its_hour(
    ana: Partner, ben: Partner, went: list[str], with_mail: None
) -> None:
    ritual = keep(ana)
    remind(ana, ritual)
    remind(ben, ritual, own_at=time(20, 50))
    sender.tick(EVENING - MINUTE)
    assert went == []
    for n in range(100):
        sender.tick(EVENING + n * MINUTE)
    assert went == ["Ana", "Ben"]
    sender.tick(EVENING + ONE_DAY)
    assert went == ["Ana", "Ben", "Ana"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_none_twice(
    ana: Partner, went: list[str], with_mail: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    reminder = remind(ana, keep(ana))
    # Each has looked, and found it due, before either takes it in hand.
    monkeypatch.setattr(sender, "due_now", lambda reminder, now, but=0: Due(day=DAY))
    gate, wrong = threading.Barrier(4), []

    def one() -> None:
        gate.wait()
        try:
            sender._first(reminder, EVENING)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (wrong, went) == ([], ["Ana"])


def test_one_that_was_in_hand_when_a_worker_was_killed_is_let_go(
    ana: Partner, went: list[str], with_mail: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    remind(ana, keep(ana))

    def killed(reminder: Reminder) -> Outcome:
        raise KeyboardInterrupt

    with monkeypatch.context() as here:
        here.setattr(sender, "deliver", killed)
        with pytest.raises(KeyboardInterrupt):
            sender.tick(EVENING)
    for n in range(60):
        sender.tick(EVENING + n * MINUTE)
    assert went == []


def test_a_network_in_the_way_is_tried_a_few_times_and_then_let_go(
    ana: Partner, with_mail: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    remind(ana, keep(ana))
    tries: list[datetime] = []
    outcome = Outcome.AGAIN

    def away(reminder: Reminder) -> Outcome:
        tries.append(now)
        return outcome

    monkeypatch.setattr(sender, "deliver", away)
    for n in range(120):
        now = EVENING + n * timedelta(seconds=30)
        sender.tick(now)
    assert len(tries) == sender.TRIES
    assert tries[-1] - tries[0] < timedelta(hours=1)
    assert Sent.objects.get().state == "dropped"
    tries.clear()
    for n in range(120):
        now = EVENING + ONE_DAY + n * timedelta(seconds=30)
        outcome = Outcome.REACHED if n > 3 else Outcome.AGAIN
        sender.tick(now)
    assert len(tries) == 2
    assert Sent.objects.get(day=DAY + ONE_DAY).state == "sent"


def test_it_is_not_tried_again_once_the_two_kept_it(
    ana: Partner, with_mail: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ritual = keep(ana)
    remind(ana, ritual)
    tries: list[int] = []
    monkeypatch.setattr(sender, "deliver", lambda _: tries.append(1) or Outcome.AGAIN)
    sender.tick(EVENING)
    actions.mark(ritual, DAY, EVENING, kept=True)
    sender.tick(EVENING + 10 * MINUTE)
    assert tries == [1]


def test_without_a_way_to_reach_anybody_no_socket_is_opened(
    ana: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    remind(ana, keep(ana))  # an address is there, and no mail server
    opened: list[object] = []

    def socket_of(*args: object, **kwargs: object) -> None:
        opened.append(args)
        raise OSError

    monkeypatch.setattr(socket, "socket", socket_of)
    monkeypatch.setattr(socket, "create_connection", socket_of)
    assert sender.tick(EVENING) == 0
    assert opened == []
    assert Sent.objects.count() == 0


@pytest.mark.parametrize("why", ["kept", "aside", "off", "paused", "no-ritual", "sat"])
def test_nothing_is_sent_where_there_is_nothing_to_say(
    ana: Partner, ben: Partner, went: list[str], with_mail: None, why: str
) -> None:
    ritual = keep(ana)
    remind(ana, ritual)
    if why == "kept":
        actions.mark(ritual, DAY, EVENING, kept=True)
    elif why == "aside":
        actions.set_aside(ana, ritual, DAY, EVENING, aside=True)
    elif why == "off":
        actions.switch(ben, Kind.TEN, on=False, now=EVENING)
    elif why == "paused":
        reminders.pause(ana, paused=True, now=EVENING)
    elif why == "no-ritual":
        Ritual.objects.all().delete()
    else:
        begun = EVENING - timedelta(hours=1)
        Sitting.objects.create(couple=ana.couple, begun_at=begun, first=0, ended_at=EVENING)
    sender.tick(EVENING)
    assert went == []


def test_what_the_other_set_aside_silences_nothing(
    ana: Partner, ben: Partner, went: list[str], with_mail: None
) -> None:
    ritual = keep(ana)
    remind(ana, ritual)
    actions.set_aside(ben, ritual, DAY, EVENING, aside=True)
    sender.tick(EVENING)
    assert went == ["Ana"]


def test_in_a_hard_season_one_a_week(ana: Partner, went: list[str], with_mail: None) -> None:
    remind(ana, keep(ana))
    add_season(ana, name="x", start=DAY, end=DAY + timedelta(days=60), kind="grief")
    for n in range(15):
        sender.tick(EVENING + n * ONE_DAY)
        weather.tap(ana, DAY + n * ONE_DAY, 3, EVENING + n * ONE_DAY + MINUTE)
    assert len(went) == 3


# Quiet by themselves.


def unanswered(days: int = 3) -> datetime:
    """So many evenings with a reminder each; gives the evening after them."""
    for n in range(days):
        sender.tick(EVENING + n * ONE_DAY)
    return EVENING + days * ONE_DAY


def test_after_three_that_nothing_followed_they_rest_and_say_so(
    ana: Partner, ben: Partner, went: list[str], with_mail: None, phone: Phone, clock: Move
) -> None:
    reminder = remind(ana, keep(ana))
    his = phone(ben)
    evening = unanswered(2)
    clock(evening)
    before = without_tokens(his.get("/reminders/").content.decode())
    client = phone(ana)
    assert "gone quiet" not in client.get("/today/").content.decode()
    evening = unanswered(6)
    assert went == ["Ana"] * 3
    clock(evening)
    assert "Your reminders have gone quiet" in client.get("/today/").content.decode()
    assert "They have gone quiet" in client.get("/reminders/").content.decode()
    assert without_tokens(his.get("/reminders/").content.decode()) == before
    client.post("/reminders/move/", {"what": "again", "from": "today"})
    assert "gone quiet" not in client.get("/today/").content.decode()
    sender.tick(evening)
    assert went == ["Ana"] * 4
    reminder.refresh_from_db()
    assert reminder.since == evening


def test_left_off_from_today_they_stay_off(
    ana: Partner, went: list[str], with_mail: None, phone: Phone, clock: Move
) -> None:
    remind(ana, keep(ana))
    clock(unanswered())
    client = phone(ana)
    client.post("/reminders/move/", {"what": "pause", "from": "today"})
    assert "gone quiet" not in client.get("/today/").content.decode()
    assert "They are paused." in client.get("/reminders/").content.decode()


def sign_weather(ana: Partner, ben: Partner, at: datetime) -> None:
    weather.tap(ana, day_of(at, "Europe/Berlin"), 4, at)


def sign_shift(ana: Partner, ben: Partner, at: datetime) -> None:
    Offer.objects.create(
        partner=ana, day=day_of(at, "Europe/Berlin"), key="x", reason="", answer="not-today"
    )


def sign_kept(ana: Partner, ben: Partner, at: datetime) -> None:
    actions.mark(Ritual.objects.get(), day_of(at, "Europe/Berlin"), at, kept=True)


def sign_aside(ana: Partner, ben: Partner, at: datetime) -> None:
    actions.set_aside(ana, Ritual.objects.get(), day_of(at, "Europe/Berlin"), at, aside=True)


@pytest.mark.parametrize("sign", [sign_weather, sign_shift, sign_kept, sign_aside])
def test_any_tap_of_ones_own_within_a_day_is_an_answer(
    ana: Partner,
    ben: Partner,
    went: list[str],
    with_mail: None,
    sign: Callable[[Partner, Partner, datetime], None],
) -> None:
    remind(ana, keep(ana))
    evening = unanswered()
    sign(ana, ben, evening - timedelta(hours=23))
    sender.tick(evening)
    assert went == ["Ana"] * 4


def sign_of_the_other(ana: Partner, ben: Partner, at: datetime) -> None:
    weather.tap(ben, day_of(at, "Europe/Berlin"), 4, at)


def only_offered(ana: Partner, ben: Partner, at: datetime) -> None:
    Offer.objects.create(partner=ana, day=day_of(at, "Europe/Berlin"), key="x", reason="")


@pytest.mark.parametrize("no_sign", [sign_of_the_other, only_offered])
def test_what_the_other_taps_and_merely_looking_are_none(
    ana: Partner,
    ben: Partner,
    went: list[str],
    with_mail: None,
    no_sign: Callable[[Partner, Partner, datetime], None],
) -> None:
    remind(ana, keep(ana))
    evening = unanswered()
    no_sign(ana, ben, evening - timedelta(hours=4))
    sender.tick(evening)
    assert went == ["Ana"] * 3


def test_one_that_breaks_stops_no_other(
    ana: Partner,
    ben: Partner,
    with_mail: None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    ritual, send = keep(ana), sender.deliver
    remind(ana, ritual)
    remind(ben, ritual)

    def breaks(reminder: Reminder) -> Outcome:
        if reminder.partner == ana:
            raise ValueError("marigold")
        return send(reminder)

    monkeypatch.setattr(sender, "deliver", breaks)
    assert sender.tick(EVENING) == 1
    assert {one.partner.name: one.state for one in Sent.objects.all()} == {
        "Ana": "claimed",
        "Ben": "sent",
    }
    assert "ValueError" in caplog.text
    assert "marigold" not in caplog.text


def test_what_went_out_is_forgotten_after_two_months(
    ana: Partner, went: list[str], with_mail: None
) -> None:
    remind(ana, keep(ana))
    sender.tick(EVENING)
    much_later = EVENING + timedelta(days=61, hours=-1)  # summer time by then
    sender.tick(much_later)
    assert went == ["Ana", "Ana"]
    assert [sent.day for sent in Sent.objects.all()] == [DAY + timedelta(days=61)]


# The page.


def ask(client: Client, ritual: Ritual, **more: str) -> str:
    said = {"ritual": str(ritual.pk), "own_at": "", "says": ""} | more
    return client.post("/reminders/", said, follow=True).content.decode()


def test_each_sets_their_own_and_the_other_sees_nothing_of_it(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his, ritual = phone(ana), phone(ben), keep(ana)
    paths = ["/rituals/", "/reminders/", "/today/", "/more/"]

    def pages() -> list[str]:
        return [without_tokens(his.get(path).content.decode()) for path in paths]

    before = pages()
    assert "They are off." in hers.get("/rituals/").content.decode()
    assert "It is kept." in ask(hers, ritual, own_at="20:15", says="1")
    reminder = Reminder.objects.get()
    assert (reminder.partner, reminder.own_at, reminder.says) == (ana, time(20, 15), True)
    hers.post("/reminders/calendar/")
    assert "They are on." in hers.get("/rituals/").content.decode()
    hers.post("/reminders/move/", {"what": "pause"})
    assert "They are paused." in hers.get("/rituals/").content.decode()
    assert pages() == before
    hers.post("/reminders/move/", {"what": "go-on"})
    assert not Reminder.objects.get().paused
    hers.post("/reminders/move/", {"what": "off"})
    assert Reminder.objects.count() == 0
    assert hers.post("/reminders/move/", {"what": "shout"}).status_code == 404


def test_a_time_in_the_night_is_refused_and_stays_on_the_page(ana: Partner, phone: Phone) -> None:
    client, ritual = phone(ana), keep(ana)
    page = ask(client, ritual, own_at="23:30")
    assert "That is in the night." in page
    assert 'value="23:30"' in page
    assert Reminder.objects.count() == 0
    late = keep(ana, Kind.OWN, time(0, 30))
    assert "It is kept." in ask(client, late, own_at="23:30")


def test_a_ritual_of_another_couple_is_no_choice(ana: Partner, cleo: Partner, phone: Phone) -> None:
    keep(cleo)
    theirs = keep(ana)
    ask(phone(cleo), theirs)
    assert Reminder.objects.count() == 0
    chosen = reminders.Chosen(ritual=theirs.pk, own_at=None, says=False, language="")
    assert reminders.choose(cleo, chosen, EVENING) is None
