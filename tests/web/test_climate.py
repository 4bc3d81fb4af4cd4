"""The climate: the weather of both as both agreed, as a chart, as a table, and in words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from reading.made_readings import DRIFT, reading
from turntoward.web.couples import actions as couples
from turntoward.web.couples.models import Consent, Partner, Purpose, Season
from turntoward.web.readings import store
from turntoward.web.readings.asked import hours_of, seasons_of
from turntoward.web.readings.models import StoredReading
from turntoward.web.weather.models import Weather
from web_pages import without_tokens

Phone = Callable[[Partner], Client]

NOON = datetime(2026, 3, 11, 12, tzinfo=ZoneInfo("Europe/Berlin"))
TODAY = NOON.date()  # a Wednesday
MONDAY = TODAY - timedelta(days=2)
DAY_S = 86400


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def tapped(partner: Partner, *skies: tuple[int, int]) -> None:
    """Weather of so many days ago."""
    for days, warmth in skies:
        Weather.objects.create(partner=partner, day=ago(days), warmth=warmth, at=NOON)


def share(*partners: Partner, since_days: int = 300) -> None:
    for partner in partners:
        couples.say_yes(partner, NOON - timedelta(days=since_days), Purpose.SHARE_WEATHER)


def page(client: Client) -> str:
    answer = client.get("/climate/")
    assert answer.status_code == 200
    return answer.content.decode()


def drawn(text: str) -> dict[str, Any]:
    """The data of the weather's chart."""
    blocks = re.findall(r'<script type="application/json">(.*?)</script>', text, re.S)
    return next(data for block in blocks if (data := json.loads(block)).get("kind") == "weather")


def days_of(text: str) -> dict[str, dict[str, int]]:
    """Name -> day -> sky, as the chart has it."""
    return {
        view["name"]: {
            datetime.fromtimestamp(at, ZoneInfo("UTC")).date().isoformat(): sky
            for at, sky in view["days"]
        }
        for view in drawn(text)["views"]
    }


def rows_of(text: str) -> list[list[str]]:
    """The cells of the weather's table, row by row, without their markup."""
    found = re.search(r'<table class="skies-table">.*?<tbody>(.*?)</tbody>', text, re.S)
    assert found
    rows = re.findall(r"<tr>(.*?)</tr>", found.group(1), re.S)
    return [
        [re.sub(r"<.*?>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in rows
    ]


def test_my_own_days_stand_in_the_chart_and_in_the_table_with_words(
    ana: Partner, phone: Phone
) -> None:
    tapped(ana, (1, 5), (2, 3), (40, 1))
    text = page(phone(ana))
    assert days_of(text) == {"You": {"2026-03-09": 3, "2026-03-10": 5, "2026-01-30": 1}}
    assert drawn(text)["skies"] == ["Stormy", "Foggy", "Mild", "Bright", "Warm"]
    assert rows_of(text) == [
        ["9 Mar 2026", "Warm Mon Mild, Tue Warm"],
        ["26 Jan 2026", "Stormy Fri Stormy"],
    ]
    assert "Your own view." in text
    assert "Two views" not in text


def test_the_table_holds_every_day_of_the_chart_and_no_other(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    share(ana, ben)
    tapped(ana, *((n, 1 + n % 5) for n in range(0, 90, 2)))
    tapped(ben, *((n, 1 + n % 4) for n in range(0, 90, 3)))
    text = page(phone(ana))
    skies = drawn(text)["skies"]
    told: dict[str, dict[str, int]] = {"You": {}, "Ben": {}}
    for monday, *cells in rows_of(text):
        first = datetime.strptime(monday, "%d %b %Y").date()  # noqa: DTZ007 # a day, no moment
        for name, cell in zip(told, cells, strict=False):
            for weekday, sky in re.findall(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\w+)", cell):
                at = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].index(weekday)
                told[name][(first + timedelta(days=at)).isoformat()] = skies.index(sky) + 1
    assert told == days_of(text)
    assert len(told["Ben"]) == 30


def test_the_others_days_stand_there_only_while_both_say_yes(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    hers = phone(ana)
    tapped(ana, (1, 4))
    tapped(ben, (1, 2))
    assert set(days_of(page(hers))) == {"You"}
    share(ana)
    assert set(days_of(page(hers))) == {"You"}
    share(ben)
    text = page(hers)
    assert days_of(text)["Ben"] == {"2026-03-10": 2}
    assert "Two views of the same days. Neither is the right one." in text
    assert [(view["name"], view["side"]) for view in drawn(text)["views"]] == [
        ("You", 0),
        ("Ben", 1),
    ]
    his = drawn(page(phone(ben)))
    assert [(view["name"], view["side"]) for view in his["views"]] == [("You", 1), ("Ana", 0)]
    couples.take_back(ben, Purpose.SHARE_WEATHER)
    assert set(days_of(page(hers))) == {"You"}
    assert "Foggy" not in re.sub(r"<script.*?</script>", "", page(hers), flags=re.S)


def test_the_others_days_begin_with_the_later_yes(ana: Partner, ben: Partner, phone: Phone) -> None:
    share(ana, since_days=100)
    share(ben, since_days=10)
    tapped(ben, (12, 1), (9, 3))
    assert days_of(page(phone(ana)))["Ben"] == {"2026-03-02": 3}


def test_my_page_does_not_tell_what_the_other_keeps(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    his = phone(ben)
    tapped(ben, (1, 4))
    before = without_tokens(page(his))
    tapped(ana, (1, 2), (3, 1))
    share(ana)
    assert without_tokens(page(his)) == before


def test_a_stranger_sees_none_of_it(
    ana: Partner, ben: Partner, cleo: Partner, phone: Phone
) -> None:
    share(ana, ben)
    tapped(ana, (1, 4))
    Season.objects.create(couple=ana.couple, name="Marzipan", start=ago(9))
    text = page(phone(cleo))
    assert "data-chart" not in text
    assert "Marzipan" not in text
    assert phone(cleo).post("/climate/").status_code == 405


def test_without_weather_and_reading_it_says_what_will_be_here_and_loads_no_charts(
    ana: Partner, phone: Phone
) -> None:
    text = page(phone(ana))
    assert "Here your weather will stand" in text
    assert "Here you will see when your rhythms changed" in text
    assert "Mark the seasons of your life" in text
    assert "uPlot.iife" not in text
    assert "data-zoom" not in text


def test_charts_are_loaded_on_no_other_page(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    tapped(ana, (0, 3))
    assert "uPlot.iife" in page(client)
    for path in ("/today/", "/together/", "/more/", "/seasons/", "/bring-in/"):
        assert "charts.js" not in client.get(path).content.decode(), path


def test_every_script_of_the_page_is_there(ana: Partner, phone: Phone) -> None:
    tapped(ana, (0, 3))
    scripts = re.findall(r'src="/static/([^"?]+)', page(phone(ana)))
    assert len([name for name in scripts if "/charts/" in name]) == 6
    for name in scripts:
        assert finders.find(name), name


def test_the_rhythms_have_their_old_address(ana: Partner, phone: Phone) -> None:
    answer = phone(ana).get("/rhythm/")
    assert (answer.status_code, answer["Location"]) == (302, "/climate/#rhythms")


def stored(ana: Partner) -> None:
    """A reading of both in which something changed, resting on what is marked now."""
    made = reading(
        seasons=seasons_of(ana.couple.seasons.all()), hours=hours_of(ana.couple), night=(0, 1)
    )
    sealed = store.seal_reading(made, ana.couple, None)
    StoredReading.objects.create(couple=ana.couple, sealed=sealed, made_at=NOON)


def test_a_change_is_a_sentence_with_its_weeks_and_a_way_to_look_at_them(
    ana: Partner, ben: Partner, phone: Phone
) -> None:
    for partner in (ana, ben):
        Consent.objects.create(partner=partner, purpose=Purpose.READ_CHAT, given_at=NOON)
    stored(ana)
    text = page(phone(ana))
    assert "began to get" in text
    first, last = DRIFT.earliest - timedelta(weeks=13), DRIFT.latest + timedelta(weeks=13)
    assert f'data-from="{first}" data-to="{last}" hidden>See these weeks</button>' in text
    assert text.count("See these weeks") == 1
    assert text.index('id="weather"') < text.index('id="seasons"') < text.index('id="rhythms"')
    assert text.index('id="rhythms"') < text.index("began to get") < text.index("one by one")
    assert text.count("data-zoom") == 1


def test_seasons_have_the_same_numbers_in_the_list_the_chart_and_the_table(
    ana: Partner, phone: Phone
) -> None:
    tapped(ana, (1, 4), (30, 2), (300, 3))
    couple = ana.couple
    Season.objects.create(couple=couple, name="Grief", start=ago(35), kind="grief", ongoing=True)
    Season.objects.create(couple=couple, name="Before", start=date(2024, 1, 1), end=ago(200))
    text = page(phone(ana))
    marks = drawn(text)["seasons"]
    assert [(mark["number"], mark["name"]) for mark in marks] == [(1, "Before"), (2, "Grief")]
    assert text.index("<li>Before") < text.index("<li>Grief")
    assert "since February 2026, going on · Grief" in text
    assert [row[-1] for row in rows_of(text)] == ["2", "2", "1"]
    assert f'href="/seasons/{Season.objects.get(name="Grief").pk}/"' in text


def test_the_chart_reaches_to_the_end_of_the_couples_own_week(
    ana: Partner, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    tapped(ana, (2, 4))
    data = drawn(page(phone(ana)))
    assert data["to"] - data["from"] == 13 * 7 * DAY_S
    assert datetime.fromtimestamp(data["to"], ZoneInfo("UTC")).date() == MONDAY + timedelta(days=7)
    # Three in the night to Monday in Berlin is Sunday still, and the evening's.
    night = datetime(2026, 3, 16, 3, tzinfo=ZoneInfo("Europe/Berlin"))
    monkeypatch.setattr(timezone, "now", lambda: night)
    assert drawn(page(phone(ana)))["to"] == data["to"]


def test_a_name_cannot_end_the_block_that_holds_it(ana: Partner, phone: Phone) -> None:
    hostile = "</script><script>alert(1)</script>"
    tapped(ana, (0, 3))
    Season.objects.create(couple=ana.couple, name=hostile, start=ago(3))
    text = page(phone(ana))
    assert hostile not in text
    assert drawn(text)["seasons"][0]["name"] == hostile
