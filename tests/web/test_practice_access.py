"""Every address of a hosted companion, asked by a couple, by strangers, and by who works there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from asked_cells import asked
from practice_steps import EVENING, SENT, a_colleague, a_practice, a_request, a_time, desk
from turntoward.prove.matrix.cells import Cell
from turntoward.prove.people import make
from turntoward.web.couples.models import Partner
from turntoward.web.practice.demo import open_its_doors
from turntoward.web.practice.models import Consult, Therapist

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


def test_at_the_practice_everybody_sees_what_is_theirs(transactional_db: None) -> None:
    """With every method: the couple's request, the desk, what is an admin's, what is not sent."""
    who = ("nobody", "ana", "ben", "cleo", "noor", "iris")

    def keep(cell: Cell) -> bool:
        return cell.row.app == "practice" and cell.role.name in who

    gathered = asked(make(timezone.now()), keep, hosted=True)
    assert gathered.misses == ()
    assert gathered.asked > 2000


def test_a_therapist_is_nobody_to_every_page_of_the_couples(transactional_db: None) -> None:
    def keep(cell: Cell) -> bool:
        asks = cell.role.name in ("noor", "iris") and cell.owner in ("", "ana")
        return asks and cell.row.app != "practice"

    gathered = asked(make(timezone.now()), keep, hosted=True)
    assert gathered.misses == ()
    assert gathered.asked > 1500


def test_a_therapist_and_an_admin_reach_what_is_theirs(consult: Consult) -> None:
    for who in ("iris", "noor"):
        client = desk(who)
        for page in ("requests/", "people/", "passphrase/", f"requests/{consult.pk}/"):
            assert client.get(f"/practice/{page}").status_code == 200, (who, page)
        assert client.post(f"/practice/requests/{consult.pk}/pdf/").status_code == 200
    assert desk("iris").get("/practice/page/").status_code == 200
    assert desk("noor").post("/practice/people/", {"admin": "yes"}).status_code == 404


def test_a_number_that_is_far_too_large_is_of_nothing(consult: Consult) -> None:
    address = f"/practice/requests/{consult.pk}/times/{10**30}/back/"
    assert desk().post(address).status_code == 404


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
