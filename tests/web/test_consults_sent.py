"""A request that went out: opened, answered with times, picked, declined, taken back, run out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from icalendar import Calendar

from practice_steps import (
    EVENING,
    MARK,
    PDF,
    SENT,
    TOLD,
    a_practice,
    a_request,
    a_time,
    desk,
)
from turntoward.web.couples.models import Partner
from turntoward.web.handover.models import Brief, Opened
from turntoward.web.practice import actions, replying_actions
from turntoward.web.practice.calendars import meeting
from turntoward.web.practice.models import Consult, Proposed, State, Therapist
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
Clock = Callable[[datetime], None]
pytestmark = pytest.mark.urls("turntoward.web.urls_hosted")


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


def requests() -> str:
    return page(desk(), "/practice/requests/")


def test_opening_the_brief_is_noted_and_shown_to_both(
    ana: Partner, ben: Partner, iris: Therapist, hers: Client, his: Client, clock: Clock
) -> None:
    consult = a_request(ana, ben, iris.practice)
    clock(SENT)
    therapist = desk()
    path = f"/practice/requests/{consult.pk}/"
    assert MARK in page(therapist, path)
    assert "has not been opened yet" in page(hers, f"/consult/{consult.pk}/")
    assert not Opened.objects.exists()  # looking at the request opens nothing
    assert therapist.get(path + "pdf/").status_code == 405
    assert therapist.post(path + "pdf/").content == PDF
    assert therapist.post(path + "json/").content == TOLD
    assert therapist.post(path + "exe/").status_code == 404
    assert [row.what for row in Opened.objects.all()] == ["pdf", "json"]
    for client in (hers, his):
        assert "Iris, By the river" in page(client, f"/consult/{consult.pk}/")


def test_both_pick_and_all_three_have_the_same_meeting(
    ana: Partner, ben: Partner, iris: Therapist, hers: Client, his: Client, clock: Clock
) -> None:
    consult = a_request(ana, ben, iris.practice)
    clock(SENT)
    first, second = a_time(consult, SENT, 3), a_time(consult, SENT, 4)
    move = f"/consult/{consult.pk}/move/"
    hers.post(move, {"what": "take", "time": str(first.pk)})
    his.post(move, {"what": "take", "time": str(second.pk)})
    assert Consult.objects.get().state == State.ASKED  # two wishes are no pick
    assert "Ana would take this one." in page(his, f"/consult/{consult.pk}/")
    his.post(move, {"what": "take", "time": str(first.pk)})
    his.post(move, {"what": "take", "time": str(first.pk)})
    assert Consult.objects.get().picked == first
    files = [
        hers.get(f"/consult/{consult.pk}/consult.ics"),
        his.get(f"/consult/{consult.pk}/consult.ics"),
        desk().get(f"/practice/requests/{consult.pk}/consult.ics"),
    ]
    events = [Calendar.from_ical(file.content).walk("VEVENT")[0] for file in files]
    assert len({str(event["UID"]) for event in events}) == 1
    assert {event["DTSTART"].dt for event in events} == {first.start}
    assert [str(event["SUMMARY"]) for event in events] == [
        "Appointment", "Appointment", "Consult A. B.",
    ]  # fmt: skip
    assert str(consult.pk) not in str(events[0]["UID"])
    assert "Europe/Berlin" in files[0].content.decode()
    assert "America/New_York" in files[2].content.decode()


def test_the_practice_may_have_to_take_a_picked_time_back(
    ana: Partner, ben: Partner, iris: Therapist, hers: Client, his: Client, clock: Clock
) -> None:
    consult = a_request(ana, ben, iris.practice)
    clock(SENT)
    time = a_time(consult, SENT)
    for client in (hers, his):
        client.post(f"/consult/{consult.pk}/move/", {"what": "take", "time": str(time.pk)})
    back = f"/practice/requests/{consult.pk}/times/{time.pk}/back/"
    assert desk().post(back).status_code == 302
    assert "had to take back the time" in page(hers, f"/consult/{consult.pk}/")
    assert "is off" in page(his, "/today/")
    assert hers.get(f"/consult/{consult.pk}/consult.ics").status_code == 404


def test_a_time_that_is_off_is_told_though_others_are_proposed(
    ana: Partner, ben: Partner, iris: Therapist, hers: Client, clock: Clock
) -> None:
    consult = a_request(ana, ben, iris.practice)
    clock(SENT)
    early, late = a_time(consult, SENT, 2), a_time(consult, SENT, 5)
    meetings = []
    for time in (late, early):
        for partner in (ana, ben):
            actions.would_take(consult, partner, time.pk, SENT)
        file = hers.get(f"/consult/{consult.pk}/consult.ics").content
        meetings.append(Calendar.from_ical(file).walk("VEVENT")[0])
        desk().post(f"/practice/requests/{consult.pk}/times/{time.pk}/back/")
        a_time(consult, SENT, 7) if time == late else None
        assert "take it out" in page(hers, f"/consult/{consult.pk}/")
        assert "is off" in page(hers, "/today/")
    # The earlier one does not seem to be an older version of the later one.
    assert meetings[0]["UID"] != meetings[1]["UID"]


def test_a_time_that_has_passed_is_not_called_free(
    ana: Partner, ben: Partner, iris: Therapist, clock: Clock
) -> None:
    consult = a_request(ana, ben, iris.practice)
    clock(SENT)
    time = a_time(consult, SENT)
    for partner in (ana, ben):
        actions.would_take(consult, partner, time.pk, SENT)
    clock(time.ends())
    shown = page(desk(), f"/practice/requests/{consult.pk}/")
    assert "Was on" in shown
    assert "is free again" not in shown


@pytest.mark.parametrize("hour", [4, 5, 6, 7])
def test_where_the_clock_goes_back_all_three_have_the_same_start(
    ana: Partner, ben: Partner, iris: Therapist, hour: int
) -> None:
    consult = a_request(ana, ben, iris.practice)
    start = datetime(2026, 11, 1, hour, 30, tzinfo=UTC)  # 5:30 and 6:30 are both 1:30 in New York
    replying_actions.propose(consult, start, 50, "", SENT)
    for zone in ("America/New_York", "Europe/Berlin"):
        file = meeting(consult, Proposed.objects.get(), "Appointment", zone)
        event = Calendar.from_ical(file).walk("VEVENT")[0]
        assert event["DTSTART"].dt.astimezone(UTC) == start


def test_declining_says_a_sentence_and_ends_it(
    ana: Partner, ben: Partner, iris: Therapist, hers: Client, clock: Clock
) -> None:
    consult = a_request(ana, ben, iris.practice)
    clock(SENT)
    therapist, path = desk(), f"/practice/requests/{consult.pk}/"
    assert therapist.post(path + "decline/", {"words": " "}).status_code == 200
    assert Consult.objects.get().goes_on()
    therapist.post(path + "decline/", {"words": "We are full until May."})
    assert "We are full until May." in page(hers, f"/consult/{consult.pk}/")
    assert MARK not in page(therapist, path)
    assert therapist.post(path + "pdf/").status_code == 410
    assert not Opened.objects.exists()


def test_a_request_that_was_read_can_be_taken_back_and_says_that_it_was(
    ana: Partner, ben: Partner, iris: Therapist, hers: Client, his: Client, clock: Clock
) -> None:
    consult = a_request(ana, ben, iris.practice)
    clock(SENT)
    therapist, path = desk(), f"/practice/requests/{consult.pk}/"
    therapist.post(path + "pdf/")
    assert "The practice read your brief on" in page(hers, f"/consult/{consult.pk}/")
    his.post(f"/consult/{consult.pk}/move/", {"what": "take-back"})
    shown = page(therapist, path)
    assert "was taken back" in shown
    assert MARK not in shown
    assert "Ana" not in shown
    assert "Taken back on" in requests()
    assert therapist.post(path + "pdf/").status_code == 410
    assert "was taken back on" in page(hers, f"/consult/{consult.pk}/")


def test_when_the_brief_has_run_out_the_request_stays_as_a_line(
    ana: Partner, ben: Partner, iris: Therapist, clock: Clock
) -> None:
    consult = a_request(ana, ben, iris.practice)
    clock(EVENING + timedelta(days=31))
    assert MARK not in page(desk(), f"/practice/requests/{consult.pk}/")
    shown = requests()
    assert "Ana" not in shown
    assert "without its brief" in shown
    assert "has run out" in page(desk(), f"/practice/requests/{consult.pk}/")
    assert Consult.objects.get().words_sealed is None


def test_what_was_written_lies_nowhere_in_the_clear(
    ana: Partner, ben: Partner, iris: Therapist, clock: Clock
) -> None:
    a_request(ana, ben, iris.practice)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words_sealed FROM practice_consult")
        stored = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert stored
    assert MARK.encode() not in stored


def test_today_says_one_quiet_line_and_only_of_what_is_there(
    ana: Partner, ben: Partner, iris: Therapist, hers: Client, his: Client, clock: Clock
) -> None:
    quiet = page(his, "/today/")
    consult = a_request(ana, ben, iris.practice)
    assert page(his, "/today/") == quiet
    clock(SENT)
    assert "/consult/" not in page(his, "/today/")
    time = a_time(consult, SENT)
    assert "proposes times for your consult" in page(his, "/today/")
    for client in (hers, his):
        client.post(f"/consult/{consult.pk}/move/", {"what": "take", "time": str(time.pk)})
    assert "Your consult is on" in page(hers, "/today/")
    clock(time.ends())
    assert "/consult/" not in page(hers, "/today/")
    assert "It was on" in page(hers, f"/consult/{consult.pk}/")


def test_times_are_read_by_each_ones_own_clock(
    ana: Partner, ben: Partner, iris: Therapist, hers: Client, clock: Clock
) -> None:
    consult = a_request(ana, ben, iris.practice)
    clock(SENT)
    therapist, path = desk(), f"/practice/requests/{consult.pk}/"
    said = {"start": "2026-03-12T11:00", "minutes": "50", "place": "12 Quay Street"}
    assert therapist.post(path + "times/", said).status_code == 302
    assert Proposed.objects.get().start.isoformat() == "2026-03-12T15:00:00+00:00"
    assert "4 p.m." in page(hers, f"/consult/{consult.pk}/")  # in Berlin
    assert "11 a.m." in page(therapist, path)
    assert Brief.objects.count() == 1
