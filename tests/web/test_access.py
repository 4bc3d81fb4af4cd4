"""Every address, asked by everybody: nobody sees what is not theirs, and none goes unlisted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from access_rows import ROWS, objects_of
from turntoward.web.couples.models import Partner, Season
from turntoward.web.readings.models import Bringing

Phone = Callable[[Partner], Client]


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern.url_patterns, pattern.namespace or space)
        else:
            found.add(f"{space}:{pattern.name}")
    return found


def test_every_address_has_its_row_here() -> None:
    assert names(get_resolver().url_patterns) == (
        ROWS.open | ROWS.demo_only | ROWS.own | ROWS.object_names
    )


@pytest.fixture
def objects(ana: Partner) -> Mapping[str, str]:
    """An address for each kind of object of Ana's."""
    return objects_of(ana)


METHODS = ("get", "post", "put", "patch", "delete", "head", "options")


def test_every_kind_of_object_is_tried(objects: Mapping[str, str]) -> None:
    assert set(objects) == ROWS.object_names


@pytest.mark.parametrize("method", METHODS)
def test_a_stranger_changes_and_sees_nothing(
    objects: Mapping[str, str], cleo: Partner, phone: Phone, method: str
) -> None:
    client = phone(cleo)
    for name, path in objects.items():
        answer = getattr(client, method)(path)
        if name in ROWS.harmless and method == "post":
            assert answer.status_code == 302  # the same answer as for what is gone
        else:
            assert answer.status_code in (404, 405), (name, method, answer.status_code)
    assert Season.objects.count() == 1
    assert Bringing.objects.count() == 1


@pytest.mark.parametrize("method", METHODS)
def test_the_partner_does_not_reach_what_is_private(
    objects: Mapping[str, str], ben: Partner, phone: Phone, method: str
) -> None:
    client = phone(ben)
    for name in ROWS.only_mine:
        answer = getattr(client, method)(objects[name])
        assert answer.status_code in (404, 405), (name, method, answer.status_code)


@pytest.mark.parametrize("method", METHODS)
def test_nobody_is_asked_to_enter_first(objects: Mapping[str, str], method: str) -> None:
    own = [reverse(name) for name in sorted(ROWS.own)]
    for path in [*own, *objects.values()]:
        answer = getattr(Client(), method)(path)
        assert answer.status_code in (302, 405), path
        if answer.status_code == 302:
            assert answer["Location"].startswith("/enter/"), path


def test_missing_and_not_yours_look_the_same(
    objects: Mapping[str, str], cleo: Partner, phone: Phone
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
        "/climate/",
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
