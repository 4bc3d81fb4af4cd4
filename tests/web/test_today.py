"""Today as a whole: a greeting, what is settled as lines, and one open thing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.web.checkins import actions as checkins
from turntoward.web.checkins.models import Sitting
from turntoward.web.couples.hard import hard_now
from turntoward.web.couples.models import Kind, Partner, Season
from turntoward.web.moments import today as shift
from turntoward.web.moments.models import Offer
from turntoward.web.moments.parts import laid_out
from turntoward.web.part import Part
from turntoward.web.weather.models import Weather

Phone = Callable[[Partner], Client]
DAY = date(2026, 3, 4)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], None]:
    """It is eight in the evening in Berlin; the clock can be moved to another hour of UTC."""

    def move(hour: int, day: int = 4) -> None:
        monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, day, hour, tzinfo=UTC))

    move(19)
    return move


def page(client: Client, query: str = "") -> str:
    return client.get(f"/today/{query}").content.decode()


def part(key: str, *, settled: bool) -> Part:
    return Part(key=key, template="", settled=settled, context={})


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (3, "Good morning, Ana."),
        (10, "Good morning, Ana."),
        (11, "Good afternoon, Ana."),
        (17, "Good evening, Ana."),
        (2, "Good evening, Ana."),
    ],
)
def test_it_greets_by_the_couples_hour(
    ana: Partner, phone: Phone, clock: Callable[[int], None], hour: int, words: str
) -> None:
    clock(hour)
    assert f"<h1>{words}</h1>" in page(phone(ana))


def test_one_thing_is_open_and_later_ones_wait(ana: Partner, phone: Phone) -> None:
    first = page(phone(ana))
    assert "How does it feel between you" in first
    assert 'id="shift-title"' not in first
    assert "That is enough for today." not in first


def test_not_this_now_goes_to_the_next_and_writes_nothing(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    assert 'href="/today/?after=weather"' in page(client)
    second = page(client, "?after=weather")
    assert "How does it feel between you" not in second
    assert 'id="shift-title"' in second
    assert 'href="/today/?after=shift"' in second
    last = page(client, "?after=shift")
    assert "That is enough for today." in last
    assert "To the ten minutes" in last
    assert "Back to what you set aside" in last
    assert Weather.objects.count() == 0
    assert Offer.objects.get().answer == "open"
    assert "How does it feel between you" in page(client)


def test_a_part_that_there_is_not_passes_nothing_by(ana: Partner, phone: Phone) -> None:
    assert "How does it feel between you" in page(phone(ana), "?after=<script>")
    # Nor does an address that no browser has.
    told = phone(ana).get("/today/", headers={"HX-Current-URL": "http://["})
    assert "How does it feel between you" in told.content.decode()


def test_what_is_settled_is_folded_and_then_it_is_enough(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    client.post("/weather/", {"warmth": "4"})
    second = page(client)
    assert "Bright, from where you stand." in second
    assert second.index("Bright, from") < second.index('id="shift-title"')
    client.post(f"/today/{Offer.objects.get().pk}/", {"answer": "done"})
    last = page(client)
    assert 'id="shift-title"' not in last
    assert "That is enough for today." in last
    assert "Back to what you set aside" not in last
    assert last.count('<li id="part-') == 2


def test_the_first_unsettled_part_is_open() -> None:
    parts = [
        part("a", settled=True),
        part("b", settled=False),
        part("c", settled=True),
        part("d", settled=False),
    ]
    laid = laid_out(parts, "")
    assert [one.key for one in laid.settled] == ["a", "c"]
    assert laid.open is parts[1]
    assert not laid.passed_by
    laid = laid_out(parts, "b")
    assert laid.open is parts[3]
    assert laid.passed_by
    laid = laid_out(parts, "d")
    assert laid.open is None
    assert laid.passed_by


@pytest.mark.parametrize(
    "kind", [Kind.WORK, Kind.PARENTING, Kind.GRIEF, Kind.BURNOUT, Kind.ILL, Kind.BUSY]
)
def test_in_a_hard_season_less_is_expected_and_it_says_so(
    ana: Partner, phone: Phone, kind: Kind
) -> None:
    client = phone(ana)
    assert "A hard season" not in page(client)
    Season.objects.create(
        couple=ana.couple, name="x", kind=kind, start=DAY - timedelta(days=40), ongoing=True
    )
    shown = page(client)
    assert "A hard season: " in shown
    assert "Nothing is expected of you here. One small thing is plenty." in shown


def test_a_hard_season_is_hard_within_its_days_alone(ana: Partner) -> None:
    couple, week = ana.couple, timedelta(days=7)
    make = Season.objects.create
    make(couple=couple, name="a", kind=Kind.HOLIDAY, start=DAY, ongoing=True)
    make(couple=couple, name="b", kind=Kind.GRIEF, start=DAY - 2 * week, end=DAY - week)
    make(couple=couple, name="c", kind=Kind.WORK, start=DAY + week, ongoing=True)
    make(couple=couple, name="d", kind=Kind.ILL, start=DAY - week)  # a moment, a week ago
    assert hard_now(couple, DAY) is None
    ill = hard_now(couple, DAY - week)
    assert ill is not None
    assert ill.kind == Kind.ILL  # the one that began last
    make(couple=couple, name="e", kind=Kind.BURNOUT, start=DAY - week, end=DAY)
    assert hard_now(couple, DAY) is not None
    assert hard_now(couple, DAY + timedelta(days=1)) is None


def test_a_hard_season_of_others_is_not_ones_own(ana: Partner, cleo: Partner) -> None:
    Season.objects.create(couple=cleo.couple, name="x", kind=Kind.GRIEF, start=DAY, ongoing=True)
    assert hard_now(ana.couple, DAY) is None


def test_a_week_without_shifts_has_none_and_says_so(
    ana: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = phone(ana)
    assert "This is a week without shifts" not in page(client)
    Offer.objects.all().delete()
    monkeypatch.setattr(shift, "resting", lambda partner, day: (partner, day) == (ana, DAY))
    shown = page(client, "?after=weather")
    assert 'id="shift-title"' not in shown
    assert "This is a week without shifts, as you chose." in shown
    client.post("/today/another/")  # from a page that was left open over the Monday
    assert Offer.objects.count() == 0


def test_a_shift_that_left_the_catalogue_asks_for_nothing(ana: Partner, phone: Phone) -> None:
    Offer.objects.create(partner=ana, day=DAY, key="no-such-moment", reason="")
    shown = page(phone(ana), "?after=weather")
    assert "has left the catalogue" in shown
    assert "That is enough for today." in shown


def test_names_are_shown_as_words(ana: Partner, phone: Phone) -> None:
    ana.name = "<b>Ana</b>"
    ana.save()
    assert "<b>Ana" not in page(phone(ana))


def test_while_the_two_sit_together_today_leads_there(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, now = phone(ana), timezone.now()
    assert "Your time together has begun." not in page(hers)
    sitting = checkins.begin(ben, now)
    assert "Your time together has begun." in page(hers)
    assert 'href="/together/">Go there' in page(hers)
    checkins.stop(sitting, now)
    assert "Your time together has begun." not in page(hers)


def test_a_sitting_that_nobody_ended_is_over_by_its_clock_and_looking_writes_nothing(
    ana: Partner, ben: Partner, phone: Phone, clock: Callable[[int], None]
) -> None:
    checkins.begin(ben, timezone.now())
    clock(21)
    assert "Your time together has begun." not in page(phone(ana))
    assert Sitting.objects.get().ended_at is None


def test_who_is_here_alone_is_told_so(ana: Partner, phone: Phone) -> None:
    assert "You are here as Ana, alone for now" in page(phone(ana))


def test_of_two_nobody_is_said_to_be_alone(ana: Partner, ben: Partner, phone: Phone) -> None:
    shown = page(phone(ana))
    assert "You are here as Ana" in shown
    assert "alone for now" not in shown
