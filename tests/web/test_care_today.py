"""What Today says of it: one quiet line on one day of a week, and nothing for a month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from planted_efforts import LATER, reach
from turntoward.web.care.actions import keep_look
from turntoward.web.care.models import Looked
from turntoward.web.couples.models import Partner
from turntoward.web.readings.models import StoredReading
from web_pages import without_tokens

Phone = Callable[[Partner], Client]
Clock = Callable[[datetime], None]

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


def test_today_says_it_in_one_line_on_one_day_of_a_week(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    reach((ana, ben), [ana])
    for partner in (ana, ben):
        client = phone(partner)
        clock(LATER)
        assert LINE in page(client, "/today/")
        assert LINE in page(client, "/today/")  # all that day
        for later in (1, 3, 6):
            clock(LATER + timedelta(days=later))
            assert LINE not in page(client, "/today/")
    assert not any(b"seen" in bytes(looked.sealed) for looked in Looked.objects.all())
    assert len({len(bytes(looked.sealed)) for looked in Looked.objects.all()}) == 1


def test_it_comes_back_the_next_week_and_never_as_the_open_part(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    reach((ana, ben), [ana], weeks=9)
    client = phone(ana)
    page(client, "/today/")
    clock(LATER + timedelta(weeks=1, days=2))
    shown = page(client, "/today/")
    line = shown.split('id="part-care"', 1)[0]
    assert LINE in shown
    assert '<ul class="plain settled"' in line
    assert 'class="open"' not in line


def test_not_now_is_kept_for_a_month_and_can_be_undone(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    reach((ana, ben), [ana], weeks=14)
    hers, his = phone(ana), phone(ben)
    before = page(his)
    assert hers.post("/enough/not-now/", {"say": "not-now", "from": "today"}).status_code == 302
    assert "Nothing is said here of it until" in page(hers, "/today/")
    assert "Today says nothing of this until" in page(hers)
    assert page(his) == before
    hers.post("/enough/not-now/", {"say": "after-all", "from": "today"})
    assert LINE in page(hers, "/today/")
    hers.post("/enough/not-now/", {"say": "not-now"})
    for days in (1, 7, 14, 21, 29):
        clock(LATER + timedelta(days=days))
        assert 'id="part-care"' not in page(phone(ana), "/today/"), days
    clock(LATER + timedelta(days=35))
    hers = phone(ana)
    assert LINE in page(hers, "/today/")
    assert "Today says nothing of this until" not in page(hers)


def test_a_reading_that_goes_takes_the_look_of_the_week_with_it(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock
) -> None:
    reach((ana, ben), [ana])
    reading = StoredReading.objects.create(couple=ana.couple, made_at=LATER, sealed=b"x" * 64)
    page(phone(ana), "/today/")
    assert Looked.objects.count() == 1
    reading.delete()
    assert not Looked.objects.exists()


def test_an_ordinary_day_asks_two_more_questions(
    ana: Partner, ben: Partner, phone: Phone, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach((ana, ben), [ana])
    client = phone(ana)
    page(client, "/today/")
    clock(LATER + timedelta(days=1))
    page(client, "/today/")
    with CaptureQueriesContext(connection) as asked:
        page(client, "/today/")
    ours = [query["sql"] for query in asked if '"care_' in query["sql"]]
    assert len(ours) == 2


def test_an_own_reading_that_goes_changes_no_page_of_the_other(ana: Partner, ben: Partner) -> None:
    for partner in (ana, ben):
        keep_look(partner, LATER.date(), seen=True)
    StoredReading.objects.create(couple=ana.couple, owner=ana, made_at=LATER, sealed=b"")
    StoredReading.objects.all().delete()
    assert Looked.objects.get().partner == ben
    StoredReading.objects.create(couple=ana.couple, made_at=LATER, sealed=b"")
    StoredReading.objects.all().delete()
    assert not Looked.objects.exists()
