"""Words in a form: kept whole with their line breaks, and never cut without a word."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from turntoward.web.checkins import actions
from turntoward.web.checkins.models import Afterwards, Sitting
from turntoward.web.couples.models import Partner
from turntoward.web.topics.models import Topic
from turntoward.web.weather.models import Weather

Phone = Callable[[Partner], Client]
LONGER = "That is longer than {} characters."


def lines(most: int) -> str:
    """As many characters as a field takes, every second one a line break, and no more."""
    return ("x\n" * most)[: most - 1] + "y"


def as_sent(words: str) -> str:
    """As a browser sends it."""
    return words.replace("\n", "\r\n")


@pytest.fixture
def afterwards(ana: Partner, phone: Phone) -> str:
    """Where the words after a sitting go."""
    sitting = actions.begin(ana, timezone.now())
    actions.stop(sitting, timezone.now())
    path = f"/together/{Sitting.objects.get().pk}/"
    phone(ana).post(f"{path}felt/", {"warmth": "4"})
    return f"{path}afterwards/"


@pytest.fixture
def sky(ana: Partner, phone: Phone) -> Weather:
    """A sky of today."""
    phone(ana).post("/weather/", {"warmth": "4"})
    return Weather.objects.get()


def test_a_topic_is_kept_as_long_as_its_field_lets_it_be(ana: Partner, phone: Phone) -> None:
    client, words = phone(ana), lines(500)
    assert client.post("/topics/", {"words": as_sent(words)}).status_code == 302
    topic = Topic.objects.get()
    ready = f"/topics/{topic.pk}/ready/"
    assert f"{words}</textarea>" in client.get(ready).content.decode()
    fields = {name: as_sent(words) for name in ("words", "feel", "about", "like")}
    assert client.post(ready, fields).status_code == 302
    assert client.get(ready).content.decode().count(f"{words}</textarea>") == 4


def test_one_that_is_longer_is_not_cut(ana: Partner, phone: Phone) -> None:
    client, words = phone(ana), lines(501)
    page = client.post("/topics/", {"words": as_sent(words)}).content.decode()
    assert LONGER.format(500) in page
    assert f"{words}</textarea>" in page
    assert not Topic.objects.exists()
    client.post("/topics/", {"words": "short"})
    ready = f"/topics/{Topic.objects.get().pk}/ready/"
    page = client.post(ready, {"words": "short", "like": as_sent(words)}).content.decode()
    assert LONGER.format(500) in page
    assert f"{words}</textarea>" in page
    assert Topic.objects.get().opening_sealed is None


def test_words_after_a_sitting(ana: Partner, phone: Phone, afterwards: str) -> None:
    client, words = phone(ana), lines(4000)
    assert client.post(afterwards, {"words": as_sent(words)}).status_code == 302
    assert f"{words}</textarea>" in client.get(afterwards).content.decode()
    before = bytes(Afterwards.objects.get().words_sealed or b"")
    page = client.post(afterwards, {"words": as_sent(words + "z")}).content.decode()
    assert LONGER.format(4000) in page
    assert f"{words}z</textarea>" in page
    assert bytes(Afterwards.objects.get().words_sealed or b"") == before


@pytest.mark.parametrize("share", [{}, {"share": "1"}])
def test_words_of_a_day(
    ana: Partner, ben: Partner, phone: Phone, sky: Weather, share: dict[str, str]
) -> None:
    client, words, path = phone(ana), lines(1000), f"/weather/{sky.pk}/words/"
    page = client.post(path, {"words": as_sent(words + "z")} | share).content.decode()
    assert LONGER.format(1000) in page
    assert f"{words}z</textarea>" in page
    sky.refresh_from_db()
    assert (sky.words_sealed, sky.shared_sealed) == (None, None)
    assert client.post(path, {"words": as_sent(words)} | share).status_code == 302
    sky.refresh_from_db()
    assert (sky.words_sealed is None, sky.shared_sealed is None) == (bool(share), not share)


def test_words_that_waited_and_are_longer_come_back_and_go_below_those_of_the_day(
    ana: Partner, phone: Phone, sky: Weather
) -> None:
    client, words = phone(ana), lines(1001)
    client.post(f"/weather/{sky.pk}/words/", {"words": "written at home"})
    fields = {"warmth": "2", "words": as_sent(words), "tap": str(uuid4())}
    answer = client.post("/weather/", fields)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert LONGER.format(1000) in page
    assert f"{words}</textarea>" in page
    client.post(f"/weather/{sky.pk}/words/", {"words": "shorter", "shown": ""})
    assert "written at home\nshorter</textarea>" in client.get("/today/").content.decode()
    sky.refresh_from_db()
    assert sky.warmth == 2


@pytest.mark.parametrize("first", ["", "from before"])
def test_two_taps_on_keep_keep_the_words_once(
    ana: Partner, phone: Phone, afterwards: str, sky: Weather, first: str
) -> None:
    client = phone(ana)
    for path in (afterwards, f"/weather/{sky.pk}/words/"):
        client.post(path, {"words": first})
        shown = re.findall('name="shown" value="([0-9a-f]*)"', client.get(path).content.decode())
        for _ in range(2):
            client.post(path, {"words": "once, please", "shown": shown[0]})
        assert ">once, please</textarea>" in client.get(path).content.decode()


def test_what_came_back_unkept_says_so_to_what_locks_the_page(
    ana: Partner, phone: Phone, afterwards: str, sky: Weather
) -> None:
    """Else it would be taken off the page as if it stood in the vault (autolock.js)."""
    client = phone(ana)
    for path in (afterwards, f"/weather/{sky.pk}/words/"):
        client.post(path, {"words": "kept"})
        assert "data-unsaved" not in client.get(path).content.decode()
        answer = client.post(path, {"words": "x" * 5000}).content.decode()
        assert " data-private data-unsaved" in answer
    client.post("/topics/", {"words": "a topic"})
    ready = f"/topics/{Topic.objects.get().pk}/ready/"
    assert "data-unsaved" not in client.get(ready).content.decode()
    assert "data-private data-unsaved" in client.post(ready, {"feel": "x"}).content.decode()
