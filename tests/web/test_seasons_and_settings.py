"""What the two tell of their life and of their hours is read along, at once and for both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.drift.known import Told
from turntoward.reading.hours import USUAL, Hours
from turntoward.reading.reading import Reading, Season
from turntoward.web.couples import seasons as couples
from turntoward.web.couples.models import Kind, Partner
from turntoward.web.couples.models import Season as Season_
from turntoward.web.readings import actions, store, tasks, work
from turntoward.web.readings.asked import hours_of, rests_on_now, seasons_of
from turntoward.web.readings.models import UNFINISHED, Bringing, State, StoredReading
from web_chats import bring, chat

Phone = Callable[[Partner], Client]

FLU = {"name": "A flu", "start": "2024-01-05", "end": "2024-01-09", "kind": "ill"}
NIGHT = (23, 0, 1, 2, 3, 4, 5, 6)


def work_off() -> None:
    """Let the worker do all that waits."""
    for pk in Bringing.objects.filter(state__in=UNFINISHED).values_list("pk", flat=True):
        work.work_on(pk)


def the_reading(owner: Partner | None = None) -> Reading:
    return store.open_reading(StoredReading.objects.get(owner=owner))


@pytest.fixture
def together(ana: Partner, ben: Partner, phone: Phone) -> Client:
    """Ana's phone, with a chat that was read together."""
    for partner in (ana, ben):
        actions.agree(partner, timezone.now())
    client = phone(ana)
    bring(client, chat())
    return client


def test_every_kind_is_one_that_the_reading_knows() -> None:
    days = {"start": date(2024, 1, 5), "end": None}
    told = {seasons_of([Season_(name="x", kind=kind, **days)])[0].kind for kind in Kind.values}
    assert told == set(Told)


def test_the_form_asks_what_kind_of_time_it_was_in_plain_words(ana: Partner, phone: Phone) -> None:
    page = phone(ana).get("/seasons/").content.decode()
    assert page.count('type="radio" name="kind"') == len(Kind)
    assert page.count(" checked") == 1
    assert "One of us was ill" in page


def test_a_season_of_each_kind_is_kept_and_said(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    for kind in Kind:
        client.post("/seasons/", FLU | {"name": f"A {kind.value} time", "kind": kind.value})
    assert {season.kind for season in ana.couple.seasons.all()} == set(Kind.values)
    page = client.get("/seasons/").content.decode()
    assert "January 2024 · Illness</span>" in page
    assert "A time of life</span>" not in page


def test_without_a_kind_it_is_a_time_of_life_and_a_made_up_one_is_refused(
    ana: Partner, phone: Phone
) -> None:
    client = phone(ana)
    client.post("/seasons/", FLU | {"kind": ""})
    assert ana.couple.seasons.get().kind == Kind.LIFE
    answer = client.post("/seasons/", FLU | {"kind": "guilty"})
    assert answer.status_code == 200
    assert ana.couple.seasons.count() == 1


def test_a_season_is_read_along_at_once_and_taken_off_again(ana: Partner, together: Client) -> None:
    assert the_reading().seasons == ()
    together.post("/seasons/", FLU)
    page = together.get("/climate/").content.decode()
    assert "being read again with them" in page
    assert Bringing.objects.get().state == State.READING
    work_off()
    flu = Season(name="A flu", start=date(2024, 1, 5), end=date(2024, 1, 9), kind=Told.ILL)
    assert the_reading().seasons == (flu,)
    page = together.get("/climate/").content.decode()
    assert "being read again with them" not in page
    assert "January 2024 · Illness" in page
    couples.remove_season(ana, ana.couple.seasons.get().pk)
    work_off()
    assert the_reading().seasons == ()


def test_a_reading_that_stopped_is_not_said_to_be_under_way(together: Client) -> None:
    together.post("/seasons/", FLU)
    Bringing.objects.update(state=State.STOPPED)
    page = together.get("/climate/").content.decode()
    assert "this is from before" in page
    assert "being read again with them" not in page


def test_taking_off_what_is_not_there_reads_nothing_again(ana: Partner, together: Client) -> None:
    couples.remove_season(ana, 999)
    assert Bringing.objects.get().state == State.READ


def test_the_detector_is_told_of_the_seasons(
    together: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    find = work.read_history.__globals__["find"]

    def noted(series: Any, *, spells: Any = ()) -> Any:
        told.append([(spell.told, spell.first, spell.last) for spell in spells])
        return find(series)

    monkeypatch.setitem(work.read_history.__globals__, "find", noted)
    together.post("/seasons/", FLU)
    work_off()
    assert told == [[(Told.ILL, date(2024, 1, 5), date(2024, 1, 9))]]


def test_a_season_that_is_marked_while_it_is_read_is_not_overlooked(
    ana: Partner, together: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, marked = work.read_history, []

    def slow(*arguments: Any, **options: Any) -> Reading:
        reading = read(*arguments, **options)
        if not marked:
            marked.append(couples.add_season(ana, name="A move", start=date(2024, 1, 2), end=None))
            actions.set_hours(ana, Hours(gap=6.0))
        return reading

    monkeypatch.setattr(work, "read_history", slow)
    together.post("/seasons/", FLU)
    work_off()
    assert [season.name for season in the_reading().seasons] == ["A move", "A flu"]
    assert the_reading().hours == Hours(gap=6.0)
    assert Bringing.objects.get().state == State.READ


def test_alone_each_own_side_is_read_again(ana: Partner, ben: Partner, phone: Phone) -> None:
    for partner in (ana, ben):
        bring(phone(partner), chat())
    couples.add_season(ana, name="A move", start=date(2024, 1, 2), end=None)
    work_off()
    assert [len(the_reading(owner).seasons) for owner in (ana, ben)] == [1, 1]


def test_the_settings_stand_folded_with_what_is_usual(ana: Partner, phone: Phone) -> None:
    page = phone(ana).get("/bring-in/").content.decode()
    assert "<details><summary>Settings" in page
    assert 'name="gap" value="3"' in page
    assert 'name="window" value="12"' in page
    assert hours_of(ana.couple) == USUAL


def test_other_settings_are_read_with_and_said(
    ana: Partner, ben: Partner, together: Client
) -> None:
    answer = together.post("/bring-in/settings/", {"gap": "6", "window": "8.5", "night": "23-7"})
    assert answer.status_code == 302
    assert "being read again with them" in together.get("/climate/").content.decode()
    work_off()
    assert the_reading().hours == Hours(gap=6, window=8.5, night=NIGHT)
    page = together.get("/climate/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "a conversation ends after 6 hours of silence" in page
    assert "your night, 23:00 to 7:00, does not count" in page
    ben.couple.refresh_from_db()
    assert rests_on_now(the_reading(), ben.couple)
    page = together.get("/bring-in/").content.decode()
    assert 'name="night" value="23-7"' in page


def test_emptied_settings_are_as_usual_again(ana: Partner, together: Client) -> None:
    together.post("/bring-in/settings/", {"gap": "6", "window": "1", "night": "none"})
    together.post("/bring-in/settings/", {"gap": "", "window": "", "night": ""})
    work_off()
    assert the_reading().hours == USUAL


@pytest.mark.parametrize(
    ("field", "value"), [("gap", "99"), ("window", "soon"), ("night", "7-7"), ("night", "x" * 99)]
)
def test_settings_that_make_no_sense_change_nothing(
    ana: Partner, together: Client, field: str, value: str
) -> None:
    answer = together.post("/bring-in/settings/", {field: value})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<details open><summary>Settings" in page
    assert 'role="alert"' in page
    assert Bringing.objects.get().state == State.READ
    ana.couple.refresh_from_db()
    assert hours_of(ana.couple) == USUAL


def from_before(stored: StoredReading) -> None:
    """As an earlier version left it, which knew no seasons' kinds, hours or night."""
    old = replace(store.open_reading(stored), night=None)
    stored.sealed = store.seal_reading(old, stored.couple, stored.owner)
    stored.save()


def test_a_reading_from_before_is_read_anew_at_the_next_start(
    ana: Partner, together: Client
) -> None:
    tasks.take_up()
    assert Bringing.objects.get().state == State.READ
    from_before(StoredReading.objects.get())
    assert not rests_on_now(the_reading(), ana.couple)
    page = together.get("/climate/").content.decode()
    assert "Turntoward reads more by now; this is from before." in page
    Bringing.objects.update(tries=2, state=State.READING)
    tasks.take_up()  # under way already: a chat that ends the worker is not tried for ever
    assert Bringing.objects.get().tries == 2
    Bringing.objects.update(tries=0, state=State.READ)
    tasks.take_up()
    assert Bringing.objects.get().state == State.READING
    assert "The chat is being read again." in together.get("/climate/").content.decode()
    work_off()
    assert the_reading().night is not None
    assert rests_on_now(the_reading(), ana.couple)
    assert "this is from before" not in together.get("/climate/").content.decode()


def test_a_reading_that_does_not_open_is_left_at_the_start(together: Client) -> None:
    StoredReading.objects.update(sealed=b"x" * 40)
    tasks.take_up()
    assert Bringing.objects.get().state == State.READ


def test_stored_marks_and_the_readings_are_equal(ana: Partner) -> None:
    couples.add_season(ana, name=" A flu ", start=date(2024, 1, 5), end=None, kind="ill")
    assert seasons_of(ana.couple.seasons.all()) == (
        Season(name="A flu", start=date(2024, 1, 5), kind=Told.ILL),
    )
