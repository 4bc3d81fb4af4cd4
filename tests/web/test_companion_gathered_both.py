"""Hellos, goodbyes and bids that were told join the reading of both, without who it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import cycle

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.reading.companion import Companion, Greeted
from turntoward.reading.reading import Reading
from turntoward.web.couples.models import Consent, Partner, Purpose
from turntoward.web.moments.gathered import gather
from turntoward.web.noticed import actions as noticed
from turntoward.web.noticed.models import Given
from turntoward.web.readings import actions, store
from turntoward.web.readings.models import StoredReading
from turntoward.web.readings.upload import sealed_from_bytes
from turntoward.web.readings.work import work_on
from turntoward.web.rituals import actions as rituals
from turntoward.web.rituals.kinds import Kind
from turntoward.web.rituals.models import Kept, Ritual
from web_chats import chat
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
FIRST = date(2024, 1, 1)
WEEKS = 24
TITLES = ("Hellos and goodbyes", "Bids noticed")
NAMES = ("rituals_kept", "bids_noticed")


def at(week: int, weekday: int = 0, hour: int = 20) -> datetime:
    """A moment of an invented record."""
    day = FIRST + timedelta(weeks=week, days=weekday)
    return datetime(day.year, day.month, day.day, hour - 1, tzinfo=UTC)


def agree(*partners: Partner, taps: bool = True) -> None:
    for partner in partners:
        given = {"given_at": at(0) - timedelta(days=3), "taps": taps}
        Consent.objects.create(partner=partner, purpose=Purpose.READ_CHAT, **given)


def live(*partners: Partner) -> None:
    """A goodbye on each working day, kept on four of five; two bids a week, told in turn."""
    goodbye = rituals.switch(partners[0], Kind.GOODBYE, on=True, now=at(0, 0, 8))
    who = cycle(partners)
    for week in range(WEEKS):
        for weekday in range(4):
            rituals.mark(goodbye, at(week, weekday).date(), at(week, weekday), kept=True)
        for weekday in (2, 6):
            noticed.notice(next(who), "joke", "the hat", at(week, weekday))


def record_of(partner: Partner, now: datetime | None = None) -> Companion:
    record = gather(partner.couple, now or at(WEEKS))
    assert record is not None
    return record


def read(partner: Partner, monkeypatch: pytest.MonkeyPatch) -> Reading:
    """Bring the chat in and read it on the Monday after so many weeks."""
    monkeypatch.setattr(timezone, "now", lambda: at(WEEKS, 0, 12))
    upload = sealed_from_bytes(chat(days=25), ".txt")
    work_on(actions.bring_in(partner, upload, timezone.now()).pk)
    return store.open_reading(StoredReading.objects.get(couple=partner.couple))


def test_they_stand_in_the_reading_of_both_week_by_week(
    ana: Partner, ben: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers, his = phone(ana), phone(ben)
    live(ana, ben)
    agree(ana, ben)
    held = {one.name: one for one in read(ana, monkeypatch).series if one.name in NAMES}
    counted = {(week.count, week.exposure) for week in held["rituals_kept"].weeks}
    assert counted == {(4.0, 5.0)}
    assert {(week.count, week.exposure) for week in held["bids_noticed"].weeks} == {(2.0, 1.0)}
    assert {len(one.weeks) for one in held.values()} == {WEEKS - 8}
    for client in (hers, his):
        page = client.get("/climate/").content.decode()
        assert all(f"<h3>{title}</h3>" in page for title in TITLES)


def test_who_it_was_is_in_nothing_that_is_read(ana: Partner, ben: Partner) -> None:
    live(ana, ben)
    agree(ana, ben)
    before = record_of(ana)
    Given.objects.update(giver=ben)
    assert record_of(ana) == record_of(ben) == before
    assert before.noticed[:3] == (date(2024, 1, 3), date(2024, 1, 7), date(2024, 1, 10))
    assert before.greeted[:2] == (
        Greeted(day=FIRST, kept=True),
        Greeted(day=FIRST + timedelta(days=1), kept=True),
    )


def test_alone_nothing_of_it_is_read(
    ana: Partner, ben: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers = phone(ana)
    live(ana, ben)
    agree(ana)
    reading = read(ana, monkeypatch)
    assert not {one.name for one in reading.series} & {*NAMES}
    assert not set(reading.unmeasured) & {*NAMES}
    assert gather(ana.couple, at(WEEKS)) is None
    page = hers.get("/climate/").content.decode()
    assert not any(title in page for title in TITLES)


def test_a_key_taken_back_takes_them_away(
    ana: Partner, ben: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers = phone(ana)
    live(ana, ben)
    agree(ana, ben)
    read(ana, monkeypatch)
    actions.disagree(ben)
    page = hers.get("/climate/").content.decode()
    assert not any(f"<h3>{title}</h3>" in page for title in TITLES)
    assert gather(ana.couple, at(WEEKS)) is None


def test_a_yes_from_before_taps_counted_is_not_stretched_to_them(
    ana: Partner, ben: Partner
) -> None:
    live(ana, ben)
    agree(ana, ben, taps=False)
    assert (record_of(ana).greeted, record_of(ana).noticed) == ((), ())
    Consent.objects.filter(partner=ana).update(taps=True)
    assert record_of(ana).noticed == ()
    Consent.objects.filter(partner=ben).update(taps=True)
    assert len(record_of(ana).noticed) == 2 * WEEKS


def test_what_one_keeps_alone_and_what_is_taken_back_does_not_count(
    ana: Partner, ben: Partner
) -> None:
    live(ana, ben)
    agree(ana, ben)
    before = record_of(ana)
    noticed.keep_passed(ana, "theirs", "the hat", at(3))
    rituals.set_aside(ben, Ritual.objects.get(), at(3, 4).date(), at(3, 4), aside=True)
    given = noticed.notice(ben, "joke", "", at(3))
    assert isinstance(given, Given)
    assert len(record_of(ana).noticed) == len(before.noticed) + 1
    noticed.take_back(given)
    assert record_of(ana) == before
    rituals.mark(Ritual.objects.get(), at(3, 1).date(), at(3, 2), kept=False)
    days = {one.day: one.kept for one in record_of(ana).greeted}
    assert days[at(3, 1).date()] is False
    assert days[at(3, 2).date()] is True


def test_only_hellos_and_goodbyes_are_greetings(ana: Partner, ben: Partner) -> None:
    agree(ana, ben)
    ten = rituals.switch(ana, Kind.TEN, on=True, now=at(0))
    rituals.mark(ten, at(0).date(), at(0), kept=True)
    assert Kept.objects.count() == 1
    assert record_of(ana).greeted == ()


def test_what_another_couple_tapped_is_theirs(ana: Partner, ben: Partner, cleo: Partner) -> None:
    live(ana, ben)
    agree(ana, ben, cleo)
    before = record_of(ana)
    hello = rituals.switch(cleo, Kind.HELLO, on=True, now=at(0))
    rituals.mark(hello, at(2).date(), at(2), kept=True)
    Given.objects.create(couple=cleo.couple, giver=cleo, at=at(2), sealed=b"")
    assert record_of(ana) == before
    assert gather(cleo.couple, at(WEEKS)) is None


def test_the_key_says_before_it_is_given_what_counts(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    his = phone(ben)
    page = his.get("/agree/").content.decode()
    assert "the hellos and goodbyes that you keep and the bids that you notice and tell" in page
    assert "Which of you it was is not part of it." in page
    before = without_tokens(page)
    agree(ana)
    live(ana, ben)
    assert without_tokens(his.get("/agree/").content.decode()) == before
