"""Everything that is mine as one file: all of it, and nothing that is the other's alone."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from planted_lives import live, live_together, private_words, shared_words, words
from taken_along import files_in, tables
from turntoward.web.couples.actions import say_yes
from turntoward.web.couples.models import Partner, Purpose
from turntoward.web.noticed.models import Given
from turntoward.web.topics.models import Topic
from turntoward.web.weather.models import Weather
from turntoward.web.yours.parts import GIVEN, LEFT_OUT

Phone = Callable[[Partner], Client]


@pytest.fixture
def both(ana: Partner, ben: Partner, phone: Phone) -> tuple[Client, Client]:
    """Ana's and Ben's phones, each with a life on it."""
    hers, his = phone(ana), phone(ben)
    live(ana, hers)
    live(ben, his)
    live_together(ana)
    return hers, his


def test_one_tap_brings_everything_as_a_document_and_as_tables(both: tuple[Client, Client]) -> None:
    found = files_in(both[0])
    document = json.loads(found["turntoward.json"])
    with_rows = {name for name, rows in document["tables"].items() if rows}
    assert {name.removesuffix(".csv") for name in found if name.endswith(".csv")} == with_rows
    for name in with_rows:
        text = found[f"{name}.csv"].decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert [list(row) for row in rows] == [list(row) for row in document["tables"][name]]
    assert b"turntoward.json" in found["README.txt"]


def test_my_words_are_in_mine_and_the_others_are_not(
    ana: Partner, ben: Partner, both: tuple[Client, Client]
) -> None:
    for (mine, client), other in zip(zip((ana, ben), both, strict=True), (ben, ana), strict=True):
        whole = b"".join(files_in(client).values()).decode()
        for said in [*private_words(mine), *shared_words(mine), *shared_words(other)]:
            assert said in whole, said
        for said in private_words(other):
            assert said not in whole, said
        assert "season-of-both" in whole
        assert "ritual-of-both" in whole


def test_what_is_the_others_alone_shows_in_no_row_either(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    """Not by what is there, not by how much of it: mine is the same whether there is any."""
    hers, his = phone(ana), phone(ben)
    live(ana, hers)
    before = tables(hers)
    live(ben, his)
    Given.objects.filter(giver=ben).delete()
    Topic.objects.filter(by=ben, state="open").delete()
    after = tables(hers)
    # Known to both: that they sat together, and that he brought a chat in.
    for shared in ("sittings", "chats", "words_given_to_me"):
        before.pop(shared), after.pop(shared)
    assert after == before


def test_the_others_weather_is_there_as_far_as_both_agreed(
    ana: Partner, ben: Partner, both: tuple[Client, Client]
) -> None:
    assert tables(both[0])["weather_of_the_other"] == []
    say_yes(ana, timezone.now(), Purpose.SHARE_WEATHER)
    assert tables(both[0])["weather_of_the_other"] == []
    say_yes(ben, timezone.now(), Purpose.SHARE_WEATHER)
    assert tables(both[0])["weather_of_the_other"] == []  # what was tapped before that
    Weather.objects.update(at=timezone.now())
    (row,) = tables(both[0])["weather_of_the_other"]
    assert set(row) == {"day", "sky", "called"}


def test_nobody_learns_when_a_topic_opens_or_what_was_put_away(both: tuple[Client, Client]) -> None:
    ready = Topic.objects.filter(state="ready", by__name="Ana")
    ready.update(opens_at=timezone.now() + timedelta(hours=9))
    Given.objects.update(away=True)
    found = files_in(both[0])
    assert b"opens_at" not in found["turntoward.json"]
    noticed = json.loads(found["turntoward.json"])["tables"]["noticed"]
    assert {row["by"]: row["put_away"] for row in noticed} == {"Ana": None, "Ben": True}


def test_words_that_are_locked_are_never_left_out_silently(
    ana: Partner, both: tuple[Client, Client]
) -> None:
    client = both[0]
    del client.cookies["turntoward_vault"]
    answer = client.post("/yours/take/")
    assert answer["Content-Type"].startswith("text/html")
    assert "locked in this browser" in answer.content.decode()
    without = files_in(client, without="1")
    assert words("weather-words", ana) not in without["turntoward.json"].decode()
    found = json.loads(without["turntoward.json"])["tables"]
    assert [row["locked"] for row in found["weather"]] == [True]
    assert [row["words"] for row in found["weather"]] == [None]
    assert "yes" in without["weather.csv"].decode()
    assert b"locked when this was made" in without["README.txt"]
    # Entering once more unlocks them, and leads back.
    answer = client.post("/yours/again/?to=take", {"passphrase": "quiet green evening lamp"})
    assert answer["Location"] == "/yours/take/"
    assert words("weather-words", ana) in files_in(client)["turntoward.json"].decode()


def test_who_has_no_private_words_is_asked_nothing(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    del client.cookies["turntoward_vault"]
    assert files_in(client)["me.csv"]


def test_a_plain_name_is_on_the_file_too(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    answer = client.post("/yours/take/")
    assert answer["Content-Disposition"].startswith('attachment; filename="turntoward-2')
    Partner.objects.update(neutral=True)
    answer = client.post("/yours/take/")
    assert answer["Content-Disposition"].startswith('attachment; filename="my-notes-2')
    with zipfile.ZipFile(io.BytesIO(answer.content)) as zipped:
        assert not any("turntoward" in name for name in zipped.namelist())
        folder = zipped.namelist()[0].split("/")[0]
        assert b"Turntoward" not in zipped.read(f"{folder}/README.txt")


def test_the_day_is_that_of_the_two(
    ana: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = phone(ana)
    now = datetime(2026, 3, 5, 1, 30, tzinfo=UTC)  # half past two in the night in Berlin
    monkeypatch.setattr(timezone, "now", lambda: now)
    monkeypatch.setattr("turntoward.web.yours.fresh.is_fresh", lambda *_: True)
    answer = client.post("/yours/take/")
    assert 'filename="turntoward-2026-03-04.zip"' in answer["Content-Disposition"]


def test_every_model_is_given_or_has_its_reason() -> None:
    """Whoever adds a model decides whether its rows are taken along; until then this fails."""
    whose = ("turntoward.", "allauth.")
    ours = {m._meta.label for m in apps.get_models() if m.__module__.startswith(whose)}
    assert set(GIVEN) | set(LEFT_OUT) == ours
    assert not set(GIVEN) & set(LEFT_OUT)
    assert all(len(reason.split()) > 3 for reason in LEFT_OUT.values())


def test_a_row_of_every_model_that_is_given_shows_in_a_table(both: tuple[Client, Client]) -> None:
    """The planted life leaves something of everything, so no table of it is empty."""
    found = tables(both[0])
    empty = {name for name, rows in found.items() if not rows}
    # What needs two who agreed, a reading, a past trial, a push service or a parting.
    assert empty == {
        "consents",
        "kept_from_before",
        "reminder_phones",
        "reminders_sent",
        "trial_results",
        "weather_of_the_other",
    }


def test_the_page_of_the_docs_names_every_table_and_column(both: tuple[Client, Client]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "yours.md").read_text("utf-8")
    for name, rows in tables(both[0]).items():
        assert f"`{name}`" in page, name
        for column in rows[0] if rows else ():
            assert f"`{column}`" in page, (name, column)


def test_the_page_of_one_is_the_same_whatever_the_other_left(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    from web_pages import without_tokens

    hers, his = phone(ana), phone(ben)
    paths = ["/yours/", "/yours/take/", "/yours/erase/", "/yours/leave/", "/yours/devices/"]
    before = [without_tokens(hers.get(path).content.decode()) for path in paths]
    live(ben, his)
    phone(ben)  # another browser of his
    after = [without_tokens(hers.get(path).content.decode()) for path in paths]
    assert after == before


def test_a_stranger_takes_along_only_what_is_theirs(
    cleo: Partner, both: tuple[Client, Client], phone: Phone
) -> None:
    whole = b"".join(files_in(phone(cleo)).values()).decode()
    for name in ("ana", "ben"):
        assert f"-of-{name}" not in whole
    assert "season-of-both" not in whole


def test_times_carry_their_distance_from_utc(ana: Partner, both: tuple[Client, Client]) -> None:
    (row,) = tables(both[0])["weather"]
    tapped = datetime.fromisoformat(row["tapped_at"])
    assert tapped.utcoffset() in (timedelta(hours=1), timedelta(hours=2))
    assert date.fromisoformat(row["day"])
