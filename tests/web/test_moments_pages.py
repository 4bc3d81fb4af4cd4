"""Today: one offer a day, with undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.climate import Climate
from turntoward.messages.evidence import CannotTell
from turntoward.moments.choose import Answer
from turntoward.reading.fading import Fading
from turntoward.web.checkins import actions as checkins
from turntoward.web.couples.models import Kind, Partner, Season
from turntoward.web.moments import actions
from turntoward.web.moments.models import Offer
from turntoward.web.weather import actions as weather
from web_pages import without_tokens

Phone = Callable[[Partner], Client]


def shift_of(client: Client) -> str:
    """Today with the weather set aside, so that the small shift is open."""
    return client.get("/today/?after=weather").content.decode()


def title_of(page: str) -> str:
    return page.split('id="shift-title"')[1].split(">")[1].split("<")[0]


def test_a_second_look_or_tab_shows_the_same_one(ana: Partner, phone: Phone) -> None:
    first, second = shift_of(phone(ana)), shift_of(phone(ana))
    assert Offer.objects.count() == 1
    assert title_of(first) == title_of(second)


def test_done_can_be_undone(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    title = title_of(shift_of(client))
    offer = Offer.objects.get()
    answer = client.post(f"/today/{offer.pk}/", {"answer": "done"})
    assert (answer.status_code, answer["Location"]) == (302, "/today/")
    assert f"Done: {title}" in client.get("/today/").content.decode()
    client.post(f"/today/{offer.pk}/", {"answer": "open"})
    assert title_of(shift_of(client)) == title
    offer.refresh_from_db()
    assert offer.answer == "open"


def test_htmx_gets_today_as_a_whole_with_what_was_passed_by(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    shift_of(client)
    answer = client.post(
        f"/today/{Offer.objects.get().pk}/",
        {"answer": "done"},
        HTTP_HX_REQUEST="true",
        HTTP_HX_CURRENT_URL="http://testserver/today/?after=weather",
        follow=True,
    )
    page = answer.content.decode()
    assert 'id="today"' in page
    assert "Done: " in page
    assert "How does it feel between you" not in page
    assert "That is enough for today." in page


def test_not_today_and_not_for_us_are_lines_with_their_undo(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    shift_of(client)
    offer = Offer.objects.get()
    for given, said in (("not-today", "Not today: "), ("not-for-us", "Not for us: ")):
        client.post(f"/today/{offer.pk}/", {"answer": given})
        page = client.get("/today/").content.decode()
        assert said in page
        assert ">Undo<" in page
        assert ("Another one" in page) == (given == "not-for-us")
        client.post(f"/today/{offer.pk}/", {"answer": "open"})
        assert said not in client.get("/today/").content.decode()
    assert Offer.objects.count() == 1


def test_not_for_us_offers_another_that_is_not_the_same(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    client.get("/today/")
    keys = []
    for _ in range(5):
        offer = Offer.objects.order_by("-turn").first()
        assert offer is not None
        keys.append(offer.key)
        client.post(f"/today/{offer.pk}/", {"answer": "not-for-us"})
        client.post("/today/another/")
    assert len(set(keys)) == 5


def test_asking_for_another_twice_gives_one(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    client.get("/today/")
    client.post("/today/another/")  # nothing was turned aside
    assert Offer.objects.count() == 1
    client.post(f"/today/{Offer.objects.get().pk}/", {"answer": "not-for-us"})
    client.get("/today/")  # a look alone offers nothing anew
    assert Offer.objects.count() == 1
    client.post("/today/another/")
    client.post("/today/another/")
    assert Offer.objects.count() == 2


def test_something_smaller_takes_its_place_and_counts_against_nothing(
    ana: Partner, phone: Phone
) -> None:
    client = phone(ana)
    first = title_of(shift_of(client))
    offer = Offer.objects.get()
    key, reason = offer.key, offer.reason
    client.post(f"/today/{offer.pk}/smaller/")
    assert title_of(shift_of(client)) != first
    client.post(f"/today/{offer.pk}/smaller/")  # a double tap
    offer.refresh_from_db()
    assert offer.key != key
    assert (offer.first_key, offer.answer) == (key, "open")
    assert Offer.objects.count() == 1
    client.post(f"/today/{offer.pk}/smaller/", {"again": "1"})
    assert title_of(shift_of(client)) == first
    offer.refresh_from_db()
    assert (offer.key, offer.reason, offer.first_key) == (key, reason, "")


def test_where_nothing_smaller_is_left_the_first_one_stays(
    ana: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = phone(ana)
    first = title_of(shift_of(client))
    none = CannotTell("nothing")
    monkeypatch.setattr(actions, "for_today", lambda **given: none)
    answer = client.post(f"/today/{Offer.objects.get().pk}/smaller/")
    assert "Nothing smaller is left for today." in answer.content.decode()
    assert title_of(shift_of(client)) == first


def test_what_was_answered_is_not_made_smaller(ana: Partner) -> None:
    now = timezone.now()
    offer = actions.offer_of_today(ana, [], now)
    assert isinstance(offer, Offer)
    actions.answer(ana, offer.pk, Answer.DONE, now)
    offer.refresh_from_db()
    assert actions.smaller(offer, [], now)
    offer.refresh_from_db()
    assert offer.first_key == ""


def test_an_answer_that_waited_on_a_phone_counts_once(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    client.get("/today/")
    offer = Offer.objects.get()
    tap = {"tap": "6f1e7c62-5df0-4b0e-9a10-0d7c1a3e5b11", "at": timezone.now().isoformat()}
    client.post(f"/today/{offer.pk}/", {"answer": "done"} | tap)
    client.post(f"/today/{offer.pk}/", {"answer": "open"})
    answer = client.post(f"/today/{offer.pk}/", {"answer": "done"} | tap)  # sent once more
    assert answer.status_code == 302
    offer.refresh_from_db()
    assert offer.answer == "open"


def test_the_choice_knows_both_sorts_of_taps_the_season_and_the_hour(
    ana: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2026, 3, 1, 19, tzinfo=UTC)
    asked: dict[str, object] = {}

    def choose(**given: object) -> CannotTell:
        asked.update(given)
        return CannotTell("later")

    monkeypatch.setattr(actions, "for_today", choose)
    weather.tap(ana, date(2026, 2, 27), 1, now)
    weather.tap(ana, date(2026, 2, 28), 2, now)
    sitting = checkins.begin(ana, now)
    checkins.stop(sitting, now)
    checkins.felt(sitting, ana, 2, "", now)
    actions.offer_of_today(ana, [], now)
    assert asked["climate"] is Climate.TENSE
    assert (asked["hour"], asked["morning"], asked["hard_season"]) == (20, False, False)
    Season.objects.create(
        couple=ana.couple, name="x", start=date(2026, 2, 1), kind=Kind.GRIEF, ongoing=True
    )
    actions.offer_of_today(ana, [], now)
    assert asked["hard_season"] is True


def test_an_answer_that_is_none_is_refused(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    client.get("/today/")
    assert client.post(f"/today/{Offer.objects.get().pk}/", {"answer": "x"}).status_code == 404


def test_the_two_never_see_what_the_other_did(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    hers.get("/today/")
    his.get("/today/")
    assert (
        his.post(f"/today/{Offer.objects.get(partner=ana).pk}/", {"answer": "done"}).status_code
        == 404
    )
    before = without_tokens(his.get("/today/").content.decode())
    hers.post(f"/today/{Offer.objects.get(partner=ana).pk}/", {"answer": "done"})
    assert without_tokens(his.get("/today/").content.decode()) == before


def test_an_open_offer_is_chosen_anew_when_a_reading_has_come(ana: Partner) -> None:
    now = timezone.now()
    first = actions.offer_of_today(ana, None, now)
    assert isinstance(first, Offer)
    assert not first.informed
    everything = [
        Fading(name=name, title=name, since=date(2025, 3, 3))
        for name in ("greetings", "affection", "bids_met", "bids_made", "reply_length", "logistics")
    ]
    anew = actions.offer_of_today(ana, everything, now)
    assert isinstance(anew, Offer)
    assert anew.pk == first.pk
    assert "March 2025" in anew.reason
    assert actions.offer_of_today(ana, [], now) == anew
    assert Offer.objects.count() == 1


def test_an_answered_offer_stays_when_a_reading_has_come(ana: Partner) -> None:
    now = timezone.now()
    first = actions.offer_of_today(ana, None, now)
    assert isinstance(first, Offer)
    actions.answer(ana, first.pk, Answer.DONE, now)
    again = actions.offer_of_today(ana, [], now)
    assert isinstance(again, Offer)
    assert (again.key, again.answer) == (first.key, "done")


def test_an_answer_is_taken_for_today_and_yesterday_only(
    ana: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = phone(ana)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 1, 12, tzinfo=UTC))
    offer = Offer.objects.create(partner=ana, day=date(2026, 3, 1), key="k", reason="")
    # Until four in the morning in Berlin, when the day after ends.
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 3, 2, 59, tzinfo=UTC))
    assert client.post(f"/today/{offer.pk}/", {"answer": "done"}).status_code == 302
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 3, 3, 1, tzinfo=UTC))
    said = "from an earlier day and stays as it was"
    for extra in ({}, {"HTTP_HX_REQUEST": "true"}):
        answer = client.post(f"/today/{offer.pk}/", {"answer": "open"}, **extra)
        assert answer.status_code == 200
        assert said in answer.content.decode()
        assert 'id="today"' in answer.content.decode()
    offer.refresh_from_db()
    assert offer.answer == "done"
    assert said not in client.get("/today/").content.decode()


def test_the_day_is_the_couples_own_and_begins_at_four(ana: Partner) -> None:
    for hour, day in ((23, "2026-03-01"), (2, "2026-03-01"), (3, "2026-03-02")):
        at = datetime(2026, 3, 1 if hour == 23 else 2, hour, 30, tzinfo=UTC)
        offer = actions.offer_of_today(ana, [], at)
        assert isinstance(offer, Offer)
        assert str(offer.day) == day  # half past midnight, three and four in Berlin
