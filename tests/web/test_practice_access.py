"""Every address of a hosted companion, asked by a couple, by strangers, and by who works there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from test_access import METHODS, names

from access_rows import ROWS, objects_of
from access_rows import practice as rows
from practice_steps import EVENING, SENT, a_colleague, a_practice, a_request, a_time, desk
from turntoward.web.couples.models import Couple, Partner
from turntoward.web.practice.demo import open_its_doors
from turntoward.web.practice.models import Consult, Proposed, Therapist

Phone = Callable[[Partner], Client]
pytestmark = pytest.mark.urls("turntoward.web.urls_hosted")


@pytest.fixture(autouse=True)
def hosted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PRACTICE = True
    monkeypatch.setattr("django.utils.timezone.now", lambda: SENT)


@pytest.fixture
def iris(db: None) -> Therapist:
    return a_practice()


@pytest.fixture
def consult(ana: Partner, ben: Partner, iris: Therapist) -> Consult:
    a_colleague(iris.practice)
    made = a_request(ana, ben, iris.practice, EVENING)
    a_time(made, SENT)
    return made


def paths(consult: Consult) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The couple's addresses, and the practice's."""
    staff = {name: reverse(f"practice:{name}") for name in rows.STAFF | rows.ADMIN}
    time = Proposed.objects.get().pk
    staff |= rows.request_objects(consult, time) | rows.staff_objects(consult.practice)
    return rows.couple_objects(consult), staff


def stored() -> tuple[object, ...]:
    """What nobody who may not is to change."""
    return (
        Consult.objects.values_list("state", "sends_at", "picked").get(),
        Proposed.objects.count(),
        Therapist.objects.count(),
        Couple.objects.count(),
    )


def test_every_address_of_the_hosted_companion_has_its_row() -> None:
    practice = {
        f"practice:{name}"
        for kind in (
            rows.ANYBODY, rows.HOSTED_DEMO, rows.COUPLE, rows.STAFF, rows.ADMIN,
            rows.ADMIN_OBJECTS, rows.REQUESTS,
        )
        for name in kind
    }  # fmt: skip
    everywhere = ROWS.open | ROWS.demo_only | ROWS.own | ROWS.object_names
    assert names(get_resolver().url_patterns) == everywhere | practice
    assert not everywhere & practice


def test_every_kind_of_object_is_tried(consult: Consult) -> None:
    couple, staff = paths(consult)
    assert set(couple) == rows.COUPLE
    assert set(staff) == rows.STAFF | rows.ADMIN | rows.ADMIN_OBJECTS | rows.REQUESTS


@pytest.mark.parametrize("method", METHODS)
def test_nobody_is_asked_to_enter_first(consult: Consult, method: str) -> None:
    couple, staff = paths(consult)
    before = stored()
    for door, those in (("/enter/", couple), ("/practice/enter/", staff)):
        for name, path in those.items():
            answer = getattr(Client(), method)(path)
            assert answer.status_code in (302, 405), (name, answer.status_code)
            if answer.status_code == 302:
                assert answer["Location"].startswith(door), name
    assert stored() == before


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("who", ["ana", "ben", "cleo"])
def test_a_partner_is_nobody_at_the_practices_desk(
    consult: Consult, ana: Partner, ben: Partner, cleo: Partner, phone: Phone, method: str, who: str
) -> None:
    _, staff = paths(consult)
    client = phone({"ana": ana, "ben": ben, "cleo": cleo}[who])
    before = stored()
    for name, path in staff.items():
        answer = getattr(client, method)(path)
        assert answer.status_code in (302, 405), (name, answer.status_code)
        if answer.status_code == 302:
            assert answer["Location"] == "/practice/enter/", name
    assert stored() == before


@pytest.mark.parametrize("method", METHODS)
def test_another_couple_finds_nothing(
    consult: Consult, cleo: Partner, phone: Phone, method: str
) -> None:
    couple, _ = paths(consult)
    client, before = phone(cleo), stored()
    for name, path in couple.items():
        assert getattr(client, method)(path).status_code in (404, 405), name
    assert stored() == before


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("who", ["iris", "noor"])
def test_a_therapist_is_nobody_to_every_page_of_the_couples(
    consult: Consult, ana: Partner, method: str, who: str
) -> None:
    couple, _ = paths(consult)
    client = desk(who)
    own = [reverse(name) for name in sorted(ROWS.own)]
    for path in [*own, *objects_of(ana).values(), *couple.values()]:
        answer = getattr(client, method)(path)
        assert answer.status_code in (302, 404, 405), (path, answer.status_code)
        if answer.status_code == 302:
            assert answer["Location"].startswith("/enter/"), path
    assert Consult.objects.get().goes_on()


@pytest.mark.parametrize("method", METHODS)
def test_what_is_an_admins_is_not_there_for_a_colleague(consult: Consult, method: str) -> None:
    _, staff = paths(consult)
    client, before = desk("noor"), stored()
    for name in rows.ADMIN | rows.ADMIN_OBJECTS:
        assert getattr(client, method)(staff[name]).status_code in (404, 405), name
    assert client.post("/practice/people/", {"admin": "yes"}).status_code == 404
    assert stored() == before


def test_a_therapist_and_an_admin_reach_what_is_theirs(consult: Consult) -> None:
    _, staff = paths(consult)
    for who in ("iris", "noor"):
        client = desk(who)
        for name in ("requests", "people", "passphrase", "request"):
            assert client.get(staff[name]).status_code == 200, (who, name)
        assert client.post(staff["document"]).status_code == 200
    assert desk("iris").get("/practice/page/").status_code == 200


def test_a_request_of_elsewhere_looks_like_one_that_is_missing(consult: Consult) -> None:
    client = desk()
    nothing = "00000000-0000-4000-8000-000000000000"
    for path in rows.request_objects(consult, 7).values():
        missing = path.replace(str(consult.pk), nothing)
        assert client.get(missing).status_code in (404, 405)
        assert client.post(missing).status_code in (404, 405)
    assert client.post(rows.request_objects(consult, 10**30)["take-time-back"]).status_code == 404


@pytest.mark.parametrize("path", ["/practice/", "/practice/enter/", "/practice/requests/"])
def test_the_pages_forbid_foreign_code_and_caches(consult: Consult, path: str) -> None:
    headers = (desk() if "requests" in path else Client()).get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_a_form_from_elsewhere_is_refused(iris: Therapist) -> None:
    client = Client(enforce_csrf_checks=True)
    said = {"handle": "iris", "passphrase": "a quiet desk by the river"}
    assert client.post("/practice/enter/", said).status_code == 403


def test_looking_around_as_the_practice_is_there_in_the_demo_only(db: None, settings: Any) -> None:
    settings.DEMO = True
    assert Client().post("/practice/look-around/").status_code == 404
    open_its_doors(EVENING)
    assert Client().post("/practice/look-around/")["Location"] == "/practice/requests/"
    settings.DEMO = False
    assert Client().post("/practice/look-around/").status_code == 404


def test_nobody_looks_around_as_somebody_real(iris: Therapist, settings: Any) -> None:
    settings.DEMO = True  # as where the variable was set on a machine that is no demo
    assert Client().post("/practice/look-around/").status_code == 404


@pytest.mark.urls("turntoward.web.urls")
def test_at_home_none_of_it_exists(ana: Partner, ben: Partner, phone: Phone, settings: Any) -> None:
    settings.PRACTICE = False
    client = phone(ana)
    for path in ("/practice/", "/practice/enter/", "/practice/requests/"):
        assert client.get(path).status_code == 404
    for path in ("/", "/more/", "/today/", "/brief/"):
        assert "/practice/" not in client.get(path, follow=True).content.decode()
