"""The calendar feed, read back: the same wall clock across both clock changes, and no names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from planted_rituals import DAY, EVENING, EVERY_DAY, keep, wants
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.rituals import actions
from turntoward.web.rituals import reminder_actions as reminders
from turntoward.web.rituals.feed import Entry, calendar
from turntoward.web.rituals.kinds import Kind
from turntoward.web.rituals.models import CalendarLink
from web_pages import without_tokens

Phone = Callable[[Partner], Client]


@pytest.fixture(autouse=True)
def _evening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: EVENING)


def feed_of(partner: Partner) -> Calendar:
    token = reminders.make_calendar_link(partner)
    answer = Client().get(f"/calendar/{token}.ics")
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content)


def starts(feed: Calendar, days: int) -> list[datetime]:
    """When the event begins in the next days, by its own rule and its own time zone."""
    event = feed.events[0]
    start = event["DTSTART"].dt
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=start.replace(tzinfo=None))
    until = start.replace(tzinfo=None) + timedelta(days=days)
    zone = feed.timezones[0].to_tz()
    return [one.replace(tzinfo=zone) for one in rule.between(rule[0], until, inc=True)]


def test_twenty_to_nine_stays_twenty_to_nine_across_both_clock_changes(ana: Partner) -> None:
    wants(ana, keep(ana))
    found = starts(feed_of(ana), 365)
    assert len(found) == 366
    berlin = ZoneInfo("Europe/Berlin")
    for one in found:
        wall = one.astimezone(UTC).astimezone(berlin)
        assert (wall.hour, wall.minute) == (20, 40), one
    assert {one.utcoffset() for one in found} == {timedelta(hours=1), timedelta(hours=2)}


def test_it_has_its_alarm_its_zone_and_nothing_that_tells(ana: Partner, ben: Partner) -> None:
    wants(ana, keep(ana, days=frozenset({1, 3})), own_at=time(20, 30))
    feed = feed_of(ana)
    event = feed.events[0]
    assert event["SUMMARY"] == "Your time together"
    assert event["DURATION"].dt == timedelta(minutes=10)
    assert event["RRULE"]["BYDAY"] == ["TU", "TH"]
    assert event["DTSTART"].dt.date() == date(2026, 3, 5)
    assert event["CLASS"] == "PRIVATE"
    assert event["TRANSP"] == "TRANSPARENT"
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(minutes=-10)
    (zone,) = feed.timezones
    assert zone.tz_name == "Europe/Berlin"
    text = feed.to_ical().decode()
    assert all(word not in text for word in ("Ana", "Ben", "Ten", str(ana.pk), str(ana.couple_id)))
    years = {line[8:12] for line in text.splitlines() if line.startswith("DTSTART:")}
    assert years <= {str(year) for year in range(2024, 2030)}


def test_the_same_ritual_gives_the_same_feed(ana: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    wants(ana, keep(ana))
    first = feed_of(ana).to_ical()
    monkeypatch.setattr(timezone, "now", lambda: EVENING + timedelta(hours=3))
    assert feed_of(ana).to_ical() == first


def test_a_partner_who_chose_so_reads_which_one_and_a_neutral_name(ana: Partner) -> None:
    Partner.objects.filter(pk=ana.pk).update(neutral=True)
    wants(ana, keep(ana), says=True)
    text = feed_of(ana).to_ical().decode()
    assert "SUMMARY:Ten minutes" in text
    assert "NAME:Reminder" in text
    assert "urntoward" not in text


def test_half_past_midnight_is_on_the_next_date_of_the_calendar(ana: Partner) -> None:
    wants(ana, keep(ana, days=frozenset({6}), at=time(0, 30)), own_at=time(23, 50))
    event = feed_of(ana).events[0]
    assert event["DTSTART"].dt.date() == date(2026, 3, 9)  # the night from Sunday to Monday
    assert event["RRULE"]["BYDAY"] == ["MO"]
    assert event.walk("VALARM")[0]["TRIGGER"].dt == timedelta(minutes=-40)


@pytest.mark.parametrize(
    "zone",
    [
        "Australia/Lord_Howe",
        "Antarctica/Troll",
        "Pacific/Apia",
        "Asia/Kolkata",
        "Africa/Casablanca",
    ],
)
def test_odd_zones_keep_their_wall_clock(ana: Partner, zone: str) -> None:
    Couple.objects.update(zone=zone)
    ana.refresh_from_db()
    wants(ana, keep(ana))
    for one in starts(feed_of(ana), 400):
        wall = one.astimezone(UTC).astimezone(ZoneInfo(zone))
        assert (wall.hour, wall.minute) == (20, 40), one


def test_while_paused_there_is_no_alarm_and_a_resting_ritual_is_no_event(ana: Partner) -> None:
    wants(ana, keep(ana))
    reminders.pause(ana, paused=True, now=EVENING)
    assert feed_of(ana).events[0].walk("VALARM") == []
    actions.switch(ana, Kind.TEN, on=False, now=EVENING)
    assert feed_of(ana).events == []


def test_a_calendar_without_anything_is_still_one() -> None:
    assert Calendar.from_ical(calendar("x", None, DAY)).events == []


def test_the_alarm_of_a_later_hour_comes_after() -> None:
    entry = Entry(
        uid="x",
        summary="x",
        days=EVERY_DAY,
        at=time(20, 40),
        minutes=10,
        zone="UTC",
        since=DAY,
        alarm_at=time(21),
    )
    event = Calendar.from_ical(calendar("x", entry, DAY)).events[0]
    assert event.walk("VALARM")[0]["TRIGGER"].dt == timedelta(minutes=20)


# The address.


def test_it_is_shown_once_a_new_one_closes_it_and_so_does_closing(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    client = phone(ana)
    wants(ana, keep(ana))

    def link() -> str:
        page = client.post("/reminders/calendar/").content.decode()
        assert 'href="webcal://' in page
        return "/calendar/" + page.split("/calendar/", 1)[1].split(".ics", 1)[0] + ".ics"

    first = link()
    assert first not in client.get("/reminders/").content.decode()
    assert Client().get(first).status_code == 200
    assert first.split("/")[2][:-4] not in str(CalendarLink.objects.values())
    second = link()
    assert Client().get(first).status_code == 404
    answer = Client().get(second)
    assert answer["Content-Type"].startswith("text/calendar")
    assert "private" in answer["Cache-Control"]
    assert Client().head(second).status_code == 200
    assert Client().post(second).status_code == 405
    assert not answer.cookies
    client.post("/reminders/calendar/", {"what": "close"})
    assert Client().get(second).status_code == 404


def test_a_wrong_address_looks_like_any_that_is_missing(ana: Partner) -> None:
    reminders.make_calendar_link(ana)
    wrong, missing = Client().get("/calendar/x.ics"), Client().get("/calendar/y.ics")
    assert wrong.status_code == 404
    assert wrong.content == missing.content


def test_the_other_sees_no_difference(ana: Partner, ben: Partner, phone: Phone) -> None:
    his = phone(ben)
    keep(ana)
    before = without_tokens(his.get("/reminders/").content.decode())
    phone(ana).post("/reminders/calendar/")
    assert without_tokens(his.get("/reminders/").content.decode()) == before


def test_it_can_be_taken_once_as_a_file(ana: Partner, phone: Phone) -> None:
    wants(ana, keep(ana))
    answer = phone(ana).get("/reminders/calendar.ics")
    assert "attachment" in answer["Content-Disposition"]
    assert len(Calendar.from_ical(answer.content).events) == 1
    assert CalendarLink.objects.count() == 0
