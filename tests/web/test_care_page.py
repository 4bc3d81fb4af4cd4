"""When small shifts are not enough: what both read after six weeks, and what neither is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from planted_efforts import FIRST, LATER, reach
from turntoward.web.care.gathered import record_of
from turntoward.web.care.models import NotNow
from turntoward.web.checkins import actions as checkins
from turntoward.web.couples.models import Partner
from turntoward.web.moments import actions as moments
from turntoward.web.readings import store
from turntoward.web.readings.models import StoredReading
from turntoward.web.weather import actions as weather
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
Clock = Callable[[datetime], None]

ONE_SIDED = "have begun mostly on one side"
LINE = "Sometimes small shifts are not enough"


@pytest.fixture
def clock(clock: Clock) -> Clock:
    """It begins at a time of these tests."""
    clock(LATER)
    return clock


def page(client: Client, path: str = "/enough/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return without_tokens(answer.content.decode())


def test_both_are_told_after_six_weeks_and_neither_who_it_was(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    reach((ana, ben), [ana])
    pages = [page(phone(partner)) for partner in (ana, ben)]
    sections = []
    for shown in pages:
        assert ONE_SIDED in shown
        assert "It is not a failure of either of you." in shown
        section = shown.split('<section class="sheet stack sign"', 1)[1].split("</section>", 1)[0]
        assert "Ana" not in section
        assert "Ben" not in section
        assert "you began" not in section.lower()
        sections.append(section)
    assert sections[0] == sections[1]  # the same to both, whoever looks


def test_what_it_rests_on_is_there_and_what_else_it_may_be(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    reach((ana, ben), [ana])
    shown = page(phone(ben))
    assert "Most likely since early January 2026." in shown
    assert "Share of the days with an effort, begun on one side: about 10 in 10" in shown
    assert "18 were counted." in shown
    assert "reaches out in person" in shown


def test_a_steady_couple_reads_that_nothing_is_seen(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    reach((ana, ben), [ana, ben])
    hers = phone(ana)
    shown = page(hers)
    assert ONE_SIDED not in shown
    assert "Nothing of the kind is seen between you just now." in shown
    assert "What was looked for and not seen" in shown
    assert LINE not in page(hers, "/today/")


def test_five_weeks_are_not_enough_to_tell(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    reach((ana, ben), [ana], weeks=5)
    clock(FIRST + timedelta(weeks=5))
    shown = page(phone(ana))
    assert ONE_SIDED not in shown
    assert "There is not enough here to tell." in shown
    assert "What cannot be told, and why" in shown


def test_who_is_alone_cannot_be_told_of_two(
    cleo: Partner, ana: Partner, phone: Phone, clock: Clock
) -> None:
    reach((ana,), [ana])
    for alone in (cleo, ana):
        client = phone(alone)
        shown = page(client)
        assert ONE_SIDED not in shown
        assert "so far one of you is here" in shown
        assert "from your own side alone" in shown
        assert LINE not in page(client, "/today/")


def test_efforts_from_before_the_other_came_say_nothing(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    reach((ana,), [ana])
    moments.offer_of_today(ben, None, FIRST + timedelta(weeks=6))
    assert record_of(ana, LATER).since == date(2026, 2, 16)
    assert ONE_SIDED not in page(phone(ana))


def test_a_made_up_word_is_refused(ana: Partner, phone: Phone, clock: Clock) -> None:
    assert phone(ana).post("/enough/not-now/", {"say": "never"}).status_code == 404
    assert not NotNow.objects.exists()


def test_a_damaged_reading_counts_as_none(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach((ana, ben), [ana])
    StoredReading.objects.create(couple=ana.couple, made_at=LATER, sealed=b"x" * 64)
    client = phone(ana)
    assert store.stored_for(ana) is not None
    assert record_of(ana, LATER).reading is None
    assert "none are read yet" in page(client)
    assert LINE in page(client, "/today/")


def test_what_the_other_keeps_alone_changes_nothing_of_mine(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    reach((ana, ben), [ana, ben])
    hers, his = phone(ana), phone(ben)
    before = page(hers)
    for days in range(40):
        weather.tap(ben, (LATER - timedelta(days=days)).date(), 1, LATER)
    for sitting in ben.couple.sittings.all():
        assert sitting.ended_at is not None
        checkins.felt(sitting, ben, 1, "", sitting.ended_at)
    assert page(hers) == before
    assert "left tension behind" in page(his)


def test_a_longer_life_asks_no_more_questions(ana: Partner, ben: Partner, clock: Clock) -> None:
    reach((ana, ben), [ana], weeks=2)
    with CaptureQueriesContext(
        connection,
    ) as short:
        record_of(Partner.objects.get(pk=ana.pk), LATER)
    reach((ana, ben), [ana, ben], weeks=8)
    with CaptureQueriesContext(connection) as long:
        record_of(Partner.objects.get(pk=ana.pk), LATER)
    assert len(long) == len(short) <= 20
