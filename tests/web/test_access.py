"""Every address, asked by everybody: nobody sees what is not theirs, and none goes unlisted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from turntoward.web.checkins import actions as checkins
from turntoward.web.couples.models import Partner, Season
from turntoward.web.moments import actions as moments
from turntoward.web.moments.models import Offer
from turntoward.web.readings.models import Bringing, State

Phone = Callable[[Partner], Client]

#: Open to everybody, signed in or not.
OPEN = {"couples:welcome", "couples:start", "couples:start-open", "couples:enter", "couples:join"}
#: Open too, but only in the demo.
DEMO_ONLY = {"couples:look-around"}
#: Pages about whoever asks, without an object of anybody.
OWN = {
    "couples:leave", "couples:pair", "couples:more", "couples:seasons",
    "readings:bring-in", "readings:settings", "readings:agree", "readings:rhythm", "readings:bids",
    "checkins:together", "checkins:now", "checkins:begin", "checkins:stream",
    "moments:today", "moments:another",
}  # fmt: skip
#: Pages about one object, reached by an id in the address.
OBJECTS = {
    "couples:remove-season", "readings:bringing", "readings:progress", "readings:answer",
    "readings:again", "readings:remove", "readings:correct", "readings:undo", "checkins:move",
    "checkins:afterwards", "checkins:own-words", "moments:answer",
}  # fmt: skip


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern.url_patterns, pattern.namespace or space)
        else:
            found.add(f"{space}:{pattern.name}")
    return found


def test_every_address_has_its_row_here() -> None:
    assert names(get_resolver().url_patterns) == OPEN | DEMO_ONLY | OWN | OBJECTS


@pytest.fixture
def objects(ana: Partner) -> dict[str, str]:
    """An address for each kind of object of Ana's."""
    now = timezone.now()
    season = Season.objects.create(couple=ana.couple, name="A move", start=date(2020, 1, 1))
    bringing = Bringing.objects.create(
        couple=ana.couple, by=ana, at=now, suffix=".txt", size=1, state=State.READ
    )
    sitting = checkins.begin(ana, now)
    checkins.stop(sitting, now)
    feeling = checkins.felt(sitting, ana, 4, "", None, now)
    offer = moments.offer_of_today(ana, [], now)
    assert isinstance(offer, Offer)
    brought = f"/bring-in/{bringing.pk}"
    return {
        "couples:remove-season": f"/seasons/{season.pk}/remove/",
        "readings:bringing": f"{brought}/",
        "readings:progress": f"{brought}/progress/",
        "readings:answer": f"{brought}/answer/",
        "readings:again": f"{brought}/again/",
        "readings:remove": f"{brought}/remove/",
        "readings:correct": "/rhythm/bids/1/",
        "readings:undo": "/rhythm/bids/1/undo/",
        "checkins:move": f"/together/{sitting.pk}/move/",
        "checkins:afterwards": f"/together/{sitting.pk}/afterwards/",
        "checkins:own-words": f"/together/words/{feeling.pk}/",
        "moments:answer": f"/today/{offer.pk}/",
    }


#: What even the partner must not reach: private to the one who made it.
ONLY_MINE = {"checkins:own-words", "moments:answer", "readings:answer", "readings:again"}
METHODS = ("get", "post", "put", "patch", "delete", "head", "options")


def test_every_kind_of_object_is_tried(objects: dict[str, str]) -> None:
    assert set(objects) == OBJECTS


@pytest.mark.parametrize("method", METHODS)
def test_a_stranger_changes_and_sees_nothing(
    objects: dict[str, str], cleo: Partner, phone: Phone, method: str
) -> None:
    client = phone(cleo)
    for name, path in objects.items():
        answer = getattr(client, method)(path)
        if name == "couples:remove-season" and method == "post":
            assert answer.status_code == 302  # the same answer as for a mark that is gone
        else:
            assert answer.status_code in (404, 405), (name, method, answer.status_code)
    assert Season.objects.count() == 1
    assert Bringing.objects.count() == 1


@pytest.mark.parametrize("method", METHODS)
def test_the_partner_does_not_reach_what_is_private(
    objects: dict[str, str], ben: Partner, phone: Phone, method: str
) -> None:
    client = phone(ben)
    for name in ONLY_MINE:
        answer = getattr(client, method)(objects[name])
        assert answer.status_code in (404, 405), (name, method, answer.status_code)


@pytest.mark.parametrize("method", METHODS)
def test_nobody_is_asked_to_enter_first(objects: dict[str, str], method: str) -> None:
    own = [f"/{p}/" for p in ("leave", "pair", "more", "seasons", "bring-in", "bring-in/settings",
           "agree", "rhythm", "rhythm/bids", "together", "together/now", "together/begin",
           "together/stream", "today", "today/another")]  # fmt: skip
    assert len(own) == len(OWN)
    for path in [*own, *objects.values()]:
        answer = getattr(Client(), method)(path)
        assert answer.status_code in (302, 405), path
        if answer.status_code == 302:
            assert answer["Location"].startswith("/enter/"), path


def test_missing_and_not_yours_look_the_same(
    objects: dict[str, str], cleo: Partner, phone: Phone
) -> None:
    client = phone(cleo)
    theirs = client.get(objects["readings:bringing"])
    missing = client.get("/bring-in/00000000-0000-4000-8000-000000000000/")
    assert theirs.status_code == missing.status_code == 404
    assert theirs.content == missing.content


def test_looking_around_exists_only_in_the_demo(ana: Partner) -> None:
    assert Client().post("/look-around/0/").status_code == 404


def test_every_page_forbids_foreign_code_and_caches(ana: Partner, phone: Phone) -> None:
    client = phone(ana)
    for path in [
        "/today/",
        "/together/",
        "/rhythm/",
        "/more/",
        "/bring-in/",
        "/agree/",
        "/seasons/",
    ]:
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store", path
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"


def test_a_form_from_elsewhere_is_refused(ana: Partner) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    assert client.post("/agree/", {"key": "yes"}).status_code == 403
