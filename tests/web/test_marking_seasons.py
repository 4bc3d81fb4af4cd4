"""Seasons are marked, moved, named, taken off and brought back, by both, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from turntoward.drift.known import Told
from turntoward.reading.reading import Season as ReadSeason
from turntoward.web.couples import seasons
from turntoward.web.couples.models import Couple, Kind, Partner, Season
from turntoward.web.couples.season_steps import COOKIE
from turntoward.web.couples.seasons import Mark, mark_of
from turntoward.web.readings.asked import seasons_of

Phone = Callable[[Partner], Client]

MOVE = {"name": "The move", "kind": "life", "start": "2024-03-04", "end": "2024-03-20"}
TODAY = date(2026, 3, 11)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime(2026, 3, 11, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    monkeypatch.setattr(timezone, "now", lambda: noon)


def page(client: Client) -> str:
    return client.get("/seasons/").content.decode()


def mark(client: Client, **fields: str) -> Season:
    assert client.post("/seasons/", MOVE | fields).status_code == 302
    return Season.objects.latest("pk")


def shown(client: Client, season: Season) -> dict[str, str]:
    """The fields of the form of a season as a browser would send them back."""
    text = client.get(f"/seasons/{season.pk}/").content.decode()
    fields = {}
    for tag in re.findall(r"<input[^>]*>", text):
        found = {key: value for key, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        choice = found.get("type") in ("radio", "checkbox")
        if "name" in found and (not choice or " checked" in tag):
            fields[found["name"]] = found.get("value", "on" if choice else "")
    return fields


def change(client: Client, season: Season, form: dict[str, str], **fields: str) -> HttpResponse:
    return client.post(f"/seasons/{season.pk}/", form | fields)


def test_a_season_is_moved_named_and_called_another_kind(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    season = mark(phone(ana))
    his = phone(ben)
    moved = {"name": "Moving twice", "kind": "work", "start": "2024-04-01", "end": "2024-05-02"}
    assert change(his, season, shown(his, season), **moved).status_code == 302
    assert mark_of(Season.objects.get()) == Mark(
        name="Moving twice", start=date(2024, 4, 1), end=date(2024, 5, 2), kind="work"
    )
    assert "It is changed, for both of you." in page(his)
    assert "April 2024 to May 2024 · Stress at work" in page(phone(ana))


def test_two_who_change_different_parts_at_once_both_keep_theirs(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    season = mark(hers)
    before_ana, before_ben = shown(hers, season), shown(his, season)
    change(hers, season, before_ana, name="Two cities again")
    change(his, season, before_ben, start="2024-03-01", kind="work")
    season.refresh_from_db()
    assert (season.name, season.start, season.kind) == (
        "Two cities again",
        date(2024, 3, 1),
        "work",
    )
    assert season.end == date(2024, 3, 20)


def test_of_the_same_part_the_last_one_stays(ana: Partner, ben: Partner, phone: Phone) -> None:
    hers, his = phone(ana), phone(ben)
    season = mark(hers)
    form = shown(his, season)
    change(hers, season, shown(hers, season), name="One name")
    change(his, season, form, name="Another name")
    season.refresh_from_db()
    assert season.name == "Another name"


def test_days_that_do_not_fit_what_the_other_changed_are_said_and_kept_as_typed(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    season = mark(hers)
    form = shown(his, season)
    change(hers, season, shown(hers, season), end="2024-03-06")
    answer = change(his, season, form, start="2024-03-15", name="Boxes")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "This ends before it begins." in text
    assert 'value="Boxes"' in text
    assert 'value="2024-03-15"' in text
    season.refresh_from_db()
    assert (season.name, season.start) == ("The move", date(2024, 3, 4))


def test_one_that_is_gone_is_said_kindly_and_what_was_typed_stands_below(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    season = mark(hers)
    form = shown(his, season)
    hers.post(f"/seasons/{season.pk}/remove/")
    assert change(his, season, form, name="The long move", kind="busy").status_code == 302
    text = page(his)
    assert "was taken off in the meantime" in text
    assert 'value="The long move"' in text
    assert 'name="start" value="2024-03-04"' in text
    assert Season.objects.count() == 0
    his.post(f"/seasons/{season.pk}/remove/")
    assert "This season was taken off already." in page(his)


def test_one_that_is_gone_and_one_of_strangers_look_the_same(
    ana: Partner, cleo: Partner, phone: Phone
) -> None:
    season = mark(phone(ana))
    strange = phone(cleo)
    for pk in (season.pk, 999):
        assert strange.get(f"/seasons/{pk}/").status_code == 404
        answer = strange.post(f"/seasons/{pk}/", MOVE | {"name": "Mine now"})
        assert (answer.status_code, answer["Location"]) == (302, "/seasons/")
        assert "was taken off in the meantime" in page(strange)
        strange.post(f"/seasons/{pk}/remove/")
        strange.post("/seasons/undo/")
    assert mark_of(Season.objects.get()).name == "The move"


def test_tapped_twice_or_by_both_it_is_marked_once(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    season = mark(hers)
    for client in (hers, his):
        client.post("/seasons/", MOVE)
        assert "It is marked, for both of you." in page(client)
        client.post("/seasons/undo/")  # nothing of one's own to take back
    assert [one.pk for one in Season.objects.all()] == [season.pk]
    his.post("/seasons/", MOVE | {"start": "2024-03-05"})
    assert Season.objects.count() == 2


@pytest.mark.parametrize("what", ["added", "changed", "removed"])
def test_whatever_was_done_is_undone_once(ana: Partner, phone: Phone, what: str) -> None:
    client = phone(ana)
    season = mark(client, ongoing="on", end="", kind="grief")
    was = mark_of(season)
    if what == "changed":
        change(client, season, shown(client, season), name="Other", kind="ill")
    elif what == "removed":
        client.post(f"/seasons/{season.pk}/remove/")
    assert 'action="/seasons/undo/"' in page(client)
    assert client.post("/seasons/undo/").status_code == 302
    left = [(one.pk, mark_of(one)) for one in Season.objects.all()]
    assert left == ([] if what == "added" else [(season.pk, was)])
    text = page(client)
    assert "All is as it was before." in text
    assert 'action="/seasons/undo/"' not in text
    client.post("/seasons/undo/")
    assert [(one.pk, mark_of(one)) for one in Season.objects.all()] == left


def test_undo_does_not_lose_what_the_other_changed_since(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    season = mark(hers)
    change(hers, season, shown(hers, season), name="Hers")
    change(his, season, shown(his, season), start="2024-02-01")
    hers.post("/seasons/undo/")
    season.refresh_from_db()
    assert (season.name, season.start) == ("Hers", date(2024, 2, 1))
    assert "stays as it is now" in page(hers)


def test_two_who_take_the_same_one_off_bring_back_one(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    season = mark(hers)
    for client in (hers, his):
        client.post(f"/seasons/{season.pk}/remove/")
    for client in (hers, his, hers):
        client.post("/seasons/undo/")
    assert [one.pk for one in Season.objects.all()] == [season.pk]


def test_undo_stays_with_who_tapped_and_the_browser_holds_no_words(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers, his = phone(ana), phone(ben)
    season = mark(hers, name="Marzipan summer")
    hers.post(f"/seasons/{season.pk}/remove/")
    kept = hers.cookies[COOKIE]
    assert "arzipan" not in bytes.fromhex(kept.value).decode("latin1")
    assert (kept["httponly"], kept["samesite"], kept["max-age"]) == (True, "Strict", 600)
    assert 'action="/seasons/undo/"' not in page(his)
    his.cookies[COOKIE] = kept.value
    his.post("/seasons/undo/")
    assert Season.objects.count() == 0
    for broken in ("", "zz", kept.value[:-2] + "00"):
        hers.cookies[COOKIE] = broken
        assert 'action="/seasons/undo/"' not in page(hers)


def test_a_copy_of_the_cookie_does_not_outlast_it(
    ana: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = phone(ana)
    mark(client)
    assert 'action="/seasons/undo/"' in page(client)
    later = timezone.now() + timedelta(minutes=11)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert 'action="/seasons/undo/"' not in page(client)
    client.post("/seasons/undo/")
    assert Season.objects.count() == 1


def test_what_goes_on_has_no_end_and_is_said_so(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    answer = client.post("/seasons/", MOVE | {"ongoing": "on"})
    assert "It has an end and still goes on." in answer.content.decode()
    assert Season.objects.count() == 0
    season = mark(client, ongoing="on", end="", kind="burnout")
    assert "since March 2024, going on · Burnout" in page(client)
    change(client, season, {k: v for k, v in shown(client, season).items() if k != "ongoing"})
    season.refresh_from_db()
    assert not season.ongoing
    assert "March 2024 · Burnout" in page(client)


def test_what_goes_on_is_the_same_for_the_reading_every_day(
    ana: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    seasons.add_season(
        ana, name="Grief", start=date(2026, 3, 1), end=None, kind="grief", ongoing=True
    )
    read = seasons_of(ana.couple.seasons.all())
    assert read == (ReadSeason(name="Grief", start=date(2026, 3, 1), kind=Told.LIFE, ongoing=True),)
    later = timezone.now() + timedelta(days=400)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert seasons_of(ana.couple.seasons.all()) == read


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (Kind.GRIEF, Told.LIFE),
        (Kind.PARENTING, Told.LIFE),
        (Kind.WORK, Told.BUSY),
        (Kind.BURNOUT, Told.BUSY),
        (Kind.ILL, Told.ILL),
        (Kind.TRAVEL, Told.TRAVEL),
    ],
)
def test_each_kind_of_the_article_is_known_to_the_detector(kind: Kind, told: Told) -> None:
    one = Season(name="x", start=TODAY, kind=kind)
    assert seasons_of([one])[0].kind == told


def test_a_hard_season_expects_less_and_says_so_while_it_lasts(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    assert "hard season" not in page(client).split("<ul>")[0]
    season = mark(client, name="Papa's funeral", kind="grief", start="2026-03-01", end="")
    assert "This is a hard season" not in page(client)  # a moment, and over
    change(client, season, shown(client, season), ongoing="on")
    text = page(client)
    assert "This is a hard season: “Papa&#x27;s funeral”." in text
    assert "nothing is expected of you" in text
    mark(client, name="The lake", kind="holiday", start="2026-03-10", end="2026-03-12")
    assert "“Papa&#x27;s funeral”" in page(client)
    change(client, season, shown(client, season) | {"ongoing": ""}, end="2026-03-10")
    assert "This is a hard season" not in page(client)


def test_whatever_is_done_to_a_season_is_told_to_what_rests_on_it(
    ana: Partner, phone: Phone
) -> None:
    told: list[Any] = []

    def heard(*, couple: Any, **_: object) -> None:
        told.append(couple.pk)

    seasons.seasons_changed.connect(heard)
    client = phone(ana)
    season = mark(client)
    form = shown(client, season)
    change(client, season, form)  # nothing was changed, and nothing is to be read anew
    assert len(told) == 1
    change(client, season, form, name="Another")
    client.post("/seasons/undo/")
    client.post(f"/seasons/{season.pk}/remove/")
    client.post("/seasons/undo/")
    assert told == [ana.couple.pk] * 5


def test_a_season_that_is_not_there_is_not_undone_into_being(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    client.post("/seasons/undo/")
    assert Season.objects.count() == 0
    assert client.get("/seasons/undo/").status_code == 405


def test_of_two_who_undo_at_once_the_later_one_waits(
    ana: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = seasons.add_season(ana, name="The move", start=TODAY, end=None)
    held, ask = [], QuerySet.select_for_update

    def noting(rows: QuerySet[Any], **how: Any) -> QuerySet[Any]:
        held.append(rows.model)
        return ask(rows, **how)

    monkeypatch.setattr(QuerySet, "select_for_update", noting)
    seasons.undo_step(ana, step)
    assert held[:2] == [Couple, Season]
